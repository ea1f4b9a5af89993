"""What is done to a date poll: asking people, reminding who did not answer, and making a meeting of one date."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from bijeenkomsten.actions import nodig_doelgroep_uit
from bijeenkomsten.brieven import brieven
from bijeenkomsten.models import Bijeenkomst, Datumprikker, Prikdatum, Prikgast, Uitnodiging
from bijeenkomsten.prikstand import MEESTE_DATA, MEESTE_MENSEN, Prikstand
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht


@transaction.atomic
def zet_data_erbij(*, prikker: Datumprikker, data: Iterable[tuple]) -> int:
    """Add dates (begin, end); what is there already stays as it is. Return how many are new.

    Raises ValidationError when it would become too many, or when the poll is closed.
    """
    op_slot = _moet_open_zijn(prikker)
    eerder = set(op_slot.data.values_list("begint_op", "eindigt_op"))
    nieuw = [paar for paar in dict.fromkeys(data) if paar not in eerder]
    if len(eerder) + len(nieuw) > MEESTE_DATA:
        raise ValidationError(f"Er passen hooguit {MEESTE_DATA} data in. Haal er eerst een paar weg.", code="te_veel")
    Prikdatum.objects.bulk_create(Prikdatum(prikker=op_slot, begint_op=van, eindigt_op=tot) for van, tot in nieuw)
    return len(nieuw)


@transaction.atomic
def vraag_mensen(*, prikker: Datumprikker, mensen: Iterable[tuple[str, str]], is_nodig: bool) -> int:
    """Ask these people (name, address), who get a personal link by mail; who was asked before gets no second one.

    Raises ValidationError when it would become too many, when there is no date yet, or when the poll is closed.
    """
    op_slot = _moet_te_beantwoorden_zijn(prikker)
    if not op_slot.data.exists():
        raise ValidationError("Zet er eerst een datum bij. Dan is er iets om te kiezen.", code="zonder_data")
    eerder = set(op_slot.gasten.values_list("adres", flat=True))
    nieuw = {adres.lower(): naam for naam, adres in mensen if adres.lower() not in eerder}
    if len(eerder) + len(nieuw) > MEESTE_MENSEN:
        raise ValidationError(f"Je kunt hooguit {MEESTE_MENSEN} mensen vragen.", code="te_veel")
    accounts = {mens.email: mens for mens in Gebruiker.objects.filter(email__in=nieuw, is_active=True)}
    gasten = Prikgast.objects.bulk_create(
        Prikgast(
            prikker=op_slot,
            gebruiker=accounts.get(adres),
            naam=accounts[adres].naam if adres in accounts else naam,
            adres=adres,
            is_nodig=is_nodig,
        )
        for adres, naam in nieuw.items()
    )
    _mail(op_slot, gasten, sleutel="vraag")
    return len(gasten)


@transaction.atomic
def herinner(*, prikker: Datumprikker) -> int:
    """Write to who did not answer yet, at most once a day; return to how many."""
    op_slot = _moet_te_beantwoorden_zijn(prikker)
    gasten = list(op_slot.gasten.filter(beantwoord_op=None).order_by("pk"))
    _mail(op_slot, gasten, sleutel=f"herinnering-{timezone.localdate():%Y%m%d}")
    return len(gasten)


@transaction.atomic
def herinner_op_tijd(*, prikker: Datumprikker) -> int:
    """Remind once, shortly before the last day to answer. Safe to run twice and side by side; return to how many."""
    op_slot = Datumprikker.objects.te_herinneren(timezone.localdate()).select_for_update(no_key=True)
    if op_slot.filter(pk=prikker.pk).first() is None:
        return 0
    aantal = herinner(prikker=prikker)
    if aantal:  # who is asked later has to hear it too
        Datumprikker.objects.filter(pk=prikker.pk).update(herinnerd_op=timezone.now())
    return aantal


@transaction.atomic
def haal_datum_weg(*, datum: Prikdatum) -> None:
    """Take a date out, with what people said about it. Raises ValidationError when the poll is closed."""
    _moet_open_zijn(datum.prikker)
    Prikdatum.objects.filter(pk=datum.pk).delete()


@transaction.atomic
def haal_gast_weg(*, gast: Prikgast) -> None:
    """Take somebody off the list, with what she said; her link says so. Raises ValidationError when it is closed."""
    _moet_open_zijn(gast.prikker)
    Prikgast.objects.filter(pk=gast.pk).delete()


@transaction.atomic
def zet_is_nodig(*, gast: Prikgast, is_nodig: bool) -> None:
    """Say whether somebody has to be there. Raises ValidationError when the poll is closed."""
    _moet_open_zijn(gast.prikker)
    Prikgast.objects.filter(pk=gast.pk).update(is_nodig=is_nodig)


@transaction.atomic
def stop(*, prikker: Datumprikker) -> None:
    """Close a poll without a date. Mail about it that still waits falls silent."""
    op_slot = _moet_open_zijn(prikker)
    Datumprikker.objects.filter(pk=op_slot.pk).update(stand=Prikstand.GESTOPT)
    Bericht.objects.laat_vervallen([_groep(op_slot)])


@transaction.atomic
def maak_bijeenkomst(*, datum: Prikdatum, is_openbaar: bool, hele_groep: bool) -> Bijeenkomst:
    """Make one date of a poll a meeting, and invite everybody who was asked; once, whoever does it at the same time.

    `hele_groep` also invites whom this kind of meeting invites. Raises ValidationError when the poll is closed
    (code `dicht`), the date was taken out (`weg`) or is over (`voorbij`).
    """
    prikker = _moet_open_zijn(datum.prikker)
    if not prikker.data.filter(pk=datum.pk).exists():
        raise ValidationError("Deze datum is er net uitgehaald. Kies een andere.", code="weg")
    if datum.is_voorbij:
        raise ValidationError("Deze datum is al geweest. Kies een andere.", code="voorbij")
    bijeenkomst = Bijeenkomst.objects.create(
        soort=prikker.soort,
        titel=prikker.titel,
        omschrijving=prikker.toelichting,
        begint_op=datum.begint_op,
        eindigt_op=datum.eindigt_op,
        plaats=prikker.plaats,
        link=prikker.link,
        is_openbaar=is_openbaar,
        status=Bijeenkomst.Status.GEPUBLICEERD,
    )
    bijeenkomst.trekkers.set([prikker.door_id] if prikker.door_id else [])
    Datumprikker.objects.filter(pk=prikker.pk).update(stand=Prikstand.GEKOZEN, bijeenkomst=bijeenkomst)
    Bericht.objects.laat_vervallen([_groep(prikker)])
    _nodig_uit(bijeenkomst, list(prikker.gasten.order_by("pk")))
    if hele_groep:
        nodig_doelgroep_uit(bijeenkomst=bijeenkomst)
    return bijeenkomst


def _nodig_uit(bijeenkomst: Bijeenkomst, gasten: list[Prikgast]) -> None:
    """Invite who was asked; with an account, also one that came later, as herself."""
    adressen = [gast.adres for gast in gasten]
    accounts = {mens.email: mens for mens in Gebruiker.objects.filter(email__in=adressen, is_active=True)}
    rollen = Rol.objects.van_medewerkers().filter(gebruiker__in=accounts.values())
    via = dict(rollen.order_by("-initiatief").values_list("gebruiker", "initiatief"))
    uitnodigingen = Uitnodiging.objects.bulk_create(
        Uitnodiging(bijeenkomst=bijeenkomst, gebruiker=mens, initiatief_id=via.get(mens.pk))
        if (mens := accounts.get(gast.adres))
        else Uitnodiging(bijeenkomst=bijeenkomst, naam=gast.naam, adres=gast.adres)
        for gast in gasten
    )
    brief = {"soort": "bijeenkomst_uitnodiging", "sleutel": "uitnodiging", "methode": "REQUEST"}
    leg_klaar_samen(brieven(bijeenkomst, uitnodigingen, **brief))


def _moet_open_zijn(prikker: Datumprikker) -> Datumprikker:
    op_slot = prikker.op_slot()
    if not op_slot.is_open:
        raise ValidationError("Deze datumprikker loopt niet meer.", code="dicht")
    return op_slot


def _moet_te_beantwoorden_zijn(prikker: Datumprikker) -> Datumprikker:
    op_slot = _moet_open_zijn(prikker)
    if op_slot.is_te_laat:
        raise ValidationError("De laatste dag om te kiezen is voorbij. Verzet die eerst.", code="te_laat")
    return op_slot


def _mail(prikker: Datumprikker, gasten: Iterable[Prikgast], *, sleutel: str) -> None:
    tot = date_format(prikker.antwoord_tot, "l j F") if prikker.antwoord_tot else ""
    leg_klaar_samen(
        Bericht(
            sleutel=f"prikker:{sleutel}:{gast.pk}",
            groep=_groep(prikker),
            soort="datumprikker",
            aan_adres=gast.adres,
            pad=gast.pad,
            overdag=sleutel != "vraag",
            gegevens={"titel": prikker.titel, "is_herinnering": sleutel != "vraag", "tot": tot},
        )
        for gast in gasten
    )


def _groep(prikker: Datumprikker) -> str:
    return f"prikker:{prikker.pk}"
