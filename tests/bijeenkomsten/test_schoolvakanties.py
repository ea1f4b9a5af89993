"""The school holidays that come along: which years, with a source, and what the plan says of other years."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from bijeenkomsten.models import Schoolvakantie
from bijeenkomsten.schooljaar import Schooljaar

JAREN = (2023, 2024, 2025, 2026, 2027)
# Looked up a second time, by hand.
STEEKPROEF = {
    (2023, "herfst", "noord"): ("2023-10-21", "2023-10-29"),
    (2024, "voorjaar", "noord"): ("2025-02-15", "2025-02-23"),
    (2025, "zomer", "zuid"): ("2026-07-11", "2026-08-23"),
    (2026, "herfst", "midden"): ("2026-10-17", "2026-10-25"),
    (2027, "kerst", "midden"): ("2027-12-25", "2028-01-09"),
    (2027, "zomer", "zuid"): ("2028-07-22", "2028-09-03"),
}


def test_five_years_are_there_whole_and_every_row_says_where_it_stands(db):
    assert Schoolvakantie.objects.bekende_jaren() == [Schooljaar(jaar) for jaar in JAREN]
    per_jaar = Counter(Schoolvakantie.objects.values_list("schooljaar", "bron"))
    assert set(per_jaar.values()) == {15}
    assert all(str(jaar) in bron and ".nl" in bron for jaar, bron in per_jaar)


@pytest.mark.parametrize(("welke", "dagen"), STEEKPROEF.items())
def test_a_holiday_is_when_it_was_decided(db, welke, dagen):
    jaar, soort, regio = welke
    vakantie = Schoolvakantie.objects.get(schooljaar=jaar, soort=soort, regio=regio)

    assert (vakantie.van, vakantie.tot_en_met) == tuple(map(date.fromisoformat, dagen))


@pytest.mark.parametrize("regio", Schoolvakantie.Regio.values)
def test_a_holiday_goes_from_saturday_to_sunday_and_never_into_the_next(db, regio):
    vakanties = list(Schoolvakantie.objects.filter(regio=regio).order_by("van"))

    assert {(v.van.isoweekday(), v.tot_en_met.isoweekday()) for v in vakanties} == {(6, 7)}
    assert all(een.tot_en_met < ander.van for een, ander in pairwise(vakanties))
    assert {v.soort: (v.tot_en_met - v.van).days + 1 for v in vakanties} == {
        "herfst": 9,
        "kerst": 16,
        "voorjaar": 9,
        "mei": 9,
        "zomer": 44,
    }


@pytest.mark.parametrize(("jaar", "bekend"), [(2027, True), (2028, False)])
def test_the_plan_says_when_it_does_not_know_the_holidays(als, kernteamlid, jaar, bekend):
    pagina = als(kernteamlid).get(reverse("bijeenkomsten:planning"), {"jaar": jaar}).text

    assert ("De schoolvakanties van dit schooljaar staan hier nog niet allemaal." in pagina) is not bekend
