"""With any policy on confidential questions wider than it is, somebody can do more; see `tests.mutanten.database`."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest
from django.db.models import Model

from bijeenkomsten.models import Vraag, Vraagsteun
from collectief.rijbeveiliging import als_gebruiker, als_taak
from tests.bezetting import Bezetting
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory, VraagFactory
from tests.factories import InitiatiefFactory, RolFactory
from tests.mutanten.database import ongemerkt
from tests.proberen import haal_weg, lees, rij_van, schrijf, uitkomst, verplaats, wijzig


class Vragen:
    """An open question and confidential ones, also one that was withdrawn, and everybody who may come near."""

    def __init__(self, bezetting: Bezetting):
        bijeenkomst, elders = BijeenkomstFactory(), InitiatiefFactory()
        for wie in (bezetting.buitenstaander, bezetting.verbondgenoot, bezetting.beheerder):
            UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=wie)
        stil = {"initiatief": bezetting.initiatief, "is_vertrouwelijk": True, "bijeenkomst": bijeenkomst}
        vragen = [VraagFactory(), VraagFactory(minuten=20, **stil)]
        VraagFactory(stand="ingetrokken", **stil)
        VraagFactory(initiatief=elders, is_vertrouwelijk=True, stand="samengevoegd", in_vraag=vragen[1])
        namen = ("begeleider", "coordinator", "kernteamlid", "buitenstaander", "beheerder", "verbondgenoot")
        self.mensen = [getattr(bezetting, naam) for naam in namen]
        self.mensen += [RolFactory(initiatief=waar).gebruiker for waar in (elders, InitiatiefFactory())]
        with als_taak(Vraag.TAAK):
            for vraag in vragen:
                Vraagsteun.objects.create(vraag=vraag, initiatief=InitiatiefFactory())
            self.nieuw = {
                Vraag: [rij_van(Vraag, pk=vraag.pk) for vraag in vragen],
                Vraagsteun: [rij_van(Vraagsteun, vraag=vragen[1])],
            }

    def iedereen(self) -> Iterator[AbstractContextManager]:
        yield nullcontext()
        yield from (als_gebruiker(mens.pk) for mens in self.mensen)
        yield from (als_taak(taak) for taak in (Vraag.TAAK, "nazorg"))

    def proeven(self, model: type[Model]) -> Iterator[str]:
        for wie in self.iedereen():
            with wie:
                yield from (uitkomst(een) for een in (lees(model), haal_weg(model), *wijzig(model)))
                yield from (schrijf(model, rij) for rij in self.nieuw[model])
                if model is Vraag:
                    yield from (verplaats(model, "is_vertrouwelijk", waarde) for waarde in (True, False))


@pytest.mark.django_db(transaction=True)
def test_with_any_wider_policy_somebody_can_do_more(eigenaar, bezetting):
    vragen = Vragen(bezetting)

    aantal, stil = ongemerkt(eigenaar, vragen.nieuw, vragen.proeven)

    assert stil == set()
    assert aantal >= 15
