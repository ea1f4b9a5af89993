"""Celery's part: say that it is time to look."""

from celery import shared_task

from initiatieven.actions import ruim_plekfotos_op
from initiatieven.gesprek import hervat_op_datum, ruim_concepten_op
from initiatieven.jaarcheck import vraag_aandacht, vraag_jaarchecks
from initiatieven.opfrissen import vraag_of_het_klopt as vraag_na
from initiatieven.prullenbak import ruim_proeven_op, verwijder_voorgoed


@shared_task
def hervat_aanmeldingen() -> int:
    return hervat_op_datum()


@shared_task
def ruim_gids_op() -> int:
    return ruim_concepten_op() + ruim_proeven_op() + verwijder_voorgoed() + ruim_plekfotos_op()


@shared_task
def loop_jaarchecks_na() -> int:
    return vraag_jaarchecks() + vraag_aandacht()


@shared_task
def vraag_of_het_klopt() -> int:
    return vraag_na()
