"""Whoever presses twice at the same moment, or sends a form from two windows, does it once and reads no failure."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest
from django.db import transaction
from django.db.models import Model

from bijeenkomsten.forms.planning import SchoolvakantiesForm
from bijeenkomsten.models import Bijeenkomst, Schoolvakantie
from bijeenkomsten.schooljaar import Schooljaar
from initiatieven.models import Benadering, Verbondgenoot
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.samen import LANG, ernaast, is_klaar_na, tegelijk

pytestmark = pytest.mark.django_db(transaction=True)


class Formulier(NamedTuple):
    """A form: who sends it, where to, what, and how many rows there are more (or fewer) when it was done once."""

    wie: str
    waar: Callable[[], str]
    velden: dict[str, str]
    model: type[Model]
    erbij: int


HERFST = {"bron": "rijksoverheid.nl", "herfst_noord_van": "2031-10-18", "herfst_noord_tot_en_met": "2031-10-26"}
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
        HERFST,
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


def test_who_saves_holidays_while_a_colleague_does_waits_for_her(als, kernteamlid):
    """Between throwing the old ones away and writing the new there is too little time to meet by chance."""
    client = als(kernteamlid)
    form = SchoolvakantiesForm(HERFST, schooljaar=Schooljaar(2031))
    assert form.is_valid()
    with transaction.atomic():
        form.save()
        haar = ernaast(partial(client.post, "/bijeenkomsten/planning/schoolvakanties/?jaar=2031", HERFST))
        assert not is_klaar_na(haar, 0.5)

    assert haar.result(LANG).status_code == 302
    assert Schoolvakantie.objects.filter(schooljaar=2031).count() == 1
