"""Who belongs to the groups that a meeting is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from bijeenkomsten.soorten import Kring, Soort
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.models import Initiatief

if TYPE_CHECKING:
    from bijeenkomsten.models.bijeenkomst import Bijeenkomst


def in_kringen(bijeenkomst: Bijeenkomst, kringen: tuple[str, ...]) -> models.QuerySet[Gebruiker]:
    """The people of these groups who can sign in; of a regional meeting those of places in its region.

    Each has `via_initiatief`: the initiative she comes for, or None.
    """
    wie = Q(pk__in=_rollen(bijeenkomst, kringen).values("gebruiker"))
    if Kring.BELANGSTELLENDEN in kringen:
        wie |= Q(belangstelling__bijeenkomst=bijeenkomst)
    bij = Rol.objects.nu().filter(gebruiker=OuterRef("pk"), initiatief__isnull=False).order_by("pk")
    mensen = Gebruiker.objects.filter(wie, is_active=True).distinct()
    return mensen.annotate(via_initiatief=Subquery(bij.values("initiatief")[:1]))


def werkt_bij_lid(gebruiker: Gebruiker) -> models.Exists:
    """Whether an initiative where she works is a member; also one whose membership asks for attention."""
    return models.Exists(Initiatief.objects.openbaar().filter(pk__in=gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)))


def _rollen(bijeenkomst: Bijeenkomst, kringen: tuple[str, ...]) -> models.QuerySet[Rol]:
    van_kring = [_VAN_KRING[kring] for kring in kringen if kring in _VAN_KRING]
    if not van_kring:
        return Rol.objects.none()
    samen = Q()
    for rollen in van_kring:
        samen |= rollen
    if bijeenkomst.soort == Soort.REGIO:
        in_de_buurt = Initiatief.objects.filter(locaties__provincie__in=bijeenkomst.provincies)
        samen &= Q(initiatief=None) | Q(initiatief__in=in_de_buurt)
    return Rol.objects.nu().filter(samen)


_MEDEWERKER = Q(soort__in=Rol.BIJ_INITIATIEF)
# Members whose membership asks for attention are still members.
_LID = Q(initiatief__lidmaatschap__in=Initiatief.OPENBAAR)
_VAN_KRING = {
    Kring.LEDEN: _MEDEWERKER & _LID,
    Kring.NIEUWEN: _MEDEWERKER & Q(initiatief__lidmaatschap=Initiatief.Lidmaatschap.AANGEMELD),
    Kring.VERBONDGENOTEN: Q(soort=Rol.Soort.VERBONDGENOOT),
}
