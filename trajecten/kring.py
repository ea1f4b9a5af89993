"""What is done around a young person: dividing what a colleague left, saying yes, and handing over warmly."""

from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.urls import reverse

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar
from collectief.post.models import Bericht
from initiatieven.models import Initiatief
from trajecten.actions import draag_over
from trajecten.models import (
    Betrokkene,
    Overdracht,
    OverdrachtGeweigerd,
    Overdrachtstap,
    Overdrachtstuk,
    Toestemming,
    Traject,
)
from trajecten.overdrachten import Kant, Overdrachtstand
from trajecten.stukken import Stuk


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


@transaction.atomic
def stel_overdracht_voor(
    *, traject: Traject, door: Gebruiker, naar: Initiatief | None = None, plek: Betrokkene | None = None
) -> Overdracht:
    """Propose to hand over, to another initiative or to a place outside. Raises OverdrachtGeweigerd when one runs."""
    overdracht = Overdracht(traject=traject, van_id=traject.initiatief_id, naar=naar, plek=plek, door=door)
    try:
        with transaction.atomic():
            overdracht.save(force_insert=True)
    except IntegrityError as fout:
        raise OverdrachtGeweigerd("Er loopt al een overdracht.") from fout
    Overdrachtstap.objects.create(overdracht=overdracht, stand=overdracht.stand, door=door)
    return overdracht


@transaction.atomic
def zet_overdracht(
    *,
    overdracht: Overdracht,
    naar: Overdrachtstand,
    door: Gebruiker,
    uit: str = "",
    begeleider: Gebruiker | None = None,
    laat_los: Collection[Gebruiker] = (),
) -> None:
    """Take one step, and tell whoever is next that something waits. Raises OverdrachtGeweigerd."""
    overdracht.zet(naar, door=door, uit=uit, begeleider=begeleider, laat_los=laat_los)
    groep = f"overdracht:{overdracht.pk}"
    Bericht.objects.laat_vervallen([groep])
    pad = _waar_het_verder_gaat(overdracht)
    for wie in _wie_het_hoort(overdracht, door=door):
        leg_klaar(sleutel=f"{groep}:{naar}:{wie.pk}", groep=groep, soort="overdracht", aan=wie, pad=pad)


def _wie_het_hoort(overdracht: Overdracht, *, door: Gebruiker) -> list[Gebruiker]:
    """Who hears of this step: the other side, and in the end who counsels from now on."""
    stand = overdracht.stand
    if overdracht.is_buiten or not overdracht.voorbereid_op:
        return []
    if stand == Overdrachtstand.OVERGEDRAGEN:
        allen = [overdracht.nieuwe_begeleider]
    elif Kant.GEVER in overdracht.kanten(door):
        allen = list(Gebruiker.objects.met_rol(Rol.Soort.COORDINATOR, bij=[overdracht.naar_id]).order_by("pk"))
    else:
        allen = [overdracht.door]
    return [wie for wie in allen if wie.pk != door.pk]


def _waar_het_verder_gaat(overdracht: Overdracht) -> str:
    if overdracht.stand == Overdrachtstand.OVERGEDRAGEN:
        return reverse("trajecten:traject", args=[overdracht.traject_id])
    return reverse("trajecten:overdrachten")


@transaction.atomic
def kies_stukken(*, overdracht: Overdracht, getoond: Iterable[Stuk], gekozen: set[str], door: Gebruiker) -> None:
    """Let go along what was chosen of the pieces that were shown; of what is not chosen nothing stays here.

    Raises OverdrachtGeweigerd when the handover is finished.
    """
    nu = Overdracht.objects.select_for_update().get(pk=overdracht.pk)
    if nu.is_klaar:
        raise OverdrachtGeweigerd("Deze overdracht is klaar en verandert niet meer.")
    stukken = {stuk.sleutel: stuk for stuk in getoond}
    nu.stukken.filter(sleutel__in=set(stukken) - gekozen).delete()
    al = set(nu.stukken.values_list("sleutel", flat=True))
    Overdrachtstuk.objects.bulk_create(
        Overdrachtstuk(
            overdracht=nu, soort=stuk.soort, sleutel=sleutel, titel=stuk.titel, tekst=stuk.tekst, gekozen_door=door
        )
        for sleutel, stuk in stukken.items()
        if sleutel in gekozen - al
    )
