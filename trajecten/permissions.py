"""Who may do what with a trajectory, readable by a product owner.

Seeing is decided by `Traject.objects.zichtbaar_voor` and, underneath, by row security: a begeleider sees the
trajectories where she is involved now, a coördinator all of her initiative, everybody else none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol

if TYPE_CHECKING:
    from trajecten.models import Betrokkene, Moment, Traject


def mag_trajecten(gebruiker: Gebruiker) -> bool:
    """Trajectory pages exist for begeleiders and coördinators; for others there is nothing there."""
    return gebruiker.is_medewerker


def mag_hele_initiatief(gebruiker: Gebruiker) -> bool:
    """A coördinator may look at everything of her initiatives at once."""
    return gebruiker.is_coordinator


def mag_begeleiding_wijzigen(gebruiker: Gebruiker, traject: Traject) -> bool:
    """The steady counsellor and the coördinator decide who counsels; a stand-in does not."""
    if _coordineert(gebruiker, traject):
        return True
    return traject.betrokkenen.vaste_begeleiders().filter(gebruiker=gebruiker).exists()


def mag_moment_aanpassen(gebruiker: Gebruiker, moment: Moment) -> bool:
    """Only who wrote a moment changes it, through the seventh day after. Everybody else, and later, supplements it."""
    return moment.door_id == gebruiker.pk and timezone.localdate() <= moment.aanpasbaar_tot


def mag_verdelen(gebruiker: Gebruiker) -> bool:
    """Only a coördinator divides what a colleague left behind."""
    return gebruiker.is_coordinator


def mag_overdracht_voorstellen(gebruiker: Gebruiker, traject: Traject) -> bool:
    """Only a coördinator proposes to hand over, and takes the last step; who counsels prepares it."""
    return _coordineert(gebruiker, traject)


def mag_afscheid_noteren(gebruiker: Gebruiker, mens: Betrokkene, *, mag_begeleiding: bool) -> bool:
    """Anybody who sees the trajectory writes down that a parent or school left; who counsels decides for herself."""
    return mag_begeleiding or not mens.begeleidt or mens.gebruiker_id == gebruiker.pk


def mag_over_bewaren_beslissen(gebruiker: Gebruiker, traject: Traject) -> bool:
    """The coördinator of the initiative hands over everything there is, and decides what stays and what goes."""
    return _coordineert(gebruiker, traject)


def _coordineert(gebruiker: Gebruiker, traject: Traject) -> bool:
    return traject.initiatief_id in gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)
