"""The public application form: what good input leads to, and how bad input is asked back."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from initiatieven.forms import AanmeldingForm
from initiatieven.forms.aanmelden import STAPPEN
from initiatieven.gesprek import ruim_concepten_op
from initiatieven.links import Doel, maak_token
from initiatieven.models import Aanmeldconcept, Aanmelding, Benadering
from tests.factories import RolFactory
from tests.initiatieven.factories import AanmeldingFactory, LocatieFactory
from tests.initiatieven.formulieren import aanmelding_data
from tests.samen import tegelijk

PAD = "/initiatieven/aanmelden/"


@pytest.fixture(autouse=True)
def _geen_oude_telling(db):
    cache.clear()


def doorloop(client: Client, **anders) -> str:
    """Fill in every step and return the address at which the application can be sent."""
    data = aanmelding_data(**anders)
    pad = client.post(PAD, data).headers["Location"]
    for _ in range(4):
        pad = client.post(pad, data).headers["Location"]
    return pad


def verstuur(client: Client, **anders):
    return client.post(doorloop(client, **anders))


def test_a_good_application_is_handed_in_with_its_three_toetsen(client):
    antwoord = verstuur(client)

    assert antwoord.headers["Location"] == "/initiatieven/aanmelden/dank/"
    aanmelding = Aanmelding.objects.get()
    assert (aanmelding.toestand, aanmelding.pc4, aanmelding.plaats) == ("ingediend", "7201", "Zutphen")
    assert aanmelding.benadering.versie == 1
    assert [stap.stap for stap in aanmelding.stappen.all()] == ["indienen"]
    assert [(toets.soort, toets.bewijs) for toets in aanmelding.toetsen.all()] == [
        ("bestaat_een_jaar", "Zie de inschrijving."),
        ("vijf_jongeren", "De gemeente."),
        ("ontwikkelingsgericht", ""),
    ]
    assert aanmelding.toetsen.get(soort="bestaat_een_jaar").bewering == "We bestaan sinds 1 september 2019."
    assert aanmelding.toetsen.get(soort="vijf_jongeren").bewering == "We begeleiden 9 jongeren (op 1 november 2026)."
    assert aanmelding.toetsen.get(soort="ontwikkelingsgericht").bewering == (
        "Landen: We beginnen met rust.\n\nVerkennen: We doen wat bij hem past.\n\n"
        "Doorstromen: We zoeken samen verder.\n\nNazorg: We blijven bellen."
    )
    assert not Aanmeldconcept.objects.exists()


def test_the_mails_repeat_nothing_that_was_typed(client):
    """Anybody may fill in somebody else's address; the mail must not carry a stranger's words there."""
    verstuur(client, naam="Win een auto op prijs.example", contactpersoon="Klik prijs.example")

    bewaard, ontvangen = Bericht.objects.order_by("pk")
    assert [bericht.soort for bericht in (bewaard, ontvangen)] == ["aanmelding_bewaard", "aanmelding_ontvangen"]
    for bericht in (bewaard, ontvangen):
        assert bericht.aan_adres == "ans@voorbeeld.example"
        assert bericht.gegevens == {}
        assert "prijs" not in stel_op(bericht).body


def test_every_admin_hears_of_it_once_and_without_a_word_of_it(client, beheerder, kernteamlid):
    RolFactory(gebruiker=beheerder, soort="kernteam")

    verstuur(client)

    bericht = Bericht.objects.get(soort="aanmelding_nieuw")
    assert (bericht.aan, bericht.pad) == (beheerder, Aanmelding.objects.get().get_absolute_url())
    assert "Morgenster" not in stel_op(bericht).body


def test_the_link_in_the_mail_brings_back_what_was_typed_and_changes_nothing(client):
    client.post(PAD, aanmelding_data())
    link = Bericht.objects.get().pad
    voor = Aanmeldconcept.objects.values().get()

    stappen = Client().get(link).text
    begin = Client().get(f"{link}begin/").text

    assert stappen.count("klaar</span>") == 1
    assert 'value="De Morgenster"' in begin
    assert Aanmeldconcept.objects.values().get() == voor
    assert not Aanmelding.objects.exists()


def test_later_verder_keeps_what_is_not_right_yet(client):
    pad = client.post(PAD, aanmelding_data()).headers["Location"]

    antwoord = client.post(pad, {"omschrijving": "Half ", "leeftijd_van": "twaalf", "later": "ja"})

    assert antwoord.status_code == 302
    assert 'value="twaalf"' in client.get(pad).text
    assert "nog 2 vragen" in client.get(antwoord.headers["Location"]).text


def test_what_is_not_done_cannot_be_sent(client):
    client.post(PAD, aanmelding_data())
    link = Bericht.objects.get().pad

    antwoord = client.post(link)

    assert "Nog niet klaar" in antwoord.text
    assert not Aanmelding.objects.exists()


@pytest.mark.parametrize("token", ["onzin", "a:b:c", "WyJ4Il0:1abc:x"])
def test_a_link_that_we_did_not_make_says_how_to_begin(client, token):
    antwoord = client.get(f"{PAD}verder/{token}/")

    assert antwoord.status_code == 404
    assert "Opnieuw beginnen" in antwoord.text


def test_a_token_for_one_purpose_is_worth_nothing_for_another(client):
    verstuur(client)
    aanmelding = Aanmelding.objects.get()

    assert client.get(f"{PAD}gesprek/{maak_token(Doel.CONCEPT, str(aanmelding.pk))}/").status_code == 404
    assert client.get(f"{PAD}gesprek/{aanmelding.token}/").status_code == 200


def test_a_new_version_of_the_text_is_read_before_it_is_endorsed(client):
    pad = doorloop(client)
    Benadering.objects.create(versie=2, tekst="Een nieuwe tekst.")

    antwoord = client.post(pad)

    assert "nog 1 vraag" in antwoord.text
    assert "Een nieuwe tekst." in client.get(f"{pad}herkenning/").text
    assert not Aanmelding.objects.exists()


def test_what_nobody_went_on_with_goes_after_ninety_days(client):
    client.post(PAD, aanmelding_data())
    client.post(PAD, aanmelding_data(naam="Verse hof"))
    oud = Aanmeldconcept.objects.order_by("bijgewerkt_op").first()
    Aanmeldconcept.objects.filter(pk=oud.pk).update(bijgewerkt_op=timezone.now() - timedelta(days=91))

    assert ruim_concepten_op() == 1
    assert ruim_concepten_op() == 0


def test_the_thank_you_page_says_what_happens_next(client):
    tekst = client.get("/initiatieven/aanmelden/dank/").text

    assert "kennis te maken" in tekst


@pytest.mark.parametrize(
    ("veld", "waarde", "vraag"),
    [
        ("naam", "", "Vul de naam van jullie initiatief in."),
        ("naam", "Win nu www.gratis.example", "Een naam heeft geen webadres in zich."),
        ("naam", "x" * 121, "120"),
        ("omschrijving", " ", "Schrijf in een paar zinnen wat jullie doen."),
        ("soort", "kasteel", "geldige keuze"),
        ("pc4", "abc", "Vul een postcode in, bijvoorbeeld 7201 of 7201 AB."),
        ("pc4", "0000", "Vul een postcode in, bijvoorbeeld 7201 of 7201 AB."),
        ("pc4", "1000", "Deze postcode kennen we niet."),
        ("website", "javascript:alert(1)", "Vul een webadres in"),
        ("website", "data:text/html,x", "Vul een webadres in"),
        ("leeftijd_van", "-1", "Een leeftijd is 0 of hoger."),
        ("leeftijd_tot", "99", "Deze leeftijd is te hoog."),
        ("leeftijd_tot", "10", "De hoogste leeftijd is lager dan 12."),
        ("contact_email", "ans", "Dit is geen e-mailadres."),
        ("contact_telefoon", "bel maar", "Vul een telefoonnummer in"),
        ("opgericht_op", "gisteren", "Vul een datum in"),
        ("opgericht_op", "0019-09-01", "Kies een datum vanaf 1900."),
        ("aantal_jongeren", "-3", "Vul 0 of meer in."),
        ("aantal_jongeren", "negen", "Vul een heel getal in"),
        ("aantal_jongeren", "9" * 30, "Dit getal is te groot."),
        ("aantal_jongeren", "10000", "Jullie begeleiden 10000 jongeren. Klopt dat?"),
        ("bewijs_jaar", "", "Schrijf op waaruit dat blijkt."),
        ("landen", "", "Schrijf er in je eigen woorden iets over."),
        ("nazorg", "x" * 1001, "1000"),
        ("aantal_op", "2999-01-01", "Kies een datum tot en met vandaag."),
        ("lon", "6,1", "Vul beide getallen in, of allebei niet."),
        ("lat", "12,5", "Dit ligt buiten Nederland."),
        ("onderschrijft", "", "Zet hier een vinkje"),
    ],
)
def test_bad_input_is_asked_back_beside_the_field(db, veld, waarde, vraag):
    stap = next(stap.naam for stap in STAPPEN if veld in stap.velden)

    for form in (
        AanmeldingForm(aanmelding_data(**{veld: waarde}), stap=stap),
        AanmeldingForm(aanmelding_data(**{veld: waarde})),
    ):
        assert list(form.errors) == [veld]
        assert vraag in form.errors[veld][0]


@pytest.mark.parametrize(
    ("stap", "veld", "waarde"),
    [("plek", "leeftijd_van", "twaalf"), ("jaar", "opgericht_op", "gisteren"), ("jongeren", "aantal_jongeren", "-3")],
)
def test_what_is_wrong_stays_on_the_page_and_in_the_concept(client, stap, veld, waarde):
    client.post(PAD, aanmelding_data())
    concept = Aanmeldconcept.objects.get()

    antwoord = client.post(f"{PAD}verder/{concept.token}/{stap}/", aanmelding_data(**{veld: waarde}))

    concept.refresh_from_db()
    assert 'aria-invalid="true"' in antwoord.text
    assert f'value="{waarde}"' in antwoord.text
    assert concept.antwoorden[veld] == waarde


def test_a_founding_day_in_the_future_is_asked_back(db):
    morgen = timezone.localdate() + timedelta(days=1)

    form = AanmeldingForm(aanmelding_data(opgericht_op=morgen.isoformat()))

    assert form.errors["opgericht_op"] == ["Kies een datum tot en met vandaag."]


def test_a_large_number_that_is_confirmed_is_taken(db):
    vraag = AanmeldingForm(aanmelding_data(aantal_jongeren="10000"), stap="jongeren")
    zeker = AanmeldingForm(aanmelding_data(aantal_jongeren="10000", aantal_klopt="on"), stap="jongeren")

    assert not vraag.is_valid()
    assert not vraag["aantal_klopt"].is_hidden
    assert zeker.is_valid()


def test_the_tick_boxes_stay_out_of_sight_until_they_are_asked(client):
    assert "Ja, wij zijn een ander initiatief" not in client.get(PAD).text


# What is known already: a member at Dorpsweg 1 in Zutphen, and an application at Kade 9.
@pytest.mark.parametrize(
    ("anders", "kennen_we"),
    [
        ({}, False),
        ({"naam": "de wilgenhóek"}, True),
        ({"naam": "STILLE KADE"}, True),
        ({"adres": "dorpsweg 1"}, True),
        ({"adres": "Kade 9"}, True),
        ({"adres": "Dorpswg. 1-B"}, True),
        ({"adres": "Dorpsweg 11"}, True),  # the same street, so probably less than a hundred metres
        ({"adres": "Dorpsweg 41"}, False),
        ({"adres": "Dorpsweg 1", "pc4": "7211"}, False),
        ({"lat": "52,1421", "lon": "6,1961"}, True),  # 89 metres north of the member
        ({"lat": "52,1423", "lon": "6,1961"}, False),  # 111 metres
        ({"lat": "52,2000", "lon": "6,1000"}, True),  # the application
    ],
)
def test_who_is_known_by_name_address_or_point_is_asked_back_before_saving(client, initiatief, anders, kennen_we):
    LocatieFactory(initiatief=initiatief)
    AanmeldingFactory(naam="Stille Kade", adres="Kade 9", lat=52.2, lon=6.1)

    eerst = client.post(PAD, aanmelding_data(**anders))
    zeker = client.post(PAD, aanmelding_data(naam_klopt="on", **anders))

    assert ("We kennen al een initiatief" in eerst.text) == kennen_we
    assert ("Ja, wij zijn een ander initiatief" in eerst.text) == kennen_we
    assert zeker.status_code == 302


def test_applying_again_with_the_same_name_and_address_is_refused(client):
    verstuur(client)
    tweede = client.post(PAD, aanmelding_data(naam="de morgenster"))

    assert "We hebben deze aanmelding al van je gekregen." in tweede.text
    assert not Aanmeldconcept.objects.exists()


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_forgotten(client):
    antwoord = client.post(PAD, aanmelding_data(onderwerp="Goedkope pillen"))

    assert antwoord.status_code == 302
    assert not Aanmeldconcept.objects.exists()


def test_a_fourth_application_to_one_address_on_a_day_is_asked_to_wait(client):
    antwoorden = [client.post(PAD, aanmelding_data(naam=f"Hof {nummer}")) for nummer in range(4)]

    assert [antwoord.status_code for antwoord in antwoorden] == [302, 302, 302, 200]
    assert "Wacht een uur" in antwoorden[-1].text
    assert 'value="Hof 3"' in antwoorden[-1].text
    assert Bericht.objects.count() == 3


def test_an_address_that_is_changed_on_the_way_gets_no_more_mail_than_any_other(client):
    for nummer in range(5):
        verder = doorloop(client, naam=f"Plek {nummer}", contact_email=f"van{nummer}@voorbeeld.example")
        Aanmeldconcept.objects.get().bewaar({"contact_email": "ander@voorbeeld.example"})
        antwoord = client.post(verder)
        Aanmeldconcept.objects.all().delete()

    assert "Wacht een uur" in antwoord.text
    assert Bericht.objects.filter(aan_adres="ander@voorbeeld.example").count() == 3


def test_what_stands_in_the_mail_is_text_and_never_a_header_or_html(client):
    client.post(PAD, aanmelding_data(naam="Hof <b>\r\nBcc: x@voorbeeld.example"))

    mail = stel_op(Bericht.objects.get())
    assert "\n" not in mail.subject
    assert mail.to == ["ans@voorbeeld.example"]
    assert "<b>" not in mail.alternatives[0][0]


VELDEN = list(aanmelding_data())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vreemd=st.dictionaries(st.sampled_from(VELDEN), st.text(max_size=60), min_size=1, max_size=6))
def test_whatever_is_typed_the_form_answers_and_what_it_takes_fits_in_the_database(vreemd):
    form = AanmeldingForm(aanmelding_data(**vreemd))

    if form.is_valid():
        aanmelding = form.bewaar()
        assert aanmelding.toetsen.count() == 3
        aanmelding.delete()
    else:
        assert all(fout for fouten in form.errors.values() for fout in fouten)


@pytest.mark.django_db(transaction=True)
def test_pressing_send_twice_at_the_same_moment_is_one_application():
    pad = doorloop(Client())

    antwoorden = tegelijk(*[lambda: Client().post(pad).status_code] * 4)

    assert set(antwoorden) <= {302, 404}
    assert Aanmelding.objects.count() == 1
    assert Bericht.objects.filter(soort="aanmelding_ontvangen").count() == 1


def test_everything_is_read_over_on_one_page_before_it_is_sent(client):
    pad = doorloop(client, website="", landen="Eerst thee, dan zien we wel.")

    tekst = client.get(pad).text

    assert "Lees het nog één keer na" in tekst
    assert "Eerst thee, dan zien we wel." in tekst
    assert "1 september 2019" in tekst
    for naam, vraag in (
        ("landen", "Landen"),
        ("opgericht_op", "Sinds wanneer bestaan jullie?"),
        ("website", "Website"),
    ):
        stap = next(stap.naam for stap in STAPPEN if naam in stap.velden)
        assert f'/{stap}/#id_{naam}">Wijzig<span class="alleen-hoorbaar">: {vraag}</span>' in tekst
    assert tekst.count("niet ingevuld") >= 2  # the website, and what may stay open
    assert "Laat dit leeg" not in tekst


def test_what_is_not_finished_is_not_read_over(client):
    pad = client.post(PAD, aanmelding_data()).headers["Location"].rsplit("/", 2)[0] + "/"

    tekst = client.get(pad).text

    assert "Nog niet klaar" in tekst
    assert "Wijzig<" not in tekst
