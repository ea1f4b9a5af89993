"""Celery's part: say that it is time to look."""

from celery import shared_task
from celery.signals import worker_ready

from collectief.celery import roep
from trajecten.actions import ruim_concepten_op, ruim_fotobestanden_op
from trajecten.herinneringen import zet_klaar
from trajecten.models.inzage import maak_inzagemaanden
from trajecten.opruimen import ruim_op
from trajecten.seintjes import leg_seintjes_klaar, ruim_seintjes_op


@shared_task
def zet_herinneringen_klaar() -> int:
    """Put what is due in the outbox; how many steps of the ladder were dealt with."""
    return zet_klaar()


@shared_task
def zet_seintjes_klaar() -> int:
    """Put the nudges of the coming contact in the outbox; how many."""
    return leg_seintjes_klaar()


@shared_task
def ruim_oude_seintjes_op() -> int:
    """Take away nudges of which the contact is long over; how many."""
    return ruim_seintjes_op()


@shared_task
def maak_maanden_van_het_inzagelog() -> int:
    """Make the parts of the read log for this month and the next; how many."""
    return maak_inzagemaanden()


@shared_task
def ruim_trajecten_op() -> int:
    """Carry out what coördinators decided about trajectories; how many went."""
    return ruim_op().weggehaald


@shared_task
def ruim_oude_concepten_op() -> int:
    """Let go drafts that nobody can read any more; how many."""
    return ruim_concepten_op()


@shared_task
def ruim_fotos_op() -> int:
    """Remove files that belong to no photo any more; how many."""
    return ruim_fotobestanden_op()


@worker_ready.connect
def veeg_bij_start(**kwargs) -> None:
    """A starting worker looks at once: beat may have been away."""
    roep(zet_herinneringen_klaar, zet_seintjes_klaar, maak_maanden_van_het_inzagelog)
