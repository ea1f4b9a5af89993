"""What the platform itself did not bring: mail that came back, an outbox that stalls, staff without mail."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.models import Afmelding, Bericht

NAZORGPOST = ("herinnering", "herinneringen", "weekoverzicht")
GEDULD = timedelta(minutes=15)  # a sweep comes every five minutes, the worker looks every ten seconds


def _staf(initiatieven: Collection[int], wie: str) -> Exists:
    return Exists(Rol.objects.van_medewerkers().filter(initiatief__in=initiatieven, gebruiker=OuterRef(wie)))


def niet_bezorgd(initiatieven: Collection[int]) -> QuerySet[Bericht]:
    """Mail about aftercare to staff of these initiatives that will never arrive and that nobody looked at yet."""
    return (
        Bericht.objects.filter(_staf(initiatieven, "aan"), soort__in=NAZORGPOST, gezien_op=None)
        .filter(toestand=Bericht.Toestand.ONBESTELBAAR)
        .select_related("aan")
        .order_by("-aangemaakt_op", "-pk")
    )


def zonder_mail(initiatieven: Collection[int]) -> QuerySet[Gebruiker]:
    """Staff who chose to get no mail about what waits: the coördinator may want to know."""
    af = Afmelding.objects.filter(gebruiker=OuterRef("pk"), soort=Afmelding.Soort.HERINNERINGEN)
    return Gebruiker.objects.filter(_staf(initiatieven, "pk"), Exists(af), is_active=True).order_by("naam", "pk")


def post_loopt_achter(nu: datetime) -> bool:
    """Whether mail that could have gone is still here."""
    return Bericht.objects.te_laat(nu - GEDULD).exists()
