"""What initiatives ask each other at the invented meetings."""

from datetime import timedelta

from django.utils import timezone

from bijeenkomsten.models import Bijeenkomst, Vraag, Vraagsteun
from collectief.demo.plekken import Plek
from collectief.demo.woorden.overleg import VRAGEN


def maak_overleg(plekken: list[Plek]) -> None:
    """Let the members among these initiatives, the demo initiative first, ask and support. Needs no chance."""
    bijeenkomsten = list(Bijeenkomst.objects.filter(is_demo=True).order_by("pk"))
    leden = [plek for plek in plekken if plek.lidmaatschap == "lid"][: len(VRAGEN)]
    vragen = [
        _vraag(leden[nummer % len(leden)], rij, bijeenkomsten, nummer) for nummer, rij in enumerate(VRAGEN) if leden
    ]
    Vraag.objects.bulk_create(vragen)
    Vraagsteun.objects.bulk_create(
        Vraagsteun(vraag=vraag, initiatief_id=plek.id, door_id=plek.coordinator)
        for nummer, vraag in enumerate(vragen)
        for plek in leden[: nummer % 3]
        if plek.id != vraag.initiatief_id
    )


def _vraag(plek: Plek, rij: tuple, bijeenkomsten: list[Bijeenkomst], nummer: int) -> Vraag:
    welke, minuten, stand, is_vertrouwelijk, vraag, context, hulp, antwoord = rij
    nu = timezone.now() - timedelta(days=20 - nummer)
    return Vraag(
        initiatief_id=plek.id,
        door_id=plek.coordinator,
        vraag=vraag,
        context=context,
        hulp=hulp,
        is_vertrouwelijk=is_vertrouwelijk,
        bijeenkomst=None if welke is None else bijeenkomsten[welke],
        minuten=minuten,
        stand=stand,
        geplaatst_op=nu if minuten else None,
        antwoord=antwoord,
        beantwoord_op=nu if antwoord else None,
        aangemaakt_op=nu,
    )
