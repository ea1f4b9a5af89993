"""The mail of the reminders that were sent in the demo: without it the hourly check finds that they never went out."""

from datetime import timedelta

from django.db.models.functions import Least
from django.utils import timezone

from collectief.post.models import Bericht
from trajecten.controle import TERUG
from trajecten.ladder import TREDEN
from trajecten.models import Herinnering

MET_MAIL = [stap for stap, trede in TREDEN.items() if trede.ontvangers]


def maak_nazorgpost() -> None:
    """As if a worker had sent each on its day; never today, so that the real reminder of today is the first."""
    gisteren = timezone.now() - timedelta(days=1)
    gezet = Herinnering.objects.filter(gezet_op__gte=timezone.now() - TERUG - timedelta(days=1), stap__in=MET_MAIL)
    Bericht.objects.bulk_create(
        _verstuurd(herinnering)
        for herinnering in gezet.annotate(toen=Least("gezet_op", gisteren)).select_related("contactmoment")
    )


def _verstuurd(herinnering: Herinnering) -> Bericht:
    contact, groep = herinnering.contactmoment, f"herinnering:{herinnering.pk}"
    return Bericht(
        sleutel=f"{groep}:{contact.eigenaar_id}",
        groep=groep,
        soort="herinnering",
        aan_id=contact.eigenaar_id,
        pad=f"/trajecten/{herinnering.traject_id}/contact/{contact.pk}/",
        toestand=Bericht.Toestand.VERSTUURD,
        versturen_vanaf=herinnering.toen,
        verstuurd_op=herinnering.toen,
        aangemaakt_op=herinnering.toen,
        overdag=True,
    )
