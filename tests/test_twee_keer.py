"""Whoever presses twice at the same moment, or sends a form from two windows, does it once and reads no failure."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest
from django.db.models import Model

from bijeenkomsten.models import Bijeenkomst, Schoolvakantie
from initiatieven.models import Benadering, Verbondgenoot
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.samen import tegelijk

pytestmark = pytest.mark.django_db(transaction=True)


class Formulier(NamedTuple):
    """A form: who sends it, where to, what, and how many rows there are more (or fewer) when it was done once."""

    wie: str
    waar: Callable[[], str]
    velden: dict[str, str]
    model: type[Model]
    erbij: int


FORMULIEREN = [
    Formulier(
        "beheerder",
        lambda: "/initiatieven/toetsing/benadering/",
        {"tekst": "Wij gaan samen verder.", "wat_anders": "Korter."},
        Benadering,
        1,
    ),
    Formulier(
        "kernteamlid",
        lambda: "/initiatieven/verbondgenoten/beheer/",
        {"organisatie": "Zorgkring", "werkveld": "gemeente"},
        Verbondgenoot,
        1,
    ),
    Formulier(
        "kernteamlid",
        lambda: "/bijeenkomsten/planning/schoolvakanties/?jaar=2031",
        {"bron": "rijksoverheid.nl", "herfst_noord_van": "2031-10-18", "herfst_noord_tot_en_met": "2031-10-26"},
        Schoolvakantie,
        1,
    ),
    Formulier(
        "kernteamlid",
        lambda: f"/bijeenkomsten/{BijeenkomstFactory(status='concept').pk}/weghalen/",
        {},
        Bijeenkomst,
        -1,
    ),
]


@pytest.mark.parametrize("formulier", FORMULIEREN, ids=lambda formulier: formulier.model.__name__)
def test_what_is_sent_twice_at_once_is_done_once(als, request, formulier):
    wie, waar = request.getfixturevalue(formulier.wie), formulier.waar()
    eerst = formulier.model.objects.count()
    clienten = [als(wie) for _ in range(3)]

    antwoorden = tegelijk(*(partial(client.post, waar, formulier.velden) for client in clienten))

    assert {antwoord.status_code for antwoord in antwoorden} <= {200, 302, 404}
    assert 302 in {antwoord.status_code for antwoord in antwoorden}
    assert formulier.model.objects.count() == eerst + formulier.erbij
