"""What initiatives ask each other at the invented meetings."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import slugify

from bijeenkomsten.models import (
    Actie,
    Besluit,
    Bijeenkomst,
    Datumprikker,
    Prik,
    Prikdatum,
    Prikgast,
    Verslag,
    Verslagdeel,
    Vraag,
    Vraagsteun,
)
from collectief.demo.plekken import Plek
from collectief.demo.woorden.overleg import ACTIES, BESLUITEN, DELEN, PRIKKERS, SAMENVATTING, VERSLAG_VAN, VRAGEN
from collectief.werkdagen import ochtend, werkdag_vanaf

VRAGERS = 5  # fewer than there are questions: some were heard before and ask again


def maak_overleg(plekken: list[Plek]) -> None:
    """Let the members among these initiatives, the demo initiative first, ask and support. Needs no chance."""
    bijeenkomsten = list(Bijeenkomst.objects.filter(is_demo=True).order_by("pk"))
    leden = [plek for plek in plekken if plek.lidmaatschap == "lid"][:VRAGERS]
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


def maak_prikker(vandaag: date, door: int) -> None:
    """A poll that runs: six people, eight dates, and somebody who has to be there."""
    prikker = Datumprikker.objects.create(
        soort="fysiek",
        titel="Voorbereiden van de voorjaarsbijeenkomst",
        toelichting="Een paar uur samen aan tafel. Er is soep.",
        plaats="De Kantine, Utrecht",
        door_id=door,
    )
    dagen = [werkdag_vanaf(vandaag + timedelta(days=dag)) for dag in (20, 22, 27, 29, 34, 36, 41, 43)]
    data = Prikdatum.objects.bulk_create(
        Prikdatum(prikker=prikker, begint_op=ochtend(dag, uur), eindigt_op=ochtend(dag, uur + 3))
        for dag, uur in {dag: uur for uur, dag in zip((10, 13) * 4, dagen, strict=True)}.items()
    )
    nu = timezone.now()
    gasten = Prikgast.objects.bulk_create(
        Prikgast(
            prikker=prikker,
            naam=naam,
            adres=f"{slugify(naam)}@voorbeeld.example",
            is_nodig=nummer == 0,
            beantwoord_op=nu if keuzes else None,
        )
        for nummer, (naam, keuzes) in enumerate(PRIKKERS)
    )
    Prik.objects.bulk_create(
        Prik(gast=gast, datum=datum, keuze={"j": "ja", "d": "desnoods", "n": "nee"}[keuze])
        for gast, (_, keuzes) in zip(gasten, PRIKKERS, strict=True)
        for datum, keuze in zip(data, keuzes, strict=False)
    )


def maak_verslag(door: int, eigenaars: list[int]) -> None:
    """An approved report of the last national meeting, with decisions, and with promises that are still open."""
    bijeenkomst = Bijeenkomst.objects.filter(is_demo=True).order_by("pk")[VERSLAG_VAN]
    verslag = Verslag.objects.create(
        bijeenkomst=bijeenkomst,
        stand="vastgesteld",
        samenvatting=SAMENVATTING,
        vastgesteld_op=timezone.now(),
        vastgesteld_door_id=door,
    )
    Verslagdeel.objects.bulk_create(Verslagdeel(verslag=verslag, **deel) for deel in DELEN)
    Besluit.objects.bulk_create(Besluit(verslag=verslag, **besluit) for besluit in BESLUITEN)
    Actie.objects.bulk_create(
        Actie(
            verslag=verslag,
            tekst=tekst,
            eigenaar_id=eigenaars[nummer % len(eigenaars)],
            voor=timezone.localdate() + timedelta(days=14 * (nummer + 1)),
        )
        for nummer, tekst in enumerate(ACTIES)
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
