"""What is done around a young person: the coördinator divides what a colleague left, and people say yes."""

from collections.abc import Iterable

from django.db import transaction

from collectief.gebruikers.models import Gebruiker
from trajecten.actions import draag_over
from trajecten.models import Toestemming, Traject


@transaction.atomic
def verdeel(*, trajecten: Iterable[Traject], aan: Gebruiker) -> int:
    """Make `aan` the steady counsellor of these trajectories, all or none; return how many."""
    gekozen = list(trajecten)
    for traject in gekozen:
        draag_over(traject=traject, aan=aan, blijft_waarnemer=False)
    return len(gekozen)


@transaction.atomic
def geef_toestemming(*, traject: Traject, door: Gebruiker, rijen: Iterable[dict]) -> list[Toestemming]:
    """Write down what people said yes to: one row each, with the words of `Toestemming`, never changed later."""
    return [Toestemming.objects.create(traject=traject, door=door, **rij) for rij in rijen]
