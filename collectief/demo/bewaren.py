"""How long the invented trajectories are kept, and one family that asks to go."""

from datetime import timedelta

from collectief.demo.plekken import Plek
from collectief.demo.toeval import Toeval
from trajecten.models import Bewaartermijn, Traject, Vertrek
from trajecten.models.vertrek import herreken

TWEE_JAAR = timedelta(days=731)


def maak_bewaren(toeval: Toeval, plek: Plek) -> None:
    """Work out all terms. At the demo initiative the oldest have no youth help, and one family asked to go."""
    herreken()
    termijnen = Bewaartermijn.objects.filter(traject__initiatief=plek.id)
    termijnen.filter(laatste_contact__lt=toeval.vandaag - TWEE_JAAR).update(
        grond=Bewaartermijn.Grond.OVERIG, gekozen_door=plek.coordinator
    )
    herreken()
    rustend = Traject.objects.filter(initiatief=plek.id).rustend().order_by("begonnen_op", "pk").first()
    if rustend:
        Vertrek.objects.create(
            traject=rustend,
            aanleiding=Vertrek.Aanleiding.VERZOEK,
            gevraagd_door=Vertrek.Vrager.OUDERS,
            gevraagd_op=toeval.vandaag - timedelta(days=2),
            genoteerd_door_id=plek.begeleiders[0],
        )
