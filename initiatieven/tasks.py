"""Celery's part: say that it is time to look."""

from celery import shared_task

from initiatieven.actions import ruim_plekfotos_op
from initiatieven.gesprek import hervat_op_datum, ruim_concepten_op, vergeet_aanmeldingen
from initiatieven.jaarcheck import vraag_aandacht, vraag_jaarchecks
from initiatieven.opfrissen import vraag_of_het_klopt as vraag_na
from initiatieven.prullenbak import ruim_proeven_op, verwijder_voorgoed


@shared_task
def hervat_aanmeldingen() -> int:
    """Take up applications that were held until a day that has come; how many."""
    return hervat_op_datum()


@shared_task
def ruim_gids_op() -> int:
    """Clear away what nobody finished, wants or may keep any more, and files without a photo; how many things."""
    opgeruimd = ruim_concepten_op() + vergeet_aanmeldingen() + ruim_proeven_op()
    return opgeruimd + verwijder_voorgoed() + ruim_plekfotos_op()


@shared_task
def loop_jaarchecks_na() -> int:
    """Ask members whose year is nearly over, and say where nothing came; how many mails."""
    return vraag_jaarchecks() + vraag_aandacht()


@shared_task
def vraag_of_het_klopt() -> int:
    """Ask whose turn it is whether her page is still true; how many mails."""
    return vraag_na()
