"""A family takes its question back at the very moment at which the place answers it."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker, met_sleutel
from kaart.actions import beweeg, trek_in
from kaart.contactstanden import Contactstand
from kaart.models import ContactGeweigerd, Contactplek, Contactverzoek
from tests.kaart.vragen import maak_vraag, zoals_nu


def tegelijk(*wat: Callable[[], None]) -> list[str]:
    """Do these at once, each on a connection of its own; return what was refused."""
    klaar, geweigerd = threading.Barrier(len(wat)), []

    def doe(een: Callable[[], None]) -> None:
        try:
            klaar.wait(timeout=10)
            een()
        except ContactGeweigerd as fout:
            geweigerd.append(str(fout))
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=[een]) for een in wat]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return geweigerd


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_answered_at_once_ends_taken_back_and_erased(begeleider, initiatief):
    vraag = maak_vraag(initiatief)

    def neem_terug() -> None:
        with met_sleutel(vraag.pk):
            trek_in(verzoek=Contactverzoek.objects.get())

    def antwoord() -> None:
        with als_gebruiker(begeleider.pk):
            plek = Contactplek.objects.met_vraag().get()
            beweeg(plek=plek, naar=Contactstand.IN_GESPREK, door=begeleider, uit="nieuw")

    geweigerd = tegelijk(neem_terug, antwoord)

    nu = zoals_nu(vraag)
    assert len(geweigerd) <= 1
    assert ([plek.stand for plek in nu.plekken.all()], nu.naam) == (["ingetrokken"], None)
    assert not Bericht.objects.exclude(aan_adres="").exists()
