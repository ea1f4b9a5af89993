"""Who finds a page of a trajectory, and that every opened page leaves a line in the read log."""

import uuid

import pytest
from django.urls import reverse

from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.kring import vul_kring
from tests.trajecten.momenten import vul_momenten
from tests.trajecten.nazorg import vul_nazorg
from tests.trajecten.perspectief import vul_perspectief
from trajecten.actions import spreek_nazorg_af
from trajecten.models import Betrokkene, Inzagelog

PAGINAS = ["traject", "wensen", "gegevens", "inzage", "inzage_familie", "fase", "nazorg", "mensen", "contact"]
PAGINAS += ["kijken", "kijken_nieuw", "perspectief", "kleine_stap", "mogelijke_plek", "weggaan"]
PAGINAS += ["preventieplan", "preventieplan_schrijven", "akkoord", "terugval"]
PAGINAS += ["boekjes", "boekje_nieuw", "boekje", "boekje_vouwen"]
DOEN = ["moment", "concept", "concept_weg", "verder", "afscheid"]
DOEN += ["akkoord_terug", "terugval_terug", "terugnemen", "terugblik"]
ALLEEN_LEZEN = {"traject", "inzage", "inzage_familie", "kijken", "preventieplan"}
ALLEEN_LEZEN |= {"boekjes", "boekje", "boekje_vouwen"}
ALGEMEEN = ["vandaag", "lijst", "nieuw"]
ALLEEN_COORDINATOR = ["alles", "opruimen"]  # tests/trajecten/test_uittreksel.py and test_vertrek.py
WAT = {"traject": "traject", "gegevens": "identiteit", "inzage": "inzagelog", "inzage_familie": "inzagelog"}
PAGINAS += ["mens", "rust", "verhaal"]
ALGEMEEN += ["verdelen", "overdrachten"]
ELDERS = ["overdracht_hierheen", "overdracht_foto"]  # have tests of their own
WAT |= {"mens": "mensen"}
PAGINAS += ["toestemming", "overdragen", "overdracht", "overdracht_stukken", "overdracht_blad"]
ALLEEN_LEZEN |= {"overdracht_blad"}
WAT |= dict.fromkeys(("overdragen", "overdracht_stukken", "overdracht_blad"), "overdracht")
DOEN += ["toestemming_intrekken"]
PAGINAS += ["een_moment", "moment_aanpassen", "foto"]
DOEN += ["foto_weg"]
ALGEMEEN += ["zoeken"]
ALLEEN_LEZEN |= {"foto"}
WAT |= {"een_moment": "moment", "moment_aanpassen": "moment"}
PAGINAS += ["pauze"]
DOEN += ["hervatten"]
ALLEEN_COORDINATOR += ["bord", "gezien", "ladder"]  # tests/trajecten/test_bord.py and test_planning.py
PAGINAS += ["nazorg_nieuw", "nazorg_data", "nazorg_stoppen", "nazorg_blad", "seintje"]
DOEN += ["contact_moment", "contact_anders", "seintje_weg"]
ALLEEN_LEZEN |= {"nazorg", "nazorg_blad"}
WAT |= dict.fromkeys(["nazorg_nieuw", "nazorg_data", "nazorg_stoppen"], "nazorg")
ALGEMEEN += ["agenda"]
ELDERS += ["contact_openen"]  # names no trajectory: tests/trajecten/test_agenda.py
ELDERS += ["telling", "stoppen"]  # about an initiative: tests/initiatieven/toegang.py


pytestmark = pytest.mark.usefixtures("adressen_van_bestand")


@pytest.fixture(scope="module")
def adressen_van_bestand(een_keer) -> dict[str, dict]:
    """What the addresses of the trajectory of begeleider need, besides its own number."""
    with een_keer.schrijf(), als_gebruiker((door := een_keer.bezetting.begeleider).pk):
        traject = een_keer.bezetting.traject
        contact = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=door, ritme=["week_1"]).contactmomenten.get()
        mens = Betrokkene(traject=traject, naam="School De Linde", rol="school")
        mens.save(force_insert=True)
        extra = {"afscheid": {"mens_pk": mens.pk}, "mens": {"mens_pk": mens.pk}}
        extra |= vul_perspectief(traject, door) | vul_momenten(traject, door) | vul_kring(traject, door)
        return extra | vul_nazorg(traject, door, contact)


@pytest.fixture
def adres(traject, adressen_van_bestand):
    """Return the address of a page of the trajectory of begeleider."""

    def maak(naam: str, pk=None) -> str:
        return reverse(f"trajecten:{naam}", kwargs={"pk": pk or traject.pk} | adressen_van_bestand.get(naam, {}))

    return maak


def test_every_address_of_trajecten_is_named_in_this_test():
    from trajecten.urls import urlpatterns

    alle = [*PAGINAS, *DOEN, *ALGEMEEN, *ALLEEN_COORDINATOR, *ELDERS]
    assert sorted(route.name for route in urlpatterns) == sorted(alle)


@pytest.mark.parametrize("naam", PAGINAS)
@pytest.mark.parametrize("wie", ["begeleider", "coordinator"])
def test_who_counsels_and_her_coordinator_open_the_page_and_leave_a_line(adres, als, naam, wie, request, kijkt_als):
    gebruiker = request.getfixturevalue(wie)

    antwoord = als(gebruiker).get(adres(naam))

    kijkt_als(gebruiker)
    regel = Inzagelog.objects.get()
    assert antwoord.status_code == 200
    assert (regel.gebruiker, regel.wat) == (gebruiker, WAT.get(naam, naam))
    assert regel.grond == ("betrokken" if wie == "begeleider" else "coordinator")


@pytest.mark.parametrize("naam", sorted({*PAGINAS, *DOEN} - ALLEEN_LEZEN - {"concept"}))
def test_a_page_that_comes_back_with_a_mistake_leaves_a_line_too(adres, als, begeleider, naam, kijkt_als):
    soort = "verzoek" if naam == "weggaan" else "afspraak"
    antwoord = als(begeleider).post(adres(naam), {"soort": soort, "datum": "geen dag"})

    kijkt_als(begeleider)
    assert antwoord.status_code in (200, 302)
    assert antwoord.status_code == 302 or Inzagelog.objects.exists()


def test_the_answer_about_a_draft_tells_nothing_of_the_trajectory(adres, als, begeleider, traject, kijkt_als):
    antwoord = als(begeleider).post(adres("concept"), {"tekst": "Nog bezig."})

    kijkt_als(begeleider)
    assert not Inzagelog.objects.exists()
    assert traject.jongere.roepnaam not in antwoord.text


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"])
def test_for_everybody_else_no_page_exists(adres, als, wie, request, traject, begeleider, kijkt_als):
    client = als(request.getfixturevalue(wie))

    for naam in PAGINAS + DOEN:
        assert client.get(adres(naam)).status_code == 404, naam
        gepost = client.post(adres(naam), {"tekst": "Van buiten", "resultaat": "gesproken"})
        assert gepost.status_code == (405 if naam in ALLEEN_LEZEN else 404), naam
    kijkt_als(begeleider)
    assert (Inzagelog.objects.count(), traject.momenten.filter(tekst="Van buiten").count()) == (0, 0)


def test_a_colleague_who_is_not_involved_finds_nothing(adres, als, initiatief):
    client = als(RolFactory(initiatief=initiatief).gebruiker)

    assert {naam: client.get(adres(naam)).status_code for naam in PAGINAS + DOEN} == dict.fromkeys(PAGINAS + DOEN, 404)


def test_an_unknown_trajectory_is_answered_the_same(adres, als, begeleider):
    client, onbekend = als(begeleider), uuid.uuid4()

    statussen = {naam: client.get(adres(naam, pk=onbekend)).status_code for naam in PAGINAS + DOEN}

    assert statussen == dict.fromkeys(PAGINAS + DOEN, 404)


def test_without_signing_in_there_is_only_the_sign_in_page(adres, client):
    for naam in PAGINAS + DOEN:
        antwoord = client.post(adres(naam))

        assert antwoord.status_code == 302, naam
        assert antwoord.url.startswith("/accounts/login/"), naam


@pytest.mark.parametrize("naam", DOEN)
def test_who_signs_in_on_the_way_to_saving_lands_on_the_trajectory(adres, als, naam, begeleider, traject):
    antwoord = als(begeleider).get(adres(naam))

    assert (antwoord.status_code, antwoord.url) == (302, f"/trajecten/{traject.pk}/")


@pytest.mark.parametrize("naam", ALGEMEEN)
@pytest.mark.parametrize("wie", ["kernteamlid", "beheerder", "verbondgenoot"])
def test_without_a_staff_role_the_staff_pages_do_not_exist(als, naam, wie, request):
    assert als(request.getfixturevalue(wie)).get(reverse(f"trajecten:{naam}")).status_code == 404


def test_a_contact_of_another_trajectory_is_not_found_below_ones_own(adres, als, ander_traject, buitenstaander):
    vreemd = adres("contact", pk=ander_traject.pk)

    assert als(buitenstaander).get(vreemd).status_code == 404


@pytest.mark.parametrize(
    ("wie", "waarheen"),
    [
        ("begeleider", "/trajecten/"),
        ("coordinator", "/trajecten/"),
        ("kernteamlid", "/bijeenkomsten/mijn/"),
        ("verbondgenoot", "/bijeenkomsten/mijn/"),
    ],
)
def test_after_signing_in_everybody_lands_where_her_work_is(als, wie, waarheen, request):
    antwoord = als(request.getfixturevalue(wie)).get("/mijn/")

    assert (antwoord.status_code, antwoord.url) == (302, waarheen)


def test_without_any_role_one_lands_on_what_one_may(als, db):
    from tests.factories import GebruikerFactory

    assert als(GebruikerFactory()).get("/mijn/").url == "/gebruikers/wat-mag-ik/"
