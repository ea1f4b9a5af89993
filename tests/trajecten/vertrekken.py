"""What tests about keeping and leaving share: choose a term, ask, decide."""

from datetime import date

from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from trajecten.models import Bewaartermijn, Vertrek


def vandaag() -> date:
    return timezone.localdate()


def kies(traject, coordinator, grond="overig") -> Bewaartermijn:
    with als_gebruiker(coordinator.pk):
        Bewaartermijn.van(traject).kies(grond, door=coordinator)
        return Bewaartermijn.van(traject)


def besluit(traject, coordinator) -> Vertrek:
    with als_gebruiker(coordinator.pk):
        vertrek = Vertrek.waarover(traject, door=coordinator)
        vertrek.beslis("weghalen", door=coordinator)
        vertrek.refresh_from_db()
    return vertrek


def verzoek(traject, wie) -> Vertrek:
    with als_gebruiker(wie.pk):
        return Vertrek.objects.create(
            traject=traject, aanleiding="verzoek", gevraagd_door="ouders", gevraagd_op=vandaag(), genoteerd_door=wie
        )
