"""What happens by itself: the waiting list moves, needs are forgotten, answers are read. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from bijeenkomsten import postbus, rondsturen
from bijeenkomsten.actions import nodig_nieuwkomers_uit, ruim_documenten_op, schuif_door, vergeet_namen
from bijeenkomsten.models import Antwoordmail, Bijeenkomst, Datumprikker, Uitnodiging
from bijeenkomsten.prikken import herinner_op_tijd
from bijeenkomsten.verslaan import mail_open_acties
from bijeenkomsten.vragen import schuif_alles_door


@shared_task
def schuif_wachtlijsten_door() -> None:
    """Pass on the seats that were kept for somebody who did not answer in time."""
    for bijeenkomst in Bijeenkomst.objects.met_wachtlijst():
        schuif_door(bijeenkomst=bijeenkomst)


@shared_task
def nodig_wie_erbij_kwam_uit() -> int:
    """Invite the people of a new member to the meetings that the other members were invited to."""
    return nodig_nieuwkomers_uit()


@shared_task
def wis_wensen() -> int:
    """Forget what people needed, a month after the meeting, and two years after it who; and files of no document."""
    return Uitnodiging.objects.wis_oude_wensen() + vergeet_namen() + ruim_documenten_op()


@shared_task
def lees_antwoorden() -> int:
    """Look in the mailbox to which calendar programs answer."""
    Antwoordmail.objects.vergeet_afzenders()
    return postbus.lees_antwoorden()


@shared_task
def schuif_vragen_door() -> int:
    """Carry questions that were not reached to the next meeting."""
    return schuif_alles_door()


@shared_task
def zet_herinneringen_klaar() -> int:
    """Put the reminders of meetings in the outbox whose time has come."""
    return rondsturen.zet_herinneringen_klaar()


@shared_task
def herinner_aan_prikkers() -> int:
    """Write to who did not answer a date poll whose term ends soon."""
    open_ = Datumprikker.objects.te_herinneren(timezone.localdate())
    return sum(herinner_op_tijd(prikker=prikker) for prikker in open_)


@shared_task
def herinner_aan_acties() -> int:
    """Tell owners once a month what they promised."""
    return mail_open_acties()
