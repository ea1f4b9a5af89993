"""Who stands around young people when a colleague left: the coördinator divides what has no steady counsellor."""

from collections.abc import Iterable

from django.db import transaction

from collectief.gebruikers.models import Gebruiker
from trajecten.actions import draag_over
from trajecten.models import Traject


@transaction.atomic
def verdeel(*, trajecten: Iterable[Traject], aan: Gebruiker) -> int:
    """Make `aan` the steady counsellor of these trajectories, all or none; return how many."""
    gekozen = list(trajecten)
    for traject in gekozen:
        draag_over(traject=traject, aan=aan, blijft_waarnemer=False)
    return len(gekozen)
