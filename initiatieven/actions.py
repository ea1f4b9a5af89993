"""What happens to an application over several models, with the mail that tells the applicant."""

from collections.abc import Iterable
from datetime import date
from functools import partial

import pghistory
from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone

from collectief import bestanden
from collectief.beeld import Foto
from collectief.gebruikers.actions import nodig_uit
from collectief.gebruikers.models import Gebruiker, Rol, Roluitnodiging
from collectief.geo.models import Postcode
from collectief.post.actions import leg_klaar, leg_klaar_samen
from collectief.post.models import Bericht
from initiatieven.lidmaatschap import Besluit, Oordeel, Stap
from initiatieven.models import (
    Aanmelding,
    AanmeldingLezing,
    AanmeldingStap,
    Initiatief,
    Locatie,
    Onderschrijving,
    Plekfoto,
    Plekverhaal,
    StapGeweigerd,
    Toets,
)
from initiatieven.models.initiatief import vrije_slug

OVER_TE_NEMEN = ["soort", "omschrijving", "website", "opgericht_op", "aantal_jongeren", "leeftijd_van", "leeftijd_tot"]


@transaction.atomic(savepoint=False)
def bewaar_foto(
    *, initiatief: Initiatief, foto: Foto, alt: str, door: Gebruiker | None, openbaar: bool = False
) -> Plekfoto:
    """Keep a photo of a place, made by `collectief.beeld`. Without `openbaar` nobody but the place sees it yet."""
    rij = Plekfoto(
        initiatief=initiatief,
        alt=alt,
        breedte=foto.breedte,
        hoogte=foto.hoogte,
        volgorde=initiatief.fotos.count(),
        is_openbaar=openbaar,
        door=door,
    )
    rij.save(force_insert=True)
    bestanden.bewaar(rij.bestand, foto.inhoud)
    return rij


@transaction.atomic
def verwijder_foto(*, foto: Plekfoto) -> None:
    """Take a photo away: the row now, the file once that is certain."""
    bestand = foto.bestand
    foto.delete()
    transaction.on_commit(partial(bestanden.verwijder, bestand))


def ruim_plekfotos_op() -> int:
    """Remove files that belong to no photo of a place any more; return how many."""
    return bestanden.verwijder_wezen(Plekfoto.MAP, Plekfoto.objects.all())


@transaction.atomic
def doe_met_foto(*, foto: Plekfoto, doe: str) -> None:
    """Show a photo to everybody (`openbaar`), to its own place only (`besloten`), or take it away (`weg`)."""
    if doe == "weg":
        verwijder_foto(foto=foto)
    else:
        Plekfoto.objects.filter(pk=foto.pk).update(is_openbaar=doe == "openbaar")


def schrijf_verhaal(*, initiatief: Initiatief, verhaal: Plekverhaal, door: Gebruiker) -> None:
    """Keep a story that the place itself tells; it is public at once."""
    verhaal.initiatief, verhaal.door, verhaal.herkomst = initiatief, door, Plekverhaal.Herkomst.PLEK
    verhaal.openbaar_op, verhaal.openbaar_door = timezone.now(), door
    verhaal.save()


@transaction.atomic
def doe_met_verhaal(*, verhaal: Plekverhaal, doe: str, door: Gebruiker) -> None:
    """Make a story public, take it back (`besloten`), or let it go (`weg`).

    Its photo is public only when the place said so of the photo too. The story of a visit stays when it is let go, so
    that the same visit does not propose it again.
    """
    if doe == "openbaar":
        verhaal.openbaar_op, verhaal.openbaar_door, verhaal.afgewezen_op = timezone.now(), door, None
    else:
        verhaal.openbaar_op, verhaal.openbaar_door, verhaal.afgewezen_op = None, None, timezone.now()
    if doe == "weg" and not verhaal.bron:
        verhaal.delete()
        return
    verhaal.save()


@transaction.atomic
def stel_verhaal_voor(
    *,
    initiatief: Initiatief,
    titel: str,
    tekst: str,
    door: Gebruiker | None,
    herkomst: str = Plekverhaal.Herkomst.PLEK,
    bron: str = "",
    foto: Foto | None = None,
    alt: str = "",
) -> Plekverhaal:
    """Lay a story about a place before its staff, who decide whether it becomes public.

    `bron` says what it came from, such as `bijeenkomst:12`: a second call for the same gives the story that is there.
    """
    Initiatief.objects.select_for_update(no_key=True).get(pk=initiatief.pk)  # two reports of one visit wait in line
    if bron and (eerder := initiatief.verhalen.filter(bron=bron).first()):
        return eerder
    beeld = bewaar_foto(initiatief=initiatief, foto=foto, alt=alt, door=door) if foto else None
    return Plekverhaal.objects.create(
        initiatief=initiatief, titel=titel, tekst=tekst, herkomst=herkomst, bron=bron, door=door, foto=beeld
    )


@transaction.atomic
def dien_in(*, aanmelding: Aanmelding) -> None:
    """Hand in a saved application, confirm that by mail, and tell the admins that it waits.

    Raises StapGeweigerd when a claim is missing. The mail repeats nothing of the form: anybody may fill in somebody
    else's address.
    """
    aanmelding.zet_stap(Stap.INDIENEN)
    gegevens = {"is_bezwaar": True} if aanmelding.bezwaar_tegen_id else {}
    leg_klaar(
        sleutel=f"aanmelding:{aanmelding.pk}:ontvangen",
        soort="aanmelding_ontvangen",
        aan_adres=aanmelding.contact_email,
        pad=reverse("initiatieven:gesprek", args=[aanmelding.token]),
        gegevens=gegevens,
    )
    leg_klaar_samen(
        Bericht(
            sleutel=f"aanmelding:{aanmelding.pk}:nieuw:{beheerder.pk}",
            soort="aanmelding_nieuw",
            aan=beheerder,
            pad=aanmelding.get_absolute_url(),
            gegevens=gegevens,
        )
        for beheerder in Gebruiker.objects.met_rol(Rol.Soort.BEHEERDER)
    )


@transaction.atomic
def beoordeel(*, oordelen: Iterable[tuple[Toets, Oordeel, str]], door: Gebruiker) -> None:
    """Judge checks, each with its reason: all of them or none. Raises StapGeweigerd."""
    for toets, oordeel, waarom in oordelen:
        toets.beoordeel(oordeel, door=door, waarom=waarom)


@transaction.atomic
def beslis(
    *,
    aanmelding: Aanmelding,
    stap: Stap,
    door: Gebruiker,
    waarom: str,
    tot: date | None = None,
    initiatief: Initiatief | None = None,
) -> None:
    """Decide, and mail the applicant the reason. `lid` puts the initiative in the directory.

    `initiatief` is the page it already has, if any. Raises StapGeweigerd, and then nothing changes.
    """
    nu = Aanmelding.objects.select_for_update(of=["self"]).get(pk=aanmelding.pk)  # nothing may change while she decides
    if not nu.belemmering(stap, waarom=waarom, tot=tot) and not AanmeldingLezing.objects.is_bij(aanmelding, door):
        raise StapGeweigerd("Er is iets veranderd sinds je deze aanmelding las. Kijk het eerst na, en besluit dan.")
    gezet = aanmelding.zet_stap(stap, door=door, waarom=waarom, tot=tot)
    if stap == Stap.LID_MAKEN:
        with pghistory.context(gebruiker=door.pk):
            _maak_lid(aanmelding, door=door, initiatief=initiatief)
    _mail_besluit(aanmelding, gezet)


def _mail_besluit(aanmelding: Aanmelding, gezet: AanmeldingStap) -> None:
    """Tell the applicant what was decided by this step, and why."""
    besluit, tot = aanmelding.besluit, aanmelding.aangehouden_tot
    leg_klaar(
        sleutel=f"aanmeldingstap:{gezet.pk}:{besluit}",
        soort=f"aanmelding_{besluit}",
        aan_adres=aanmelding.contact_email,
        pad=_waarheen(aanmelding),
        gegevens={
            "initiatief": aanmelding.naam,
            "contactpersoon": aanmelding.contactpersoon,
            "waarom": aanmelding.besluit_waarom,
            "tot": formats.date_format(tot, "l j F Y") if tot else "",
        },
    )


def _waarheen(aanmelding: Aanmelding) -> str:
    """Where the mail about the decision leads: to the new page, or to where the applicant can answer."""
    if aanmelding.besluit == Besluit.LID:
        return aanmelding.initiatief.get_absolute_url()
    return reverse("initiatieven:gesprek", args=[aanmelding.token])


def _maak_lid(aanmelding: Aanmelding, *, door: Gebruiker, initiatief: Initiatief | None) -> None:
    """Make a page for the new member, or complete the page it has, and ask its contact person to keep it."""
    initiatief = initiatief or Initiatief(
        naam=aanmelding.naam, slug=vrije_slug(aanmelding.naam), is_demo=aanmelding.is_demo
    )
    for veld in OVER_TE_NEMEN:
        if initiatief.pk is None or getattr(initiatief, veld) in ("", None):
            setattr(initiatief, veld, getattr(aanmelding, veld))
    initiatief.lidmaatschap = Initiatief.Lidmaatschap.LID
    initiatief.lid_sinds = initiatief.lid_sinds or timezone.localdate()
    initiatief.save()
    Aanmelding.objects.filter(pk=aanmelding.pk).update(initiatief=initiatief)
    aanmelding.initiatief = initiatief
    if aanmelding.benadering:
        Onderschrijving.objects.get_or_create(benadering=aanmelding.benadering, initiatief=initiatief)
    _geef_plek(initiatief, aanmelding)
    _nodig_contactpersoon_uit(aanmelding, door=door)


def _geef_plek(initiatief: Initiatief, aanmelding: Aanmelding) -> None:
    """Give a member without a place the one it applied with; its staff may make it exact.

    Online is nowhere; any other place lies in the neighbourhood of its postcode.
    """
    postcode = Postcode.objects.filter(pc4=aanmelding.pc4).first()
    if initiatief.locaties.exists() or not (postcode or aanmelding.is_online):
        return
    locatie = Locatie(initiatief=initiatief, is_online=aanmelding.is_online, is_landelijk=aanmelding.is_landelijk)
    if postcode and not aanmelding.is_online:
        locatie.nauwkeurigheid = Locatie.Nauwkeurigheid.ONGEVEER
        locatie.pc4, locatie.plaats, locatie.provincie = postcode.pc4, postcode.plaats, postcode.provincie
        locatie.zet_punt(postcode.lat, postcode.lon)
    locatie.save()


def _nodig_contactpersoon_uit(aanmelding: Aanmelding, *, door: Gebruiker) -> None:
    """Invite the contact person as coördinator, but never into an initiative that has staff of its own."""
    if aanmelding.initiatief.rollen.nu().exists():
        return
    nodig_uit(
        uitnodiging=Roluitnodiging(
            email=aanmelding.contact_email.lower(),
            naam=aanmelding.contactpersoon,
            soort=Rol.Soort.COORDINATOR,
            initiatief=aanmelding.initiatief,
            door=door,
        )
    )


@transaction.atomic
def stop(*, initiatief: Initiatief, door: Gebruiker) -> None:
    """Archive an initiative that stops. The database refuses it while a trajectory has nowhere to go.

    A question about its page that still waits to be sent falls silent.
    """
    with pghistory.context(gebruiker=door.pk):
        initiatief.lidmaatschap = Initiatief.Lidmaatschap.GESTOPT
        initiatief.save(update_fields=["lidmaatschap"])
    Bericht.objects.laat_vervallen([f"versheid:{initiatief.pk}"])
