"""The sets in memory say what measuring one by one says, and what the database says."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from collectief.bits import als_bits, nummers_van
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.geo.rd import Punt, naar_rd
from collectief.geo.velden import Afstand
from initiatieven.models import Initiatief, Locatie, Plekken
from kaart.aanbod import Zoeker, zoek_aanbod
from kaart.filters import OP_NAAM, groep_van
from kaart.vraag import Vraag
from kaart.wegwijzer import Wegwijzer, wegwijzer
from tests.factories import RolFactory
from tests.kaart.conftest import ZUTPHEN
from tests.kaart.plekken import PlekFactory, vrij

DAG = date(2026, 11, 27)
VAN, TOT = (0, 4, 8, 12, 16), (12, 18, 23, 30)


def strooi(aantal: int, zaad: int = 1) -> Wegwijzer:
    """Make a country with places everywhere; one in ten is online, and one in nine is for young people from far too."""
    lot = random.Random(zaad)  # noqa: S311 (the same country every time)

    def plek(nummer: int):
        van, tot = lot.choice(VAN), lot.choice(TOT)
        ergens = {"lat": lot.uniform(50.8, 53.5), "lon": lot.uniform(3.6, 7.1)} if nummer % 10 else {"lat": None}
        return PlekFactory(
            pk=nummer,
            soort=lot.choice(Initiatief.Soort.values),
            doelgroepen=tuple(lot.sample(Initiatief.Doelgroep.values, 2)),
            toegankelijk=tuple(lot.sample(Initiatief.Toegankelijkheid.values, lot.randint(0, 4))),
            is_landelijk=nummer % 9 == 4,
            leeftijd_van=van,
            leeftijd_tot=tot,
            groepen=vrij(van, tot) if lot.random() < 0.4 else (),
            **ergens,
        )

    return Wegwijzer((plek(nummer) for nummer in range(aantal)), DAG)


LAND = strooi(400)
VERTELD = ["soort", "voor", "toegankelijk", "bereik"]  # filters that its places, and `_past`, know of
PUNTEN = st.builds(naar_rd, st.floats(50.7, 53.6), st.floats(3.4, 7.2))
VRAGEN = st.builds(
    Vraag,
    straal=st.sampled_from([5, 10, 25, 50, None]),
    leeftijd=st.none() | st.integers(0, 30),
    plek=st.booleans(),
    online=st.booleans(),
    pagina=st.integers(1, 4),
    keuzes=st.dictionaries(st.sampled_from(VERTELD), st.integers(1, 4), max_size=2).map(
        lambda aantallen: tuple((naam, tuple(OP_NAAM[naam].keuzes)[:hoeveel]) for naam, hoeveel in aantallen.items())
    ),
)


def mist(plek, vraag: Vraag) -> int:
    """The rules once more, by hand: how many filters one place does not fit."""
    keuzes = dict(vraag.keuzes)
    leeftijd = vraag.leeftijd
    return [
        leeftijd is None or plek.leeftijd_van <= leeftijd <= plek.leeftijd_tot,
        not vraag.plek or any(leeftijd is None or g.van <= leeftijd <= g.tot for g in plek.groepen),
        "soort" not in keuzes or plek.soort in keuzes["soort"],
        "voor" not in keuzes or bool({*plek.doelgroepen} & {*keuzes["voor"]}),
        "samen" not in keuzes or bool({*plek.begeleiding} & {*keuzes["samen"]}),
        "bereik" not in keuzes or plek.is_landelijk or plek.is_online,
        {*keuzes.get("toegankelijk", ())} <= {*plek.toegankelijk},
    ].count(False)


def _past(plek, vraag: Vraag) -> bool:
    return not mist(plek, vraag)


def _met_de_hand(punt: Punt, vraag: Vraag) -> list[int]:
    """Everything within the distance that fits, nearest first."""
    if vraag.online:
        return sorted(plek.pk for plek in LAND.plekken if plek.is_online and _past(plek, vraag))
    grens = vraag.straal * 1000 if vraag.straal else float("inf")
    afstanden = [(punt.afstand(plek.punt), plek.pk) for plek in LAND.plekken if plek.punt and _past(plek, vraag)]
    return [pk for meter, pk in sorted(afstanden) if meter <= grens]


@settings(max_examples=100, deadline=None)
@given(PUNTEN, VRAGEN)
def test_every_question_finds_what_measuring_one_by_one_finds(punt, vraag):
    gevonden = zoek_aanbod(punt, vraag, LAND)

    verwacht = _met_de_hand(punt, vraag)
    bladzijde = [rij.plek.pk for rij in gevonden.binnen]
    begin = 12 * (vraag.pagina - 1)
    assert gevonden.aantal == len(verwacht)
    assert gevonden.heeft_meer == (len(verwacht) > begin + 12)
    if vraag.online:
        assert {*bladzijde} <= {*verwacht}
        assert len(bladzijde) == len(verwacht[begin : begin + 12])
    else:
        assert bladzijde == verwacht[begin : begin + 12]
    assert [rij.nummer for rij in gevonden.binnen if rij.nummer] == [
        begin + n + 1 for n in range(len(bladzijde)) if not vraag.online
    ]


@settings(max_examples=25, deadline=None)
@given(PUNTEN, VRAGEN)
def test_a_count_is_what_the_question_with_that_choice_finds(punt, vraag):
    tellingen = Zoeker(punt, vraag, LAND).tellingen()

    for keuze, telling in tellingen.items():
        naam, _, waarde = keuze.partition(":")
        if naam in (*VERTELD, "plek", "online", "straal"):  # in this country nobody says anything about the others
            assert telling == len(_met_de_hand(punt, _met(vraag, naam, waarde))), (naam, waarde)


def _met(vraag: Vraag, naam: str, waarde: str) -> Vraag:
    """The question when only this choice is made in its filter; of accessibility it comes on top."""
    if naam in ("plek", "online"):
        return replace(vraag, **{naam: True})
    if naam == "straal":
        return replace(vraag, straal=None if waarde == "nl" else int(waarde), online=False)
    keuzes = dict(vraag.keuzes)
    keuzes[naam] = (*keuzes.get(naam, ()), waarde) if naam == "toegankelijk" else (waarde,)
    return replace(vraag, keuzes=tuple(keuzes.items()))


@given(st.sets(st.integers(0, 900)))
def test_bits_and_numbers_are_the_same_set(nummers):
    assert list(nummers_van(als_bits(nummers, 900))) == sorted(nummers)


def test_the_last_metre_of_a_distance_counts():
    punt = naar_rd(*ZUTPHEN)
    rand = [PlekFactory(pk=nummer, punt=Punt(punt.x + dx, punt.y + dy)) for nummer, (dx, dy) in enumerate(
        [(5000, 0), (5000.001, 0), (0, -5000), (3000, 4000), (-3000, -4000.01)])]  # fmt: skip

    gids = Wegwijzer(rand, DAG)

    assert {gids.plekken[nummer].pk for nummer in nummers_van(gids.binnen(punt, 5))} == {0, 2, 3}


@pytest.mark.parametrize(
    ("grootste", "groep"), [(None, ""), (1, "klein"), (5, "klein"), (6, "middel"), (10, "middel"), (11, "groot")]
)
def test_the_size_of_a_group_is_one_of_three(grootste, groep):
    assert groep_van(grootste) == groep


def test_the_order_is_that_of_the_database(maak_plek):
    lot = random.Random(2)  # noqa: S311
    for nummer in range(25):
        maak_plek(f"Plek {nummer}", noord=lot.uniform(-1, 1), oost=lot.uniform(-1, 1))
    punt = naar_rd(*ZUTPHEN)

    zoeker = Zoeker(punt, Vraag(straal=None), wegwijzer())
    uit_geheugen = [(rij.plek.pk, rij.meter) for rij in zoeker.dichtstbij(zoeker.passend, 12)]

    rijen = Locatie.objects.op_de_kaart().annotate(meter=Afstand("rd", punt)).order_by("meter")
    uit_database = list(rijen.values_list("pk", "meter")[:12])
    assert [pk for pk, _ in uit_geheugen] == [pk for pk, _ in uit_database]
    assert [meter for _, meter in uit_geheugen] == pytest.approx([meter for _, meter in uit_database], abs=1)


def test_only_who_may_be_found_is_in_memory(maak_plek, gestopt, vrije_plek):
    verborgen = maak_plek("Even niet te vinden")
    Initiatief.objects.filter(pk=verborgen.initiatief_id).update(is_vindbaar=False)

    assert [plek.initiatief for plek in wegwijzer().plekken] == ["Vrije plek"]
    assert (wegwijzer().plek(gestopt.pk), wegwijzer().past(gestopt.pk, Vraag())) == (None, False)
    assert wegwijzer().past(vrije_plek.pk, Vraag(plek=True, leeftijd=14))
    assert not wegwijzer().past(vrije_plek.pk, Vraag(plek=True, leeftijd=20))


def test_nothing_changed_keeps_what_was_made_and_a_change_or_a_new_day_does_not(vrije_plek):
    eerste = wegwijzer()

    assert wegwijzer() is eerste
    with time_machine.travel(timezone.localtime() + timedelta(days=1)):
        assert wegwijzer() is not eerste
    tweede = wegwijzer()
    Initiatief.objects.update(naam="Anders")
    assert wegwijzer() is not tweede
    assert wegwijzer().plekken[0].initiatief == "Anders"


@pytest.mark.parametrize(
    "verander",
    [
        lambda plek, rol: Initiatief.objects.update(naam="Anders"),
        lambda plek, rol: Locatie.objects.update(plaats="Elders"),
        lambda plek, rol: Plekken.objects.update(toestand="vol"),
        lambda plek, rol: Plekken.objects.all().delete(),
        lambda plek, rol: Rol.objects.update(tot=timezone.localdate()),
        lambda plek, rol: Gebruiker.objects.filter(pk=rol.gebruiker_id).update(is_active=False),
    ],
    ids=["initiatief", "locatie", "plekken", "weg", "rol", "gebruiker"],
)
def test_places_are_read_again_only_when_something_was_written(vrije_plek, django_assert_num_queries, verander):
    rol = RolFactory(initiatief=vrije_plek.initiatief)
    wegwijzer()
    eerste = wegwijzer()

    with django_assert_num_queries(1):  # how they stand
        assert wegwijzer() is eerste
    Gebruiker.objects.update(last_login=timezone.now())
    with django_assert_num_queries(1):
        assert wegwijzer() is eerste
    verander(vrije_plek, rol)
    with django_assert_num_queries(2):
        assert wegwijzer().plekken != eerste.plekken


def test_answers_are_kept_until_there_are_too_many(monkeypatch):
    monkeypatch.setattr("kaart.wegwijzer.ANTWOORDEN", 2)
    land = Wegwijzer([], DAG)

    gemaakt = [
        land.antwoorden.neem_of_maak(Vraag(q=q), lambda q=q: [q]) for q in ("7201", "3511", "7201", "1011", "7201")
    ]

    assert gemaakt == [["7201"], ["3511"], ["7201"], ["1011"], ["7201"]]
    assert gemaakt[0] is gemaakt[2]
    assert len(land.antwoorden) == 2


@pytest.mark.parametrize("aantal", [1, 3])
def test_all_places_take_one_query_and_then_none(maak_plek, django_assert_num_queries, bewaart_plekken, aantal):
    for nummer in range(aantal):
        maak_plek(f"Plek {nummer}", plekken=[(4, 11, "vol"), (12, 18, "vol")])

    with django_assert_num_queries(1):
        wegwijzer()
    with django_assert_num_queries(0):
        wegwijzer()
