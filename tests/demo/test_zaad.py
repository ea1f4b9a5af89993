"""The same seed on the same day gives the same demo data, so that two people look at the same page."""

from django.db import transaction

from collectief.demo.laden import laad
from collectief.demo.schaal import Schaal
from collectief.rijbeveiliging import voorbij_rijbeveiliging
from initiatieven.models import Initiatief
from trajecten.models import FaseVerblijf, Moment

PROEF = Schaal("proef", initiatieven=40, locaties=44, trajecten=60, momenten=300)


def afdruk(zaad: int) -> list:
    """What a load with this seed writes; nothing of it stays."""
    with transaction.atomic():
        laad(PROEF, zaad=zaad)
        with voorbij_rijbeveiliging():
            gelezen = [
                *Initiatief.objects.order_by("-pk").values_list("slug", "soort", "omschrijving"),
                *Moment.objects.order_by("-pk").values_list("datum", "tekst", "traject"),
                *FaseVerblijf.objects.order_by("-pk").values_list("fase", "van", "tot", "toelichting"),
            ]
        transaction.set_rollback(True)
    return gelezen


def test_hetzelfde_zaad_geeft_dezelfde_gegevens(lege_demodatabase):
    eerste = afdruk(7)

    assert len(eerste) > 400
    assert afdruk(7) == eerste
    assert afdruk(8) != eerste
