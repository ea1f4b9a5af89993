"""Nudge who asked for it, once per contact: on the working day before, by day, and never afterwards."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_taak
from collectief.werkdagen import is_overdag, is_werkdag, ochtend
from trajecten.models import Contactmoment, Nazorgpauze, Seintje

LANGSTE_VRIJ = timedelta(days=8)  # no run of weekends and holidays is longer
TOT = timedelta(hours=3)  # after nine on the day itself: then it is too late to nudge
BEWAREN = timedelta(days=7)


def seintje_op(gepland_op: date) -> datetime:
    """When somebody is nudged about contact on that day: at nine, on the working day before it."""
    dag = gepland_op - timedelta(days=1)
    while not is_werkdag(dag):
        dag -= timedelta(days=1)
    return ochtend(dag)


def leg_seintjes_klaar(nu: datetime | None = None) -> int:
    """Put the nudges that are due at `nu` in the outbox; return how many are new. Safe to run often and side by side.

    The contact is locked while it is read: who records a result now either comes first, and there is no nudge, or waits
    and then silences it.
    """
    nu = nu or timezone.now()
    if not is_overdag(nu):
        return 0
    with als_taak(Seintje.TAAK):
        contacten = [een for een in _binnenkort(timezone.localdate(nu)) if _is_tijd(een, nu)]
        seintjes = list(Seintje.objects.nu().filter(traject__in={een.traject_id for een in contacten}))
        berichten = {
            (bericht := _bericht(seintje, contact)).sleutel: bericht
            for contact in contacten
            for seintje in seintjes
            if seintje.traject_id == contact.traject_id and (seintje.is_van_jongere or contact.met_gezin)
        }
        for er_al in Bericht.objects.filter(sleutel__in=berichten).values_list("sleutel", flat=True):
            del berichten[er_al]
        if berichten:
            leg_klaar_samen(berichten.values())
    return len(berichten)


def ruim_seintjes_op(nu: datetime | None = None) -> int:
    """Erase nudges that were dealt with a week ago: their address stood readable in the outbox."""
    over = Bericht.objects.filter(soort="seintje", aangemaakt_op__lt=(nu or timezone.now()) - BEWAREN)
    return over.afgehandeld().delete()[0]


def _binnenkort(vandaag: date) -> list[Contactmoment]:
    """Contact in the coming days of trajectories where somebody asked; a card, a message or a pause needs no nudge."""
    gevraagd = Seintje.objects.nu().filter(traject=OuterRef("traject"))
    pauze = Nazorgpauze.objects.op(vandaag).filter(traject=OuterRef("traject"))
    return list(
        Contactmoment.objects.wacht()
        .filter(Exists(gevraagd), ~Exists(pauze), gepland_op__range=(vandaag, vandaag + LANGSTE_VRIJ))
        .filter(traject__toestand="lopend", is_zachte_vraag=False, vorm__in=["", Contactmoment.Vorm.THEE])
        .select_for_update(skip_locked=True, of=("self",))
    )


def _is_tijd(contact: Contactmoment, nu: datetime) -> bool:
    return seintje_op(contact.gepland_op) <= nu < ochtend(contact.gepland_op) + TOT


def _bericht(seintje: Seintje, contact: Contactmoment) -> Bericht:
    return Bericht(
        sleutel=f"seintje:{seintje.pk}:{contact.pk}:{contact.planningversie}",
        groep=f"seintje:contact:{contact.pk}",
        soort="seintje",
        aan_adres=seintje.adres,
        pad=reverse("seintje_stop", args=[seintje.token]),
        overdag=True,
    )
