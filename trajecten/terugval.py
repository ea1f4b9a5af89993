"""A signal that it gets harder: keep it, and let the owner know."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar
from trajecten.models import Betrokkene, Terugvalsignaal, Traject
from trajecten.models.preventie import BEDENKTIJD

DUBBELE_TIK = timedelta(minutes=1)


def eigenaren(traject: Traject) -> list[Gebruiker]:
    """Who carries this trajectory now: the steady counsellors who work here, else stand-ins, else coördinators."""
    begeleidend = list(traject.betrokkenen.nu().werkend().select_related("gebruiker").order_by("van", "id"))
    for rol in Betrokkene.BEGELEIDENDE_ROLLEN:
        if gevonden := [mens.gebruiker for mens in begeleidend if mens.rol == rol]:
            return gevonden
    return list(Gebruiker.objects.met_rol(Rol.Soort.COORDINATOR, bij=[traject.initiatief_id]).order_by("pk"))


@transaction.atomic
def meld_terugval(*, traject: Traject, door: Gebruiker, woorden: str = "") -> Terugvalsignaal:
    """Keep the signal with the plan of now, and mail the owner: once per signal, and not to who gave it.

    The mail waits until the signal can't be taken back any more. The phase is left alone. A double tap is one signal.
    """
    Traject.objects.select_for_update().get(pk=traject.pk)
    net = timezone.now() - DUBBELE_TIK
    zelfde = traject.terugvalsignalen.filter(door=door, woorden=woorden, op__gt=net, teruggenomen_op=None).first()
    if zelfde:
        return zelfde
    plan = traject.preventieplannen.order_by("versie").last()
    signaal = Terugvalsignaal.objects.create(traject=traject, plan=plan, woorden=woorden, door=door)
    for eigenaar in eigenaren(traject):
        if eigenaar != door:
            leg_klaar(
                sleutel=f"{signaal.groep}:{eigenaar.pk}",
                groep=signaal.groep,
                soort="terugvalsignaal",
                aan=eigenaar,
                pad=reverse("trajecten:preventieplan", args=[traject.pk]),
                vanaf=signaal.op + BEDENKTIJD,
            )
    return signaal
