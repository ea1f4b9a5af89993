"""Asking places whether there is room, from the form to the answer, as a family and as staff meet it."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.logs import schoon
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from collectief.rijbeveiliging import als_gebruiker, als_taak, met_sleutel
from initiatieven.models import Initiatief
from initiatieven.prullenbak import verwijder_voorgoed
from kaart.models import Contactplek, Contactverzoek
from kaart.models.contact import ContactplekQuerySet
from tests.factories import InitiatiefFactory, RolFactory
from tests.initiatieven.factories import LocatieFactory
from tests.kaart.vragen import GEZIN, maak_alarm, maak_vraag, zoals_nu

PAD = "/kaart/contact/?plek=de-wilgenhoek"
GEGEVENS = GEZIN | {"plekken": ["de-wilgenhoek"], "akkoord": "on", "onderwerp": ""}


@pytest.fixture(autouse=True)
def _geen_oude_telling(db):
    cache.clear()


@pytest.fixture(autouse=True)
def _met_staf(begeleider, coordinator, buitenstaander):
    """De Wilgenhoek and Atelier Noord have somebody who reads."""


def data(**anders) -> dict:
    return GEGEVENS | {"kenmerk": str(uuid.uuid4())} | anders


def alle_vragen() -> list[Contactverzoek]:
    with als_taak("contact"):
        return list(Contactverzoek.objects.all())


def test_a_question_reaches_the_place_and_shows_where_it_stands(client, als, begeleider):
    antwoord = client.post(PAD, data(), follow=True)

    (vraag,) = alle_vragen()
    assert antwoord.redirect_chain == [(f"/kaart/contact/mijn/{vraag.token}/", 302)]
    assert "De Wilgenhoek" in antwoord.text
    assert "Je vraag is verstuurd." in antwoord.text
    assert "Is er een plek gevonden?" not in antwoord.text  # nobody can know that within the hour
    assert "Wacht op antwoord" in antwoord.text
    assert [vraag.naam, vraag.telefoon, vraag.leeftijd] == ["Mia de Vries", "06 12345678", 14]
    lijst = als(begeleider).get("/kaart/vragen/").text
    assert "Mia de Vries, over een jongere van 14" in lijst
    pagina = als(begeleider).get(re.search(r"/kaart/vragen/\d+/", lijst)[0]).text
    assert all(waarde in pagina for waarde in [GEZIN["telefoon"], GEZIN["email"], GEZIN["wanneer"], GEZIN["bericht"]])


def test_the_page_of_the_family_tells_nothing_about_who_they_are(client, initiatief):
    pagina = client.get(f"/kaart/contact/mijn/{maak_vraag(initiatief).token}/").text

    assert not [naam for naam in ("naam", "email", "telefoon", "wanneer", "bericht") if GEZIN[naam] in pagina]


def test_mail_goes_to_the_family_and_to_the_coordinator_and_repeats_nothing(client, coordinator):
    client.post(PAD, data(naam="Win prijs.example", bericht="Klik op prijs.example"))

    berichten = {bericht.soort: bericht for bericht in Bericht.objects.all()}
    assert set(berichten) == {"contact_gevraagd", "contact_nieuw"}
    assert berichten["contact_gevraagd"].aan_adres == GEZIN["email"]
    assert (berichten["contact_nieuw"].aan, berichten["contact_nieuw"].pad) == (coordinator, "/kaart/vragen/")
    for bericht in berichten.values():
        mail = stel_op(bericht)
        gezegd = mail.subject + mail.body + mail.alternatives[0].content
        assert not [woord for woord in ("prijs", "Mia", "Wilgenhoek", "06 12") if woord in gezegd]


def test_a_place_without_coordinator_is_told_through_its_counsellors(client, buitenstaander):
    client.post("/kaart/contact/?plek=atelier-noord", data(plekken=["atelier-noord"]))

    assert Bericht.objects.get(soort="contact_nieuw").aan == buitenstaander


def test_the_same_form_sent_twice_is_one_question(client):
    eerste = data()
    client.post(PAD, eerste)

    antwoord = client.post(PAD, eerste)

    assert antwoord.url == "/kaart/contact/dank/"
    assert len(alle_vragen()) == 1
    assert Bericht.objects.count() == 2


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("plekken", [], "Kies minstens één plek."),
        ("plekken", ["bestaat-niet"], "Deze plek kun je hier niet meer kiezen."),
        ("plekken", ["atelier-noord"], "Deze plek kun je hier niet meer kiezen."),  # public, but not in the address
        ("wie", "tante", "geldige keuze"),
        ("naam", "", "Vul in hoe ze jou mogen noemen."),
        ("naam", "Kijk op www.prijs.example", "Hier past geen webadres."),
        ("naam", "x" * 61, "60"),
        ("email", "", "Vul je e-mailadres in."),
        ("email", "mia@", "Dit is geen e-mailadres."),
        ("email", "mia@voorbeeld.example\nBcc: ander@voorbeeld.example", "Dit is geen e-mailadres."),
        ("email", "mia@voorbeeld.example\r\nSubject: win", "Dit is geen e-mailadres."),
        ("hoe", "duif", "geldige keuze"),
        ("telefoon", "", "Vul je telefoonnummer in, of kies voor mailen."),
        ("telefoon", "bel maar", "Vul een telefoonnummer in"),
        ("wanneer", "x" * 121, "120"),
        ("leeftijd", "-1", "Vul een leeftijd in van 0 tot en met 30 jaar."),
        ("leeftijd", "9" * 40, "Vul een leeftijd in van 0 tot en met 30 jaar."),
        ("leeftijd", "veertien", "Vul een heel getal in"),
        ("bericht", "Zijn nummer is 111222333", "dat een BSN kan zijn"),
        ("bericht", "x" * 1001, "1000"),
        ("akkoord", "", "Zonder jouw ja geven we je vraag niet door."),
    ],
)
def test_bad_input_is_asked_back_beside_the_field_and_nothing_is_lost(client, veld, waarde, zin):
    antwoord = client.post(PAD, data(**{veld: waarde}))

    form = antwoord.context["form"]
    assert (antwoord.status_code, list(form.errors)) == (200, [veld])
    assert zin in form.errors[veld][0]
    assert veld == "bericht" or GEZIN["bericht"] in unescape(antwoord.text)
    assert (alle_vragen(), Bericht.objects.count()) == ([], 0)


def test_what_hides_in_text_or_turns_it_round_is_taken_out(client):
    client.post(
        PAD, data(naam="\u202eM\u200bia", wanneer="na\x00 vier\u2066", bericht="Een regel.\r\n\u202eNog een.\x07")
    )

    (vraag,) = alle_vragen()
    assert (vraag.naam, vraag.wanneer, vraag.bericht) == ("Mia", "na vier", "Een regel.\nNog een.")


def test_at_most_three_places_at_once(client):
    slugs = [RolFactory(initiatief=InitiatiefFactory(slug=f"plek-{n}")).initiatief.slug for n in range(4)]

    antwoord = client.post("/kaart/contact/?plek=" + "&plek=".join(slugs), data(plekken=slugs))

    assert antwoord.context["form"].errors["plekken"][0].startswith("Kies er hooguit 3 tegelijk.")
    assert client.post("/kaart/contact/?plek=" + "&plek=".join(slugs), data(plekken=slugs[:3])).status_code == 302


def test_a_place_where_nobody_can_read_is_not_offered_but_named(client):
    InitiatiefFactory(naam="Zonder Staf", slug="zonder-staf", telefoon="0575 123456", email="staf@voorbeeld.example")
    InitiatiefFactory(naam="Geen Lid", slug="geen-lid", lidmaatschap="geen")

    tekst = client.get("/kaart/contact/?plek=zonder-staf&plek=geen-lid&plek=").text

    assert all(waar in tekst for waar in ["/initiatieven/zonder-staf/", "0575 123456", "mailto:staf@voorbeeld.example"])
    assert "Geen Lid" not in tekst
    assert "<form" not in tekst


def test_without_a_place_the_page_says_what_to_do(client):
    assert "Kies eerst een plek." in client.get("/kaart/contact/").text


def test_a_robot_is_thanked_and_not_heard(client):
    assert client.post(PAD, data(onderwerp="koop nu")).url == "/kaart/contact/dank/"
    assert (alle_vragen(), Bericht.objects.count()) == ([], 0)


def test_one_address_asks_at_most_five_times_a_day(client):
    for _ in range(5):
        assert client.post(PAD, data()).status_code == 302

    antwoord = client.post(PAD, data())

    assert "Wacht een uur" in antwoord.text
    assert GEZIN["bericht"] in antwoord.text
    assert len(alle_vragen()) == 5


def test_hostile_words_are_shown_as_words(client, als, begeleider, initiatief):
    vraag = maak_vraag(initiatief, naam="<script>alert(1)</script>", bericht='"><img src=x onerror=alert(1)>')
    with als_gebruiker(begeleider.pk):
        plek = Contactplek.objects.get()

    pagina = als(begeleider).get(f"/kaart/vragen/{plek.pk}/").text

    assert "<script>alert" not in pagina
    assert "<img src=x" not in pagina
    assert client.get(f"/kaart/contact/mijn/{vraag.token}/").status_code == 200


@pytest.mark.parametrize("token", ["x", "eyJ:abc", "0" * 400, "%00", "a:b:c", "é"])
def test_a_link_that_we_did_not_make_leads_nowhere(client, token):
    for pad in ("", "intrekken/"):
        assert client.get(f"/kaart/contact/mijn/{token}/{pad}").status_code == 404
        assert client.post(f"/kaart/contact/mijn/{token}/{pad}").status_code == 404


def test_the_secret_of_a_link_is_in_no_log_line(initiatief):
    vraag, alarm = maak_vraag(initiatief), maak_alarm()

    for token, pad in [(vraag.token, "/kaart/contact/mijn/{}/intrekken/"), (alarm.token, "/kaart/alarm/{}/stop/")]:
        assert schoon(f'"GET {pad.format(token)} HTTP/1.1" 200') == f'"GET {pad.format("…")} HTTP/1.1" 200'


def test_with_the_python_filters_off_the_database_alone_keeps_a_question_to_its_place(
    als, bezetting, initiatief, monkeypatch
):
    maak_vraag(initiatief)
    pad = pad_van(bezetting.begeleider)
    monkeypatch.setattr(ContactplekQuerySet, "zichtbaar_voor", lambda self, gebruiker: self)

    wie = ["begeleider", "coordinator", "buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"]
    gelukt = {naam for naam in wie if als(getattr(bezetting, naam)).get(pad).status_code == 200}

    assert gelukt == {"begeleider", "coordinator"}


@pytest.mark.parametrize(("is_gewist", "kop"), [(False, "Mia de Vries vraagt of er plek is"), (True, "Gewist")])
def test_a_place_reads_above_a_question_who_asks(als, coordinator, initiatief, is_gewist, kop):
    vraag = maak_vraag(initiatief)
    if is_gewist:
        with met_sleutel(vraag.pk):
            vraag.wis()

    assert f"<h1>{kop}</h1>" in als(coordinator).get(pad_van(coordinator)).text


def test_taking_it_back_takes_a_press_on_the_button(client, initiatief, coordinator):
    vraag = maak_vraag(initiatief)
    pad = f"/kaart/contact/mijn/{vraag.token}/"
    client.get(f"{pad}intrekken/")
    assert zoals_nu(vraag).naam == GEZIN["naam"]

    for _ in range(2):
        antwoord = client.post(f"{pad}intrekken/", follow=True)

    assert "Je hebt je vraag ingetrokken." in antwoord.text
    assert zoals_nu(vraag).naam is None
    assert not Bericht.objects.exists()


def test_a_place_that_was_busy_with_it_hears_that_it_was_taken_back(client, als, coordinator, initiatief):
    client.post(PAD, data())
    (vraag,) = alle_vragen()
    zet(als, coordinator, "in_gesprek")

    client.post(f"/kaart/contact/mijn/{vraag.token}/intrekken/")

    assert [(een.soort, een.aan) for een in Bericht.objects.onderweg()] == [("contact_ingetrokken", coordinator)]
    assert not Bericht.objects.exclude(aan_adres="").exists()
    assert "Neem geen contact meer op." in als(coordinator).get(pad_van(coordinator)).text


def pad_van(gebruiker) -> str:
    with als_gebruiker(gebruiker.pk):
        return f"/kaart/vragen/{Contactplek.objects.get().pk}/"


def zet(als, gebruiker, naar: str, **anders):
    return als(gebruiker).post(pad_van(gebruiker), {"naar": naar, "reden": "", "uit": "nieuw"} | anders)


def test_a_family_does_not_learn_the_postcode_of_a_home(client, als, begeleider, initiatief):
    vraag = maak_vraag(initiatief)
    LocatieFactory(initiatief=initiatief, nauwkeurigheid="ongeveer", adres="", pc4="7203", lat=52.14, lon=6.2)

    zet(als, begeleider, "geen_plek", reden="vol")

    tekst = client.get(f"/kaart/contact/mijn/{vraag.token}/").text
    assert 'href="/kaart/?q=Zutphen">Zoek andere plekken in deze buurt' in tekst
    assert "7203" not in tekst


def test_an_answer_of_the_place_reaches_the_family(client, als, begeleider, initiatief):
    vraag = maak_vraag(initiatief)
    LocatieFactory(initiatief=initiatief)

    antwoord = zet(als, begeleider, "geen_plek", reden="vol")

    assert antwoord.url == "/kaart/vragen/"
    tekst = client.get(f"/kaart/contact/mijn/{vraag.token}/").text
    assert "Nu geen plek" in tekst
    assert "De reden: we zitten vol." in tekst
    assert 'href="/kaart/?q=7201">Zoek andere plekken in deze buurt' in tekst
    bericht = Bericht.objects.get()
    assert (bericht.soort, bericht.aan_adres) == ("contact_nieuws", GEZIN["email"])
    assert bericht.pad == f"/kaart/contact/mijn/{vraag.token}/"


@pytest.mark.parametrize(
    ("keuze", "zin"),
    [
        ({"naar": "geen_plek"}, "Kies waarom er nu geen plek is."),
        ({"naar": "geen_plek", "reden": "zomaar"}, "geldige keuze"),
        ({"naar": "ingetrokken"}, "Dit kan nu niet meer."),
        ({"naar": ""}, "Kies waar het nu staat."),
        ({"naar": "in_gesprek", "uit": "kennismaking"}, "Intussen is er iets veranderd"),
    ],
)
def test_an_answer_that_cannot_be_is_asked_back(als, begeleider, initiatief, keuze, zin):
    vraag = maak_vraag(initiatief)

    antwoord = zet(als, begeleider, **keuze)

    assert zin in antwoord.text
    assert [plek.stand for plek in zoals_nu(vraag).plekken.all()] == ["nieuw"]
    assert not Bericht.objects.exists()


def test_a_place_sees_not_whom_else_was_asked(als, begeleider, initiatief, ander_initiatief):
    maak_vraag(initiatief, ander_initiatief)

    client = als(begeleider)

    assert "Atelier Noord" not in client.get("/kaart/vragen/").text + client.get(pad_van(begeleider)).text


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(
    als, begeleider, initiatief, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        maak_vraag(initiatief)
    client = als(begeleider)

    with django_assert_num_queries(7):
        client.get("/kaart/vragen/")


def test_whether_a_place_was_found_is_kept(client, initiatief):
    vraag = maak_vraag(initiatief, dagen_geleden=1)

    antwoord = client.post(f"/kaart/contact/mijn/{vraag.token}/", {"gevonden": "ja"}, follow=True)

    assert "Je vraag is verstuurd." not in antwoord.text
    assert "ja, bij een plek van hier" in antwoord.text
    assert zoals_nu(vraag).gevonden == "ja"
    assert client.post(f"/kaart/contact/mijn/{vraag.token}/", {"gevonden": "nee"}).status_code == 200


vreemd = st.text(max_size=40)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ingevuld=st.dictionaries(st.sampled_from([*GEGEVENS, "kenmerk"]), vreemd, max_size=6), plek=vreemd)
def test_whatever_is_sent_gets_a_page(client, ingevuld, plek):
    assert client.post("/kaart/contact/", ingevuld, query_params={"plek": plek}).status_code in {200, 302}


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_page_of_the_family_takes_as_many_queries_for_three_places(client, django_assert_num_queries, aantal):
    vraag = maak_vraag(*(LocatieFactory().initiatief for _ in range(aantal)))

    with django_assert_num_queries(8):
        client.get(f"/kaart/contact/mijn/{vraag.token}/")


def test_a_place_that_left_the_bin_for_good_stays_a_line_in_the_question_of_the_family(client):
    weg, blijft = InitiatiefFactory(naam="De Morgenster"), InitiatiefFactory()
    vraag = maak_vraag(weg, blijft)
    Initiatief.objects.filter(pk=weg.pk).update(
        lidmaatschap="gestopt", verwijderd_op=timezone.now() - timedelta(days=31)
    )

    assert verwijder_voorgoed() == 1

    tekst = client.get(f"/kaart/contact/mijn/{vraag.token}/").text
    assert "Deze plek is niet meer bij het collectief." in tekst
    assert blijft.naam in tekst
    assert "De Morgenster" not in tekst
    client.post(f"/kaart/contact/mijn/{vraag.token}/intrekken/")
    assert {plek.stand for plek in zoals_nu(vraag).plekken.all()} == {"ingetrokken"}
