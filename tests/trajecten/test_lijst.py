"""The list of trajectories: search, choose, order, leaf; and beginning a new one."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.samen import tegelijk
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import zet_stap
from trajecten.fases import Fase
from trajecten.forms.lijst import LijstForm
from trajecten.models import Jongere, Traject

LIJST = "/trajecten/lijst/"
BEGIN = date(2026, 1, 1)


def namen(antwoord) -> list[str]:
    return [traject.jongere.roepnaam for traject in antwoord.context["bladzijde"].trajecten]


@pytest.fixture
def maak(begeleider, initiatief):
    def een(roepnaam: str, dagen: int = 0, door=begeleider) -> Traject:
        return maak_traject(door=door, initiatief=initiatief, roepnaam=roepnaam, op=BEGIN + timedelta(days=dagen))

    return een


def test_an_empty_list_offers_the_first_step(als, begeleider):
    assert "Een traject beginnen" in als(begeleider).get(LIJST).text


def test_the_newest_comes_first(als, begeleider, maak):
    for dagen, roepnaam in enumerate(["Noor", "Sem", "Fay"]):
        maak(roepnaam, dagen)

    assert namen(als(begeleider).get(LIJST)) == ["Fay", "Sem", "Noor"]


def test_by_roepnaam_accents_and_capitals_make_no_difference(als, begeleider, maak):
    for roepnaam in ["zoë", "Élise", "Daan", "evi"]:
        maak(roepnaam)

    assert namen(als(begeleider).get(LIJST, {"sorteer": "roepnaam"})) == ["Daan", "Élise", "evi", "zoë"]


@pytest.mark.parametrize("q", ["elis", "ÉLIS", " lise "])
def test_search_finds_a_part_of_a_roepnaam(als, begeleider, maak, q):
    maak("Élise")
    maak("Daan")

    antwoord = als(begeleider).get(LIJST, {"q": q})

    assert namen(antwoord) == ["Élise"]
    assert f"1 traject met ‘{q.strip()}’ in de roepnaam." in antwoord.text


@pytest.mark.parametrize("q", ["%", "_", "'; DROP", "\\", "🙂"])
def test_signs_in_a_search_are_just_signs(als, begeleider, maak, q):
    maak("Daan")

    assert namen(als(begeleider).get(LIJST, {"q": q})) == []


def test_the_sentence_says_how_many_and_which(als, begeleider, maak):
    traject = maak("Noor")
    maak("Sem")
    with als_gebruiker(begeleider.pk):
        zet_stap(traject=traject, naar=Fase.WAAKVLAM, door=begeleider, toelichting="x", deur_staat_open=True)

    antwoord = als(begeleider).get(LIJST, {"fase": "waakvlam"})

    assert namen(antwoord) == ["Noor"]
    assert "1 traject, in de waakvlamfase." in antwoord.text


def test_resting_trajectories_are_shown_and_can_be_chosen(als, begeleider, maak):
    traject = maak("Noor")
    maak("Sem", 1)
    with als_gebruiker(begeleider.pk):
        traject.laat_rusten()
    client = als(begeleider)

    assert namen(client.get(LIJST)) == ["Sem", "Noor"]
    assert namen(client.get(LIJST, {"toestand": "rustend"})) == ["Noor"]
    assert namen(client.get(LIJST, {"toestand": "lopend"})) == ["Sem"]


def test_more_counsellors_than_anybody_reads_are_not_offered(als, coordinator, maak, monkeypatch):
    maak("Noor")
    client = als(coordinator)
    eerst = client.get(LIJST).context["form"].fields

    monkeypatch.setattr(LijstForm, "KIESBAAR", 1)
    daarna = client.get(LIJST, {"begeleider": coordinator.pk})

    assert "begeleider" in eerst
    assert "begeleider" not in daarna.context["form"].fields
    assert namen(daarna) == ["Noor"]


def test_everybody_sees_exactly_her_own_circle(als, begeleider, coordinator, buitenstaander, initiatief, maak):
    collega = RolFactory(initiatief=initiatief).gebruiker
    maak("Noor")
    maak("Sem", 1, door=collega)

    assert namen(als(begeleider).get(LIJST)) == ["Noor"]
    assert namen(als(coordinator).get(LIJST)) == ["Sem", "Noor"]
    assert namen(als(buitenstaander).get(LIJST)) == []


@pytest.mark.parametrize("sorteer", ["begonnen", "roepnaam"])
def test_leafing_forward_and_back_shows_everybody_once(als, begeleider, maak, monkeypatch, sorteer):
    monkeypatch.setattr("trajecten.views.lijst.PER_BLADZIJDE", 3)
    for nummer in range(8):
        maak(f"Naam {nummer % 3}", nummer // 3)  # many with the same name and the same day
    client = als(begeleider)

    heen, adres = [], f"?sorteer={sorteer}"
    while adres:
        antwoord = client.get(LIJST + adres)
        heen.append([traject.pk for traject in antwoord.context["bladzijde"].trajecten])
        laatste, adres = adres, antwoord.context["volgende"]
    terug, adres = [], laatste
    while adres:
        antwoord = client.get(LIJST + adres)
        terug.append([traject.pk for traject in antwoord.context["bladzijde"].trajecten])
        adres = antwoord.context["vorige"]

    assert [len(bladzijde) for bladzijde in heen] == [3, 3, 2]
    assert len({pk for bladzijde in heen for pk in bladzijde}) == 8
    assert terug == heen[::-1]


def test_leafing_keeps_what_was_chosen(als, begeleider, maak, monkeypatch):
    monkeypatch.setattr("trajecten.views.lijst.PER_BLADZIJDE", 1)
    for nummer in range(3):
        maak(f"Noor {nummer}")

    volgende = als(begeleider).get(LIJST, {"q": "noor", "fase": "landing"}).context["volgende"]

    assert "q=noor" in volgende
    assert "fase=landing" in volgende


def test_a_bookmark_of_another_initiative_tells_nothing(als, begeleider, ander_traject, maak):
    maak("Noor")

    assert namen(als(begeleider).get(LIJST, {"na": ander_traject.pk})) == ["Noor"]


@given(
    st.dictionaries(
        st.sampled_from(["q", "fase", "toestand", "begeleider", "sorteer", "na", "voor", "kring"]),
        st.one_of(st.text(max_size=80), st.uuids().map(str)),
    )
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_address_there_is_a_page(als, coordinator, traject, gekozen):
    assert als(coordinator).get(LIJST, gekozen).status_code == 200


def test_a_coordinator_chooses_a_counsellor(als, coordinator, begeleider, initiatief, maak):
    collega = RolFactory(initiatief=initiatief, gebruiker__naam="Zoë Collega").gebruiker
    maak("Noor")
    maak("Sem", 1, door=collega)

    antwoord = als(coordinator).get(LIJST, {"begeleider": collega.pk})

    assert namen(antwoord) == ["Sem"]
    assert "1 traject, met Zoë Collega." in antwoord.text


def test_somebody_of_elsewhere_is_no_choice(als, coordinator, buitenstaander, maak):
    maak("Noor")

    antwoord = als(coordinator).get(LIJST, {"begeleider": buitenstaander.pk})

    assert namen(antwoord) == ["Noor"]
    assert buitenstaander.naam not in antwoord.text


def test_leafing_keeps_the_chosen_counsellor(als, coordinator, begeleider, maak, monkeypatch):
    monkeypatch.setattr("trajecten.views.lijst.PER_BLADZIJDE", 1)
    for nummer in range(2):
        maak(f"Noor {nummer}")

    volgende = als(coordinator).get(LIJST, {"begeleider": begeleider.pk}).context["volgende"]

    assert f"begeleider={begeleider.pk}" in volgende


def test_a_counsellor_is_not_asked_whose_trajectories(als, begeleider, maak):
    maak("Noor")

    assert "begeleider" not in als(begeleider).get(LIJST).context["form"].fields


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_of_a_coordinator_costs_one_query_more(
    als, begeleider, coordinator, maak, django_assert_num_queries, aantal
):
    for nummer in range(aantal):
        maak(f"Jongere {nummer}")
    client = als(coordinator)

    with django_assert_num_queries(4 + 4):  # rows, counsellors, how many, whom to choose; the four of every request
        client.get(LIJST)


@pytest.mark.parametrize("aantal", [1, 3, 30])
def test_the_list_costs_the_same_however_long(als, begeleider, maak, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        maak(f"Jongere {nummer}")
    client = als(begeleider)

    with django_assert_num_queries(3 + 4):  # rows, counsellors, how many; and the four of every request
        client.get(LIJST)


@pytest.fixture
def begin(als, begeleider):
    client = als(begeleider)

    def stuur(**velden):
        return client.post("/trajecten/nieuw/", {"roepnaam": "Noor", "begonnen_op": "2026-09-01"} | velden)

    return stuur


def test_a_roepnaam_and_a_day_are_enough_to_begin(begin, begeleider, initiatief, kijkt_als):
    antwoord = begin()

    kijkt_als(begeleider)
    traject = Traject.objects.with_fase().get()
    assert antwoord.url == f"/trajecten/{traject.pk}/"
    assert (traject.jongere.roepnaam, traject.initiatief, traject.fase_nu) == ("Noor", initiatief, Fase.LANDING)
    assert traject.betrokkenen.get().gebruiker == begeleider


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"roepnaam": ""}, "Vul een roepnaam in."),
        ({"roepnaam": "N" * 61}, "Kies een kortere naam"),
        ({"roepnaam": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"begonnen_op": ""}, "Kies een datum."),
        ({"begonnen_op": "1999-12-31"}, "Kies een datum vanaf 01-01-2000."),
    ],
)
def test_a_mistake_is_explained_and_nothing_begins(begin, begeleider, kijkt_als, velden, zin):
    antwoord = begin(**velden)

    kijkt_als(begeleider)
    assert zin in antwoord.text
    assert not Traject.objects.exists()


def test_nothing_begins_tomorrow(begin, begeleider, kijkt_als):
    antwoord = begin(begonnen_op=(timezone.localdate() + timedelta(days=1)).isoformat())

    kijkt_als(begeleider)
    assert "tot en met vandaag" in antwoord.text
    assert not Traject.objects.exists()


def test_the_same_roepnaam_at_a_colleague_is_pointed_out_once(begin, begeleider, initiatief, maak, kijkt_als):
    collega = RolFactory(initiatief=initiatief, gebruiker__naam="Zoë Collega").gebruiker
    maak("nóór", door=collega)

    gewezen = begin()
    toch = begin(toch="1")

    kijkt_als(begeleider)
    assert "Er is hier al een Noor, met Zoë Collega als begeleider." in gewezen.text
    assert toch.status_code == 302
    assert Jongere.objects.count() == 1  # the colleague's one stays invisible


@pytest.mark.django_db(transaction=True)
def test_who_presses_twice_begins_once_and_is_told(als, begeleider, initiatief):
    velden = {"roepnaam": "Noor", "begonnen_op": timezone.localdate().isoformat()}
    clienten = [als(begeleider) for _ in range(2)]

    antwoorden = tegelijk(*(partial(client.post, "/trajecten/nieuw/", velden) for client in clienten))

    assert sorted(antwoord.status_code for antwoord in antwoorden) == [200, 302]
    assert "Er is hier al een Noor" in "".join(antwoord.text for antwoord in antwoorden)
    with als_gebruiker(begeleider.pk):
        assert Jongere.objects.count() == 1


def test_the_same_roepnaam_elsewhere_is_never_pointed_out(begin, ander_initiatief, buitenstaander):
    maak_traject(door=buitenstaander, initiatief=ander_initiatief, roepnaam="Noor")

    assert begin().status_code == 302


def test_the_question_about_a_roepnaam_is_answered_only_to_the_own_initiative(
    ander_initiatief, buitenstaander, begeleider, kijkt_als
):
    maak_traject(door=buitenstaander, initiatief=ander_initiatief, roepnaam="Noor")
    kijkt_als(begeleider)

    assert Traject.objects.zelfde_roepnaam(ander_initiatief, "Noor") == []


def test_who_works_at_two_initiatives_chooses_one(als, begeleider, ander_initiatief, initiatief):
    RolFactory(gebruiker=begeleider, initiatief=ander_initiatief, soort=Rol.Soort.BEGELEIDER)
    client = als(begeleider)
    velden = {"roepnaam": "Noor", "begonnen_op": "2026-09-01"}

    zonder = client.post("/trajecten/nieuw/", velden)
    met = client.post("/trajecten/nieuw/", velden | {"initiatief": ander_initiatief.pk})

    assert "Kies een initiatief." in zonder.text
    assert met.status_code == 302


def test_one_cannot_begin_at_an_initiative_where_one_does_not_work(als, begeleider, ander_initiatief, kijkt_als):
    derde = RolFactory().initiatief
    RolFactory(gebruiker=begeleider, initiatief=ander_initiatief)

    antwoord = als(begeleider).post(
        "/trajecten/nieuw/", {"roepnaam": "Noor", "begonnen_op": "2026-09-01", "initiatief": derde.pk}
    )

    assert "Kies een initiatief waar je werkt." in antwoord.text
