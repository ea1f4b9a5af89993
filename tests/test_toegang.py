"""The access matrix: every URL × every role × own, other and random objects.

The table is written by hand. A URL that is not in it fails the first test, so nobody adds a page without saying
who may open it. Who may not, gets 404; a visitor who is not signed in goes to the sign-in page.
"""

import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from collectief.gebruikers.models import Roluitnodiging
from collectief.post.afmelden import afmeldlink
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from collectief.rijbeveiliging import als_gebruiker
from tests.bezetting import Bezetting
from tests.bijeenkomsten import toegang as bijeenkomsten
from tests.factories import RolFactory
from tests.initiatieven import toegang as aanmeldingen
from tests.initiatieven.bladzijde import argumenten_van_bladzijde
from tests.initiatieven.factories import LocatieFactory
from tests.kaart import toegang as gezinnen
from tests.toegang import ALLEN, EIGEN_INITIATIEF, KRING, MEDEWERKERS, Regel, alle_namen, alleen, iedereen, kring
from tests.trajecten.kring import iemand_komt_bij, kies_foto, vul_kring
from tests.trajecten.momenten import vul_momenten
from tests.trajecten.nazorg import geheime_links, vul_nazorg
from tests.trajecten.perspectief import vul_perspectief
from trajecten.models import Betrokkene, Contactmoment, Inzagelog, NazorgAfspraak, Traject
from trajecten.models.traject import TrajectQuerySet

pytestmark = pytest.mark.usefixtures("wereld_van_bestand")

PROFIEL = (
    "detail",
    "blad",
    "bewerken",
    "plekken_kloppen",
    "fotos",
    "verhalen",
    "geschiedenis",
    "klopt",
    "klopt_niet",
    "gemeld",
)

TOEGANG: dict[str, Regel] = {
    "home": iedereen(),
    "over": iedereen(),
    **dict.fromkeys(("pers", "zoeken", "beveiliging", "security_txt"), iedereen()),
    "privacy": iedereen(),
    **dict.fromkeys(("uitleg", "uitleg_voor"), iedereen()),
    "gezond": iedereen(),
    "stijl": alleen("beheerder"),
    "mijn": alleen(*ALLEN),
    "stand": alleen("beheerder"),
    # people
    "gebruikers:wat_mag_ik": alleen(*ALLEN),
    "gebruikers:uitnodigen": alleen("coordinator", "beheerder"),
    "gebruikers:trek_in": alleen("coordinator", "beheerder", post=True),
    "gebruikers:rollen": alleen("coordinator", "beheerder"),
    "gebruikers:beeindig": alleen("coordinator", "beheerder", post=True),
    "gebruikers:aanvaard": iedereen(),
    # mail; the folder of the embedded mode only from this machine
    "post:mailkeuze": alleen(*ALLEN),
    "post:afmelden": iedereen(),  # whoever has the link
    "post:postmap": iedereen(),
    "post:brief": iedereen(),
    "post:opmaak": iedereen(),
    # directory
    "initiatieven:lijst": iedereen(),
    "initiatieven:detail": iedereen(),
    "initiatieven:blad": iedereen(),
    "initiatieven:bevestigen": iedereen(),  # whoever has the link
    "initiatieven:overzicht": alleen("kernteamlid"),
    "initiatieven:gebeld": alleen("kernteamlid", post=True),
    "initiatieven:melding_klaar": alleen(*EIGEN_INITIATIEF, "kernteamlid", post=True),
    "initiatieven:klopt": alleen(*EIGEN_INITIATIEF, post=True),
    "initiatieven:klopt_niet": iedereen(),
    "initiatieven:gemeld": iedereen(),
    "initiatieven:verbondgenoten_beheer": alleen("kernteamlid"),
    "initiatieven:verbondgenoot": alleen("kernteamlid"),
    "initiatieven:verbondgenoot_contact": alleen("kernteamlid", post=True),
    "initiatieven:wijzigingen": alleen("beheerder"),
    "initiatieven:wijziging_besluit": alleen("beheerder", post=True),
    "initiatieven:wijziging_intrekken": alleen(*EIGEN_INITIATIEF, post=True),
    "initiatieven:geschiedenis": alleen(*EIGEN_INITIATIEF, "beheerder"),
    "initiatieven:terugzetten": alleen(*EIGEN_INITIATIEF, post=True),
    "initiatieven:export": alleen("kernteamlid", "beheerder"),
    **dict.fromkeys(("initiatieven:foto", "initiatieven:verhalenlijst", "initiatieven:verhaal"), iedereen()),
    "initiatieven:fotos": alleen(*EIGEN_INITIATIEF),
    "initiatieven:eigen_foto": alleen(*EIGEN_INITIATIEF),
    "initiatieven:foto_anders": alleen(*EIGEN_INITIATIEF, post=True),
    "initiatieven:verhalen": alleen(*EIGEN_INITIATIEF),
    "initiatieven:verhaal_anders": alleen(*EIGEN_INITIATIEF, post=True),
    "initiatieven:verbondgenoten": iedereen(),
    "initiatieven:beheer": alleen(*MEDEWERKERS),
    "initiatieven:bewerken": alleen(*EIGEN_INITIATIEF),
    "initiatieven:plekken_kloppen": alleen(*EIGEN_INITIATIEF, post=True),
    # map
    "kaart:kaart": iedereen(),
    "kaart:plekken": iedereen(),
    "kaart:plek": iedereen(),
    **dict.fromkeys(("manifest", "dienst", "kaart:uitgave", "kaart:zonder_netwerk"), iedereen()),
    **dict.fromkeys(("kaart:insluiten", "kaart:insluiten_maken", "kaart:opensearch"), iedereen()),
    **dict.fromkeys(("kaart:open_data", "kaart:plekken_geojson", "kaart:plekken_csv"), iedereen()),
    **gezinnen.TOEGANG,
    **aanmeldingen.TOEGANG,
    **bijeenkomsten.TOEGANG,
    # trajectories
    "trajecten:vandaag": alleen(*MEDEWERKERS),
    "trajecten:lijst": alleen(*MEDEWERKERS),
    "trajecten:zoeken": alleen(*MEDEWERKERS),
    "trajecten:bord": alleen("coordinator"),
    "trajecten:gezien": alleen("coordinator", post=True),
    "trajecten:ladder": alleen("coordinator"),
    "trajecten:nieuw": alleen(*MEDEWERKERS),
    "trajecten:verdelen": alleen("coordinator"),
    "trajecten:overdrachten": alleen(*MEDEWERKERS),
    **dict.fromkeys(["trajecten:overdracht_hierheen", "trajecten:overdracht_foto"], alleen("buitenstaander")),
    "trajecten:traject": kring(),
    "trajecten:moment": kring(post=True),
    "trajecten:concept": kring(post=True),
    "trajecten:concept_weg": kring(post=True),
    "trajecten:een_moment": kring(),
    "trajecten:moment_aanpassen": kring(),
    "trajecten:foto": kring(),
    "trajecten:foto_weg": kring(post=True),
    "trajecten:wensen": kring(),
    "trajecten:gegevens": kring(),
    "trajecten:inzage": kring(),
    "trajecten:alles": alleen("coordinator", zaak=True),
    "trajecten:weggaan": kring(),
    "trajecten:opruimen": alleen("coordinator"),
    "trajecten:inzage_familie": kring(),
    "trajecten:kijken": kring(),
    "trajecten:kijken_nieuw": kring(),
    "trajecten:perspectief": kring(),
    "trajecten:kleine_stap": kring(),
    "trajecten:mogelijke_plek": kring(),
    "trajecten:preventieplan": kring(),
    "trajecten:preventieplan_schrijven": kring(),
    "trajecten:akkoord": kring(),
    "trajecten:akkoord_terug": kring(post=True),
    "trajecten:terugval": kring(),
    "trajecten:terugval_terug": kring(post=True),
    "trajecten:boekjes": kring(),
    "trajecten:boekje_nieuw": kring(),
    "trajecten:boekje": kring(),
    "trajecten:boekje_vouwen": kring(),
    "trajecten:terugblik": kring(post=True),
    "trajecten:fase": kring(),
    "trajecten:terugnemen": kring(post=True),
    "trajecten:verhaal": kring(),
    "trajecten:rust": kring(),
    "trajecten:verder": kring(post=True),
    "trajecten:nazorg": kring(),
    "trajecten:contact": kring(),
    "trajecten:pauze": kring(),
    "trajecten:hervatten": kring(post=True),
    "trajecten:contact_openen": alleen(*KRING),
    "trajecten:agenda": alleen(*MEDEWERKERS),
    **{f"trajecten:nazorg_{wat}": kring() for wat in ("nieuw", "data", "stoppen", "blad")},
    **{f"trajecten:{naam}": kring(post=True) for naam in ("seintje_weg", "contact_moment", "contact_anders")},
    **dict.fromkeys(("agenda_feed", "seintje_stop"), iedereen()),
    "trajecten:seintje": kring(),
    "trajecten:mensen": kring(),
    "trajecten:mens": kring(),
    "trajecten:toestemming": kring(),
    "trajecten:overdragen": kring(),
    "trajecten:overdracht": kring(),
    "trajecten:overdracht_stukken": kring(),
    "trajecten:overdracht_blad": kring(),
    "trajecten:toestemming_intrekken": kring(post=True),
    "trajecten:afscheid": kring(post=True),
}
ZAAKPAGINAS = sorted(naam for naam, regel in TOEGANG.items() if regel.zaak)


def test_every_url_says_who_may_open_it():
    assert alle_namen() == set(TOEGANG)


@dataclass
class Wereld:
    """The keyword arguments with which each URL leads to an object of begeleider's initiative."""

    mensen: dict
    argumenten: dict[str, dict]
    mailmap: str

    def adres(self, naam: str, **anders) -> str:
        return reverse(naam, kwargs={**self.argumenten.get(naam, {}), **anders})


def zaakargumenten(traject: Traject, begeleider) -> dict[str, dict]:
    """Give the trajectory something to open at each of its addresses, and return what those addresses need."""
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        contact = Contactmoment.plan_op(afspraak=afspraak, dag=traject.begonnen_op, eigenaar=begeleider)
        mens = traject.betrokkenen.get()
        school = Betrokkene(traject=traject, naam="School De Linde", rol="school")
        school.save(force_insert=True)
        extra = vul_perspectief(traject, begeleider) | vul_momenten(traject, begeleider)
        extra |= vul_kring(traject, begeleider) | vul_nazorg(traject, begeleider, contact)
        los = geheime_links(begeleider, contact)
    extra |= {"afscheid": {"mens_pk": mens.pk}, "mens": {"mens_pk": school.pk}}
    return los | {naam: {"pk": traject.pk} | extra.get(naam.partition(":")[2], {}) for naam in ZAAKPAGINAS}


def maak_wereld(wie: Bezetting, mailmap: Path) -> Wereld:
    """Fill the platform, and the mail folder, with something to open at every address."""
    brief = stel_op(Bericht(pk=1, soort="herinnering", aan_adres="x@voorbeeld.example", pad="/mijn/"))
    (mailmap / "brief.eml").write_bytes(brief.message().as_bytes())
    mensen = {naam: getattr(wie, naam) for naam in ALLEN if naam != "collega"}
    mensen["collega"] = RolFactory(initiatief=wie.initiatief).gebruiker  # same initiative, not involved
    argumenten = zaakargumenten(wie.traject, wie.begeleider) | bijeenkomsten.argumenten(wie.begeleider)
    argumenten |= gezinnen.argumenten(wie.initiatief, wie.begeleider)
    argumenten |= aanmeldingen.argumenten(wie)
    argumenten |= {f"initiatieven:{wat}": {"slug": wie.initiatief.slug} for wat in PROFIEL}
    argumenten |= argumenten_van_bladzijde(wie.initiatief)
    rol = Roluitnodiging.objects.create(
        email="nieuw@voorbeeld.example", naam="Nel", soort="begeleider", initiatief=wie.initiatief, door=wie.coordinator
    )
    terug = Bericht.objects.create(sleutel="x", soort="herinnering", aan=wie.begeleider, toestand="onbestelbaar").pk
    komt = iemand_komt_bij(wie.buitenstaander, wie.ander_initiatief)
    argumenten |= {
        "uitleg_voor": {"naam": "medewerker"},
        "gebruikers:trek_in": {"pk": rol.pk},
        "gebruikers:aanvaard": {"token": rol.token},
        "gebruikers:beeindig": {"pk": wie.begeleider.rollen.get().pk},
        "post:brief": {"naam": "brief"},
        "post:opmaak": {"naam": "brief"},
        "post:afmelden": {"token": afmeldlink("weekoverzicht", wie.begeleider.pk).split("/")[-2]},
        "trajecten:gezien": {"bericht_pk": terug},
        "trajecten:ladder": {"initiatief_pk": wie.initiatief.pk},
        "trajecten:overdracht_hierheen": {"pk": komt.pk},
        "trajecten:overdracht_foto": {"pk": komt.pk, "foto_pk": kies_foto(komt)},
        "kaart:plek": {"pk": LocatieFactory(initiatief=wie.initiatief).pk},
    }
    return Wereld(mensen, argumenten, str(mailmap))


def vraag(client: Client, naam: str, adres: str):
    """Ask for one page and undo what asking did."""
    with transaction.atomic():
        response = client.post(adres) if TOEGANG[naam].post else client.get(adres)
        transaction.set_rollback(True)
    return response


@pytest.fixture(scope="module")
def eerder_gevraagd() -> dict[str, dict]:
    return {}


@pytest.fixture
def antwoorden(eerder_gevraagd, wereld, als):
    """What every address answers this role, and may it be stored; asked once, looked at by more than one test."""

    def van(wie: str) -> dict[str, tuple[int, str | None]]:
        if wie not in eerder_gevraagd:
            client = als(wereld.mensen[wie])
            gekregen = {naam: vraag(client, naam, wereld.adres(naam)) for naam in TOEGANG}
            eerder_gevraagd[wie] = {naam: (een.status_code, een.get("Cache-Control")) for naam, een in gekregen.items()}
        return eerder_gevraagd[wie]

    return van


@pytest.mark.parametrize("wie", ALLEN)
def test_each_role_gets_just_what_the_table_says(antwoorden, wie):
    statussen = {naam: status for naam, (status, _) in antwoorden(wie).items()}

    gelukt = {naam for naam, status in statussen.items() if status != 404}
    assert gelukt == {naam for naam, regel in TOEGANG.items() if regel.wie is None or wie in regel.wie}
    assert {naam: status for naam, status in statussen.items() if status not in {200, 204, 302, 404}} == {"gezond": 503}


def test_a_visitor_who_is_not_signed_in_sees_public_pages_only(wereld, client):
    for naam, regel in TOEGANG.items():
        adres = wereld.adres(naam)
        response = vraag(client, naam, adres)

        if regel.wie is None:
            assert response.status_code in {200, 503}, naam
        else:
            assert response.url == f"/accounts/login/?next={adres}", naam


def antwoorden_van_zaken(wereld, als, **anders) -> dict[str, dict[str, int]]:
    clients = {wie: als(mens) for wie, mens in wereld.mensen.items()}
    return {
        naam: {wie: vraag(client, naam, wereld.adres(naam, **anders)).status_code for wie, client in clients.items()}
        for naam in ZAAKPAGINAS
    }


def test_the_trajectory_of_another_initiative_is_404_for_everybody_but_its_own_counsellor(wereld, als, ander_traject):
    antwoorden = antwoorden_van_zaken(wereld, als, pk=ander_traject.pk)

    for per_rol in antwoorden.values():
        per_rol.pop("buitenstaander")
    assert {status for per_rol in antwoorden.values() for status in per_rol.values()} == {404}


def test_a_random_trajectory_is_404_for_everybody(wereld, als):
    antwoorden = antwoorden_van_zaken(wereld, als, pk=uuid.uuid4())

    assert {status for per_rol in antwoorden.values() for status in per_rol.values()} == {404}


def test_with_the_python_filters_off_the_database_alone_gives_the_same_answers(wereld, als, monkeypatch):
    monkeypatch.setattr(TrajectQuerySet, "zichtbaar_voor", lambda self, gebruiker: self)

    antwoorden = antwoorden_van_zaken(wereld, als)

    for naam, per_rol in antwoorden.items():
        assert {wie for wie, status in per_rol.items() if status != 404} == TOEGANG[naam].wie, naam


def test_with_the_python_filters_off_another_initiative_still_does_not_exist(wereld, als, ander_traject, monkeypatch):
    monkeypatch.setattr(TrajectQuerySet, "zichtbaar_voor", lambda self, gebruiker: self)

    antwoorden = antwoorden_van_zaken(wereld, als, pk=ander_traject.pk)

    for per_rol in antwoorden.values():
        per_rol.pop("buitenstaander")
    assert {status for per_rol in antwoorden.values() for status in per_rol.values()} == {404}


@pytest.mark.parametrize("wie", sorted(KRING))
def test_every_opened_case_page_is_in_the_read_log(wereld, als, wie):
    mens = wereld.mensen[wie]
    client, keren = als(mens), {}
    for naam in (naam for naam in ZAAKPAGINAS if not TOEGANG[naam].post and wie in TOEGANG[naam].wie):
        client.get(wereld.adres(naam))
        with als_gebruiker(mens.pk):
            keren[naam] = Inzagelog.objects.filter(gebruiker=mens).count()

    assert list(keren.values()) == list(range(1, len(keren) + 1)), keren


def test_a_refused_page_is_not_in_the_read_log(wereld, als, begeleider, kijkt_als):
    for wie in set(ALLEN) - KRING:
        als(wereld.mensen[wie]).get(wereld.adres("trajecten:traject"))

    kijkt_als(begeleider)
    assert not Inzagelog.objects.exists()


def test_without_a_second_factor_no_case_url_answers(wereld, als, begeleider, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    client = als(begeleider)

    antwoorden = {vraag(client, naam, wereld.adres(naam)).headers.get("Location") for naam in ZAAKPAGINAS}

    assert antwoorden == {"/accounts/2fa/"}


def test_an_ended_role_ends_access_on_the_next_request(wereld, als, begeleider):
    client = als(begeleider)
    begeleider.rollen.get().beeindig()

    assert {vraag(client, naam, wereld.adres(naam)).status_code for naam in ZAAKPAGINAS} == {404}


def test_no_private_answer_may_be_stored(antwoorden):
    prive = [naam for naam, regel in TOEGANG.items() if regel.wie is not None]
    zegt = {(naam, wie): antwoorden(wie)[naam][1] for naam in prive for wie in ALLEN}

    assert {wat: bewaren for wat, bewaren in zegt.items() if bewaren != "no-store, private"} == {}


def test_a_trajectory_that_nobody_may_see_still_exists(wereld, begeleider, kijkt_als):
    """Guards the sweep itself: 404 above means "not for you", not "gone"."""
    kijkt_als(begeleider)

    assert Traject.objects.count() == 1
