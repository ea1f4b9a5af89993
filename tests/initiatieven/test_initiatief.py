"""What must always be true of an initiative, its places and its room; and how it is found."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from initiatieven.models import Initiatief, Locatie, Plekken
from initiatieven.models.initiatief import vrije_slug
from tests.factories import InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory


def test_only_members_are_public(db):
    for lidmaatschap in Initiatief.Lidmaatschap:
        InitiatiefFactory(naam=lidmaatschap.value, lidmaatschap=lidmaatschap)

    namen = set(Initiatief.objects.openbaar().values_list("naam", flat=True))

    assert namen == {"lid", "aandacht"}


@pytest.mark.parametrize("tekst", ["Atelier Één", "atelier een", "ÉÉN", "atelir een", "  een "])
def test_search_forgives_accents_capitals_and_a_typing_error(db, tekst):
    gezocht = InitiatiefFactory(naam="Het Atelier Één")
    InitiatiefFactory(naam="Boerderij Lindezicht")

    gevonden = list(Initiatief.objects.zoek(tekst))

    assert gevonden == [gezocht]


@pytest.mark.parametrize("tekst", ["%", "_", "\\", "'; --", "😀", "x" * 100])
def test_search_takes_strange_text_as_text(db, tekst):
    InitiatiefFactory(naam="De Wilgenhoek")

    assert list(Initiatief.objects.zoek(tekst)) == []


def test_names_are_sorted_as_people_do(db):
    for naam in ["Zonnehof", "élan", "De Eik", "atelier"]:
        InitiatiefFactory(naam=naam)

    namen = list(Initiatief.objects.op_naam().values_list("naam", flat=True))

    assert namen == ["atelier", "De Eik", "élan", "Zonnehof"]


def _hele_tabellen() -> int:
    """How often this transaction read a table of the directory from beginning to end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(seq_scan) FROM pg_stat_xact_user_tables WHERE relname LIKE 'initiatieven_%'")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("tekst", ["wilgen", "niets wat lijkt"])
def test_search_reads_no_whole_table(db, tekst):
    InitiatiefFactory(naam="De Wilgenhoek")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    eerder = _hele_tabellen()

    list(Initiatief.objects.zoek(tekst))

    assert _hele_tabellen() == eerder


def test_order_can_use_its_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "initiatief_op_naam" in Initiatief.objects.op_naam()[:20].explain()


@pytest.mark.parametrize(
    "velden",
    [
        {"leeftijd_van": 18, "leeftijd_tot": 12},
        {"leeftijd_van": 12},
        {"leeftijd_tot": 12},
        {"leeftijd_van": 12, "leeftijd_tot": 99},
        {"website": "javascript:alert(1)"},
        {"slug": "aanmelden"},
        {"slug": "toetsing"},
        {"naam": ""},
    ],
)
def test_the_database_refuses_what_cannot_be_true(db, velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiatiefFactory(**velden)


@pytest.mark.parametrize(
    ("naam", "slug"),
    [
        ("De Wilgenhoek", "de-wilgenhoek-2"),
        ("Beheer", "beheer-2"),
        ("Élan & Co", "elan-co"),
        ("😀", "initiatief"),
    ],
)
def test_a_new_initiative_gets_an_address_that_is_free(initiatief, naam, slug):
    assert vrije_slug(naam) == slug


def test_every_version_of_a_profile_is_kept_by_the_application_role(initiatief):
    initiatief.telefoon = "0123 456 789"
    initiatief.save()

    versies = list(initiatief.events.order_by("pgh_id").values_list("pgh_label", "telefoon"))

    assert versies == [("insert", ""), ("update", "0123 456 789")]
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        initiatief.events.update(telefoon="")


def test_what_was_said_of_room_stays_as_it_was_said(initiatief):
    ruimte = PlekkenFactory(initiatief=initiatief, toestand="plek_vrij")
    ruimte.toestand = "vol"
    ruimte.save()

    assert list(ruimte.events.order_by("pgh_id").values_list("toestand", flat=True)) == ["plek_vrij", "vol"]
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ruimte.events.update(toestand="vol")


def test_a_place_at_home_keeps_no_street_and_no_exact_point(initiatief):
    locatie = Locatie(
        initiatief=initiatief, nauwkeurigheid="ongeveer", adres="Dorpsweg 1", pc4="7201", plaats="Zutphen"
    )

    locatie.zet_punt(52.1413, 6.1961)
    locatie.save()

    locatie.refresh_from_db()
    assert (locatie.lat, locatie.lon, locatie.adres) == (52.14, 6.2, "")
    assert locatie.rd is not None


@pytest.mark.parametrize(
    "velden",
    [
        {"nauwkeurigheid": "ongeveer"},
        {"nauwkeurigheid": "ongeveer", "adres": ""},
        {"nauwkeurigheid": "ongeveer", "lat": 52.14, "lon": 6.2},
        {"lat": None},
        {"lat": 48.85, "lon": 2.35},
        {"is_online": True},
    ],
)
def test_the_database_refuses_a_place_that_says_too_much_or_too_little(db, velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        LocatieFactory(**velden)


def test_an_online_place_is_nowhere(db):
    LocatieFactory(is_online=True, adres="", pc4="", lat=None, lon=None)
    ergens = LocatieFactory()

    assert list(Locatie.objects.op_de_kaart()) == [ergens]


@pytest.mark.parametrize(("dagen", "toestand"), [(0, "plek_vrij"), (30, "plek_vrij"), (31, "onbekend")])
def test_room_is_known_for_thirty_days(db, dagen, toestand):
    plekken = PlekkenFactory(per_datum=timezone.localdate() - timedelta(days=dagen))

    assert plekken.toestand_nu == toestand
    assert Plekken.objects.vrij().exists() == (toestand == "plek_vrij")


def test_the_thirty_days_are_counted_in_dutch_days(db):
    plekken = PlekkenFactory(per_datum="2026-06-01")
    plekken.refresh_from_db()

    with time_machine.travel("2026-07-01T21:30:00Z", tick=False):
        laatste_dag = plekken.toestand_nu
    with time_machine.travel("2026-07-01T22:30:00Z", tick=False):
        een_dag_later = plekken.toestand_nu

    assert (laatste_dag, een_dag_later) == ("plek_vrij", "onbekend")


@pytest.mark.parametrize(
    "velden",
    [
        {"leeftijd_van": 18, "leeftijd_tot": 12},
        {"toestand": "vol", "wachtweken": 3},
        {"toestand": "wachtlijst", "wachtweken": 0},
    ],
)
def test_the_database_refuses_room_that_cannot_be_true(db, velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlekkenFactory(**velden)
