"""With any policy on what families ask wider than it is, somebody can do more; see `tests.mutanten.database`."""

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pytest
from django.db.models import Model

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker, als_taak, met_sleutel
from kaart.models import Contactinzage, Contactplek, Contactverzoek, Zoekalarm
from tests.bezetting import Bezetting
from tests.kaart.vragen import maak_alarm, maak_vraag
from tests.mutanten.database import ongemerkt
from tests.proberen import haal_weg, lees, rij_van, schrijf, uitkomst, wijzig

# What nothing shows, and why.
ONGEMERKT = {
    "the places that it looks for are seen by the same people": {
        (
            "kaart_contactverzoek gevraagd_lezen USING: zonder"
            " `(p.initiatief_id IN ( SELECT mijn_initiatieven() AS mijn_initiatieven))`"
        ),
    },
}


@contextmanager
def _met_link(wie: Gebruiker, sleutel: uuid.UUID) -> Iterator[None]:
    """Somebody who is signed in and opens the link of a family."""
    with als_gebruiker(wie.pk), met_sleutel(sleutel):
        yield


class Vragen:
    """Questions to two places and to one of them, who looked, a search alarm; and everybody who may come near."""

    def __init__(self, bezetting: Bezetting):
        daar = bezetting.ander_initiatief
        vragen, alarm = [maak_vraag(bezetting.initiatief, daar), maak_vraag(daar)], maak_alarm()
        self.sleutels = [vragen[0].pk, vragen[1].pk, alarm.pk, uuid.uuid4()]
        self.mensen = [bezetting.begeleider, bezetting.buitenstaander, bezetting.kernteamlid, bezetting.beheerder]
        for mens in self.mensen:
            with als_gebruiker(mens.pk):
                for plek in Contactplek.objects.all():
                    plek.noteer_inzage(mens)
        with als_taak(Contactverzoek.TAAK):
            vraag = rij_van(Contactverzoek, pk=vragen[0].pk) | {"kenmerk": str(uuid.uuid4())}
            plekken = [rij_van(Contactplek, pk=plek) for plek in Contactplek.objects.values_list("pk", flat=True)]
        with met_sleutel(alarm.pk):
            zoekt = rij_van(Zoekalarm)
        with als_gebruiker(bezetting.begeleider.pk):
            keek = rij_van(Contactinzage)
        self.nieuw = {  # what somebody might add
            Contactverzoek: [vraag],
            Contactplek: plekken,
            Contactinzage: [
                keek | {"plek_id": plek["id"], "gebruiker_id": mens.pk} for plek in plekken for mens in self.mensen
            ],
            Zoekalarm: [zoekt],
        }

    def iedereen(self) -> Iterator[AbstractContextManager]:
        yield nullcontext()
        yield from (als_gebruiker(mens.pk) for mens in self.mensen)
        yield from (met_sleutel(sleutel) for sleutel in self.sleutels)
        yield _met_link(self.mensen[2], self.sleutels[0])
        yield from (als_taak(taak) for taak in ("contact", "alarm", "nazorg"))

    def proeven(self, model: type[Model]) -> Iterator[str]:
        for wie in self.iedereen():
            with wie:
                yield from (uitkomst(een) for een in (lees(model), haal_weg(model), *wijzig(model)))
                yield from (schrijf(model, rij) for rij in self.nieuw[model])


@pytest.mark.django_db(transaction=True)
def test_with_any_wider_policy_somebody_can_do_more(eigenaar, bezetting):
    vragen = Vragen(bezetting)

    aantal, stil = ongemerkt(eigenaar, vragen.nieuw, vragen.proeven)

    assert stil == set().union(*ONGEMERKT.values())
    assert aantal >= 28
