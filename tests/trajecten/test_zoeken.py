"""Search in moments: what is found, what stays hidden, and how it is answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.bezetting import maak_traject
from trajecten.models import Aanvulling, Inzagelog, Moment
from trajecten.models.moment import zoek
from trajecten.models.traject import TrajectQuerySet

ADRES = reverse("trajecten:zoeken")


@pytest.fixture
def schrijf(begeleider, traject):
    """Write moments as begeleider; returns the last."""

    def bewaar(*teksten: str, waar=None, door=None) -> Moment:
        with als_gebruiker((door or begeleider).pk):
            for tekst in teksten:
                moment = Moment.objects.create(traject=waar or traject, tekst=tekst, door=door or begeleider)
        return moment

    return bewaar


@pytest.fixture
def vind(als, begeleider):
    client = als(begeleider)
    return lambda vraag, **anders: client.get(ADRES, {"q": vraag, **anders})


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [
        ("geit", True),  # geiten
        ("geiten", True),
        ("GEITEN", True),
        ("geit gevoerd", True),
        ('"geiten gevoerd"', True),
        ('"gevoerd geiten"', False),
        ("geiten -zoe", False),
        ("geiten or paarden", True),
        ("zoe", True),  # Zoë
        ("Zoé", True),
        ("een", False),  # one of the words that say nothing
        ("paarden", False),
    ],
)
def test_words_are_found_in_dutch_without_accents(schrijf, vind, vraag, gevonden):
    schrijf("Zoë heeft één keer de geiten gevoerd.")

    assert bool(vind(vraag).context["momenten"]) is gevonden


# Written by hand: how Dutch makes plurals.
PAREN = [
    ("kip", "kippen"),
    ("bos", "bossen"),
    ("pop", "poppen"),
    ("man", "mannen"),
    ("ruk", "rukken"),
    ("brief", "brieven"),
    ("huis", "huizen"),
    ("stof", "stoffen"),
    ("boom", "bomen"),
    ("school", "scholen"),
    ("paard", "paarden"),
]


@pytest.mark.parametrize(("een", "meer"), PAREN)
def test_singular_and_plural_find_each_other_and_are_marked(schrijf, vind, een, meer):
    schrijf(f"Zag een {een} staan.", f"Zag de {meer} weer.")

    for vraag in (een, meer):
        momenten = vind(vraag).context["momenten"]
        assert [[deel for deel, raak in moment.stukjes if raak] for moment in momenten] == [[meer], [een]]


def test_plurals_are_found_in_a_row_and_left_out_too(schrijf, vind):
    schrijf("De bruine kip liep weg.", "De bruine hond liep weg.")

    assert [m.tekst for m in vind('"bruine kippen"').context["momenten"]] == ["De bruine kip liep weg."]
    assert [m.tekst for m in vind("bruine -kippen").context["momenten"]] == ["De bruine hond liep weg."]


@pytest.mark.parametrize(
    "vraag", ["", "   ", "de het", "'", '"', "((", "a & | !", "\\", ":*", "%", "-x", "x" * 200, "\u0000"]
)
def test_any_question_gives_a_page(schrijf, vind, vraag):
    schrijf("Samen gekookt.")

    assert vind(vraag).status_code == 200


@given(vraag=st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_and_written_comes_back_as_text(schrijf, vind, vraag):
    inhoud = vind(vraag).text

    assert "<script" not in inhoud.split("<main")[1].replace('<script type="module"', "")


def test_what_was_found_is_marked_and_the_rest_is_only_text(schrijf, vind):
    schrijf("<b>De geiten</b> & <script>alert(1)</script> \ue000vals\ue001 de geiten.")

    inhoud = vind("geiten").text
    assert inhoud.count("<mark>geiten</mark>") == 2
    assert "<script>alert" not in inhoud
    assert "<mark>vals" not in inhoud


def test_a_supplement_is_found_with_its_moment(schrijf, vind, begeleider, traject):
    moment = schrijf("Samen gekookt.")
    with als_gebruiker(begeleider.pk):
        Aanvulling.objects.create(moment=moment, traject=traject, tekst="Er was ook pompoensoep.", door=begeleider)

    antwoord = vind("pompoensoep")

    assert [gevonden.pk for gevonden in antwoord.context["momenten"]] == [moment.pk]
    assert "<mark>pompoensoep</mark>" in antwoord.text


def test_after_a_change_only_the_new_words_are_found(schrijf, vind, begeleider):
    moment = schrijf("Samen gekookt.")
    with als_gebruiker(begeleider.pk):
        moment.tekst = "Samen gebakken."
        moment.pas_aan(gezien=0)

    assert (len(vind("gekookt").context["momenten"]), len(vind("gebakken").context["momenten"])) == (0, 1)


# --- Who finds what ---------------------------------------------------------------------------------------------------


@pytest.fixture
def overal(schrijf, ander_traject, buitenstaander, initiatief, coordinator) -> None:
    """The same word at begeleider's, at a colleague's of the same initiative, and elsewhere."""
    schrijf("Eigen geiten.")
    schrijf("Geiten elders.", waar=ander_traject, door=buitenstaander)
    van_collega = maak_traject(door=coordinator, initiatief=initiatief, roepnaam="Fee")
    schrijf("Geiten van een collega.", waar=van_collega, door=coordinator)


VINDT = {
    "begeleider": {"Eigen geiten."},
    "coordinator": {"Eigen geiten.", "Geiten van een collega."},
    "buitenstaander": {"Geiten elders."},
    "kernteamlid": set(),
    "beheerder": set(),
    "verbondgenoot": set(),
}


@pytest.mark.parametrize("wie", VINDT)
@pytest.mark.parametrize("met_filters", [True, False])
def test_everybody_finds_only_her_own(overal, als, wie, request, met_filters, monkeypatch):
    if not met_filters:  # the database alone has to hold
        monkeypatch.setattr(TrajectQuerySet, "zichtbaar_voor", lambda self, gebruiker: self)

    antwoord = als(request.getfixturevalue(wie)).get(ADRES, {"q": "geiten"})

    gevonden = {m.tekst for m in antwoord.context["momenten"]} if antwoord.status_code == 200 else set()
    assert gevonden == VINDT[wie]
    assert antwoord.status_code == (200 if VINDT[wie] else 404)


@pytest.mark.parametrize("wie", [*VINDT, None])
def test_the_function_itself_gives_nobody_the_number_of_anothers_moment(overal, wie, request, kijkt_als):
    kijkt_als(request.getfixturevalue(wie) if wie else None)

    eigen = {moment.pk for moment in Moment.objects.all()}
    gevonden = set(zoek("geiten", na=None, aantal=50))

    assert gevonden == eigen
    assert len(gevonden) == len(VINDT.get(wie, ()))


def test_an_ended_role_finds_nothing_more(overal, begeleider, coordinator, kijkt_als):
    kijkt_als(begeleider)
    begeleider.rollen.get().beeindig()

    assert zoek("geiten", na=None, aantal=50) == []


def test_each_trajectory_that_is_shown_is_in_the_read_log_once(overal, schrijf, als, coordinator, kijkt_als):
    schrijf("Nog meer geiten.")

    als(coordinator).get(ADRES, {"q": "geiten"})

    kijkt_als(coordinator)
    regels = Inzagelog.objects.filter(wat="zoeken", gebruiker=coordinator)
    assert [regel.grond for regel in regels] == ["coordinator", "coordinator"]
    assert len({regel.traject_id for regel in regels}) == 2


def test_a_search_without_result_leaves_no_line(schrijf, vind, begeleider, kijkt_als):
    schrijf("Samen gekookt.")

    vind("geiten")

    kijkt_als(begeleider)
    assert not Inzagelog.objects.exists()


# --- Leafing, cost ----------------------------------------------------------------------------------------------------


def test_leafing_shows_every_moment_once_newest_first(schrijf, vind, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        Moment.objects.bulk_create(
            Moment(
                traject=traject,
                tekst=f"Geiten {n}",
                door=begeleider,
                datum=timezone.localdate() - timedelta(days=n // 3),
            )
            for n in range(45)
        )
    gezien, antwoord = [], vind("geiten")
    while True:
        gezien += [(moment.datum, moment.pk) for moment in antwoord.context["momenten"]]
        if not antwoord.context["volgende"]:
            break
        antwoord = vind("geiten", na=gezien[-1][1])

    assert len(gezien) == 45
    assert gezien == sorted(gezien, reverse=True)


@pytest.mark.parametrize("na", ["abc", "-1", "9" * 40, "0", "7"])
def test_an_unknown_bookmark_is_the_beginning(schrijf, vind, na):
    schrijf("De geiten.")

    assert len(vind("geiten", na=na).context["momenten"]) == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_a_search_costs_the_same_whatever_it_finds(schrijf, vind, aantal, django_assert_num_queries):
    schrijf(*["De geiten."] * aantal)

    with django_assert_num_queries(7):  # begin, session, user, keys, moments, read log, end
        vind("geiten")


def test_the_index_is_used_although_row_security_holds(db):
    """The function reads with an index condition on the words; as the application `@@` would be a filter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'moment_zoeken'")
        assert "gin (traject_id, zoekvector)" in cursor.fetchone()[0]
        cursor.execute("SELECT prosecdef, provolatile FROM pg_proc WHERE proname = 'zoek_momenten'")
        assert cursor.fetchone() == (True, "s")
