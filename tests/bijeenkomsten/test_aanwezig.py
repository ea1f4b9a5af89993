"""At the door, by name or by code; how it was over the years; and visits."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.aanwezigheid import per_jaar
from bijeenkomsten.bezoeken import aanbod, nooit_ontmoet
from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from initiatieven.models import Plekverhaal
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory, bezoek_van
from tests.factories import RolFactory
from tests.initiatieven.factories import InitiatiefFactory

pytestmark = pytest.mark.django_db


def url(naam: str, *args) -> str:
    return reverse(f"bijeenkomsten:{naam}", args=args)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


@pytest.fixture
def kern(als, kernteamlid):
    return als(kernteamlid)


@pytest.fixture
def vandaag() -> Bijeenkomst:
    return BijeenkomstFactory(begint_op=timezone.now() - timedelta(minutes=10))


# --- At the door -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dagen", "knoppen"), [(-1, ["Verslag"]), (0, ["Wie is er? (bij de deur)"]), (9, ["Uitnodigen"])]
)
def test_the_one_thing_to_do_follows_the_day(kern, dagen, knoppen):
    bijeenkomst = BijeenkomstFactory(begint_op=timezone.now() + timedelta(days=dagen))
    UitnodigingFactory(bijeenkomst=bijeenkomst)

    inhoud = kern.get(url("beheer", bijeenkomst.pk)).content.decode()

    assert re.findall(r'<a class="knop" [^>]*>([^<]*)</a>', inhoud) == knoppen


def test_somebody_is_ticked_off_by_name_and_that_can_be_taken_back(kern, vandaag):
    wie = UitnodigingFactory(bijeenkomst=vandaag, gebruiker__naam="Zoë Zomer", antwoord="ja", dieet="vegan")
    UitnodigingFactory(bijeenkomst=vandaag, gebruiker__naam="Ander")
    adres = f"{url('aanwezig', vandaag.pk)}?q=zom"

    lijst = tekst(kern.get(adres))
    binnen = tekst(kern.post(adres, {"uitnodiging": wie.pk, "doe": "binnen"}, follow=True))
    kern.post(adres, {"uitnodiging": wie.pk, "doe": "terug"})

    assert "Zoë Zomer" in lijst
    assert "Eten en drinken: vegan" in lijst
    assert "Ander<" not in lijst
    assert "1 binnen." in binnen
    assert Uitnodiging.objects.get(pk=wie.pk).aanwezig_op is None


def test_the_code_on_a_phone_leads_to_the_name_and_one_button_and_twice_is_once(kern, vandaag):
    wie = UitnodigingFactory(bijeenkomst=vandaag, gebruiker__naam="Zoë Zomer", antwoord="ja")
    adres = url("inchecken", vandaag.pk, wie.incheckcode)

    gekeken = tekst(kern.get(adres))
    assert Uitnodiging.objects.get().aanwezig_op is None
    kern.post(adres)
    eerste = Uitnodiging.objects.get().aanwezig_op
    kern.post(adres)

    assert "Zoë Zomer" in gekeken
    assert eerste is not None
    assert Uitnodiging.objects.get().aanwezig_op == eerste


@pytest.mark.parametrize("code", ["1", "1.vals", "x" * 500, "1:2"])
def test_a_code_that_is_not_ours_is_not_found(kern, vandaag, code):
    assert kern.get(url("inchecken", vandaag.pk, code)).status_code == 404


def test_a_code_of_another_meeting_is_not_found(kern, vandaag):
    ander = UitnodigingFactory()

    assert kern.get(url("inchecken", vandaag.pk, ander.incheckcode)).status_code == 404
    assert kern.post(url("aanwezig", vandaag.pk), {"uitnodiging": ander.pk, "doe": "binnen"}).status_code == 404


def test_before_the_day_itself_nobody_is_in(kern):
    bijeenkomst = BijeenkomstFactory()
    wie = UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="ja")

    pagina = tekst(kern.post(url("aanwezig", bijeenkomst.pk), {"uitnodiging": wie.pk, "doe": "binnen"}, follow=True))

    assert "Afvinken kan vanaf de ochtend van de dag zelf." in pagina
    assert Uitnodiging.objects.get().aanwezig_op is None


@pytest.mark.parametrize("velden", [{}, {"uitnodiging": "x", "doe": "binnen"}, {"uitnodiging": 10**30, "doe": "weg"}])
def test_nonsense_at_the_door_is_explained(kern, vandaag, velden):
    assert "Dat is niet gelukt." in tekst(kern.post(url("aanwezig", vandaag.pk), velden, follow=True))


def test_the_place_that_is_visited_and_who_leads_stand_at_the_door_and_nobody_else(als, begeleider, buitenstaander):
    bezoek = bezoek_van(buitenstaander, gastheer=begeleider.rollen.get().initiatief, dagen=0)
    adres = url("aanwezig", bezoek.pk)

    gastheer, bezoeker = als(begeleider).get(adres), als(buitenstaander).get(adres)
    bezoek.trekkers.add(buitenstaander)

    assert (gastheer.status_code, bezoeker.status_code) == (200, 404)
    assert als(buitenstaander).get(adres).status_code == 200


# --- Over the years ----------------------------------------------------------------------------------------


def test_only_meetings_at_which_a_list_was_kept_count():
    lid, ander = InitiatiefFactory(lidmaatschap="lid", naam="A"), InitiatiefFactory(lidmaatschap="lid", naam="B")
    nu = timezone.now()
    for jaren, initiatief, was_er in ((0, lid, True), (0, lid, True), (2, lid, True), (0, ander, False)):
        bijeenkomst = BijeenkomstFactory(begint_op=nu - timedelta(days=365 * jaren + 1))
        for _ in range(2):  # two people of one initiative are once there
            UitnodigingFactory(
                bijeenkomst=bijeenkomst, initiatief=initiatief, antwoord="ja", aanwezig_op=nu if was_er else None
            )

    uitkomst = per_jaar()

    assert [aantal for _, aantal in uitkomst["jaren"]] == [1, 2]
    per_lid = [(lid.naam, [aantal for _, aantal in per_jaar]) for lid, per_jaar in uitkomst["rijen"]]
    assert per_lid == [("A", [1, 2]), ("B", [0, 0])]


# --- Visits ------------------------------------------------------------------------------------------------


@pytest.fixture
def wij(begeleider) -> int:
    return begeleider.rollen.get().initiatief_id


def test_visits_to_where_we_never_were_stand_first(begeleider, wij):
    bekend, nieuw = (InitiatiefFactory(lidmaatschap="lid") for _ in range(2))
    bezoek_van(begeleider, bekend)
    weer = BijeenkomstFactory(soort="op_bezoek", gastheer=bekend, capaciteit=3)
    daarna = BijeenkomstFactory(soort="op_bezoek", gastheer=nieuw, begint_op=weer.begint_op + timedelta(days=5))
    UitnodigingFactory(bijeenkomst=weer, antwoord="ja", meegenomen=1)

    lijst = aanbod({wij})

    assert [(bezoek, bezoek.was_er_al) for bezoek in lijst] == [(daarna, False), (weer, True)]
    assert [bezoek.vrij for bezoek in lijst] == [None, 1]


def test_who_never_visited_whom_is_proposed(begeleider, buitenstaander, wij):
    gezien, kwam, nooit = (InitiatiefFactory(lidmaatschap="lid") for _ in range(3))
    bezoek_van(begeleider, gezien)
    bezoek_van(begeleider, nooit, dagen=3)  # still to come
    bezoeker = RolFactory(initiatief=kwam).gebruiker
    bezoek_van(bezoeker, begeleider.rollen.get().initiatief)

    voorgesteld = nooit_ontmoet({wij})

    assert nooit in voorgesteld
    assert not {gezien, kwam} & set(voorgesteld)
    assert wij not in {initiatief.pk for initiatief in voorgesteld}


def test_an_initiative_offers_a_visit_and_another_signs_up(als, begeleider, buitenstaander, client):
    dag = timezone.localdate() + timedelta(days=20)
    velden = {"gastheer": begeleider.rollen.get().initiatief_id, "datum": dag.isoformat(), "begin": "10:00"}
    velden |= {"eind": "13:00", "capaciteit": 1, "plaats": "Het erf", "omschrijving": "Meewerken en soep."}

    als(begeleider).post(url("bezoek_aanbieden"), velden)
    bezoek = Bijeenkomst.objects.get()
    lijst = tekst(als(buitenstaander).get(url("op_bezoek")))
    als(buitenstaander).post(url("meedoen", bezoek.pk), {"antwoord": "ja"})

    assert (bezoek.soort, bezoek.status, bezoek.is_openbaar) == ("op_bezoek", "gepubliceerd", False)
    assert "Nog 1 plek." in lijst
    assert "Daar waren jullie nog nooit" in lijst
    assert Uitnodiging.objects.get().komt
    assert client.get(url("detail", bezoek.pk)).status_code == 404


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"datum": "2020-01-01"}, "Kies een dag die nog komt."),
        ({"capaciteit": ""}, "Vul in hoeveel mensen er kunnen komen."),
        ({"eind": "09:00"}, "Kies een eindtijd na de begintijd."),
    ],
)
def test_an_offer_that_cannot_be_is_explained(als, begeleider, velden, zin):
    basis = {"gastheer": begeleider.rollen.get().initiatief_id, "datum": "2090-01-01", "begin": "10:00"}
    basis |= {"eind": "13:00", "capaciteit": 4, "plaats": "Het erf"}

    assert zin in tekst(als(begeleider).post(url("bezoek_aanbieden"), basis | velden))
    assert not Bijeenkomst.objects.exists()


def test_the_page_of_a_visit_leads_to_telling_about_it_once_it_took_place(als, begeleider):
    bezoek = bezoek_van(begeleider)
    link = url("bezoek_vertellen", bezoek.pk)

    assert link in tekst(als(begeleider).get(url("meedoen", bezoek.pk)))
    Uitnodiging.objects.update(antwoord="nee", aanwezig_op=None)
    assert link not in tekst(als(begeleider).get(url("meedoen", bezoek.pk)))


def test_the_story_of_a_visit_waits_for_the_place_that_was_visited_and_is_told_once(als, begeleider):
    bezoek = bezoek_van(begeleider)
    velden = {"titel": "Soep bij de kas", "tekst": "We mochten meehelpen."}

    for _ in range(2):
        als(begeleider).post(url("bezoek_vertellen", bezoek.pk), velden)

    verhaal = Plekverhaal.objects.get()
    assert (verhaal.initiatief, verhaal.herkomst, verhaal.is_openbaar) == (bezoek.gastheer, "bezoek", False)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"titel": ""}, "Geef je verhaal een titel."),
        ({"tekst": ""}, "Schrijf in een paar zinnen hoe het was."),
        ({"foto": SimpleUploadedFile("x.jpg", b"geen foto")}, "foto"),
    ],
)
def test_a_story_that_lacks_something_is_explained(als, begeleider, velden, zin):
    bezoek = bezoek_van(begeleider)

    pagina = tekst(als(begeleider).post(url("bezoek_vertellen", bezoek.pk), {"titel": "T", "tekst": "V"} | velden))

    assert zin in pagina
    assert not Plekverhaal.objects.exists()


def test_a_visit_without_a_place_can_be_told_about_once_the_core_team_says_where_it_was(als, begeleider, kernteamlid):
    bezoek = bezoek_van(begeleider)
    gastheer, bezoek.gastheer = bezoek.gastheer, None
    bezoek.save()
    vertellen, beheer = url("bezoek_vertellen", bezoek.pk), url("beheer", bezoek.pk)

    lijst, daar = tekst(als(begeleider).get(url("op_bezoek"))), als(begeleider).get(vertellen).status_code
    hint = "Er staat nog niet bij welk initiatief dit bezoek is." in tekst(als(kernteamlid).get(beheer))
    begin = timezone.localtime(bezoek.begint_op)
    velden = {"soort": "op_bezoek", "datum": f"{begin:%Y-%m-%d}", "begin": "10:00", "eind": "12:00"}
    als(kernteamlid).post(url("bewerken", bezoek.pk), velden | {"gastheer": gastheer.pk})

    assert (vertellen in lijst, "Zodra het kernteam dat invult, kun je vertellen." in lijst) == (False, True)
    assert (daar, hint) == (404, True)
    assert vertellen in tekst(als(begeleider).get(url("op_bezoek")))
    assert als(begeleider).get(vertellen).status_code == 200
    assert "Er staat nog niet bij welk initiatief" not in tekst(als(kernteamlid).get(beheer))


def test_a_visit_that_is_still_to_come_cannot_be_told_about(als, begeleider):
    bezoek = bezoek_van(begeleider, dagen=3)

    assert als(begeleider).get(url("bezoek_vertellen", bezoek.pk)).status_code == 404


@pytest.mark.parametrize("wie", ["begeleider", "kernteamlid"])
def test_a_visit_opens_for_everyone_who_sees_it_in_the_list(als, request, wie):
    bezoek = BijeenkomstFactory(soort="op_bezoek", gastheer=InitiatiefFactory(lidmaatschap="lid"))
    client = als(request.getfixturevalue(wie))

    (adres,) = re.findall(rf'href="(/bijeenkomsten/{bezoek.pk}/[^"]*)"', tekst(client.get(url("op_bezoek"))))

    assert client.get(adres).status_code == 200


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_visits_page_takes_ten_queries(als, begeleider, django_assert_num_queries, aantal):
    for _ in range(aantal):
        bezoek_van(begeleider)
        BijeenkomstFactory(soort="op_bezoek", gastheer=InitiatiefFactory(lidmaatschap="lid"))
    client = als(begeleider)

    with time_machine.travel(timezone.now()), django_assert_num_queries(10):
        client.get(url("op_bezoek"))


def test_a_place_calls_off_its_own_visit_and_who_would_come_hears_it(als, begeleider, buitenstaander):
    bezoek = bezoek_van(buitenstaander, gastheer=begeleider.rollen.get().initiatief, dagen=5)
    adres = url("bezoek_afzeggen", bezoek.pk)

    ander = als(buitenstaander).post(adres, {"omdat": "Nee."})
    als(begeleider).post(adres, {"omdat": "De kas is kapot."})

    assert ander.status_code == 404
    assert Bijeenkomst.objects.get().is_afgelast
    assert [bericht.aan for bericht in Bericht.objects.filter(soort="bijeenkomst_afgelast")] == [buitenstaander]


def test_a_place_changes_its_own_visit_and_who_would_come_reads_what_changed(als, begeleider, buitenstaander):
    bezoek = bezoek_van(buitenstaander, gastheer=begeleider.rollen.get().initiatief, dagen=5, plaats="Het erf")
    adres = url("bezoek_wijzigen", bezoek.pk)
    dag = timezone.localdate() + timedelta(days=9)
    velden = {"datum": dag.isoformat(), "begin": "10:00", "eind": "13:00", "capaciteit": 4, "plaats": "De kas"}

    formulier = tekst(als(begeleider).get(adres))
    als(begeleider).post(adres, velden)

    assert 'value="Het erf"' in formulier
    assert als(buitenstaander).get(adres).status_code == 404
    bezoek.refresh_from_db()
    assert (bezoek.plaats, timezone.localdate(bezoek.begint_op), bezoek.volgnummer_agenda) == ("De kas", dag, 1)
    (brief,) = Bericht.objects.filter(soort="bijeenkomst_verplaatst")
    assert brief.aan == buitenstaander
    assert "De kas" in stel_op(brief).body


def test_fewer_seats_than_there_are_guests_is_explained(als, begeleider, buitenstaander):
    bezoek = bezoek_van(buitenstaander, gastheer=begeleider.rollen.get().initiatief, dagen=5, plaats="Het erf")
    UitnodigingFactory(bijeenkomst=bezoek, antwoord="ja")
    dag = timezone.localdate(bezoek.begint_op)
    velden = {"datum": dag.isoformat(), "begin": "10:00", "eind": "13:00", "capaciteit": 1, "plaats": "Het erf"}

    geweigerd = als(begeleider).post(url("bezoek_wijzigen", bezoek.pk), velden)

    assert "Er komen al 2 mensen." in tekst(geweigerd)
    assert not Bericht.objects.exists()


def test_who_works_at_one_place_is_not_asked_where_the_visit_is(als, begeleider):
    assert "gastheer" not in als(begeleider).get(url("bezoek_aanbieden")).context["form"].fields

    RolFactory(gebruiker=begeleider, initiatief=InitiatiefFactory(lidmaatschap="lid"))

    assert "gastheer" in als(begeleider).get(url("bezoek_aanbieden")).context["form"].fields
    velden = {"gastheer": 999999, "datum": "2090-01-01", "begin": "10:00", "eind": "13:00", "capaciteit": 4}
    assert "Selecteer een geldige keuze." in tekst(als(begeleider).post(url("bezoek_aanbieden"), velden))
