"""Reports about public pages: who hears of them, and what the reporter hears back."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.post.actions import leg_klaar, leg_klaar_samen
from collectief.post.models import Bericht
from initiatieven.models import Bladzijdemelding
from initiatieven.opfrissen import wie_houdt_bij


@transaction.atomic
def meld(*, melding: Bladzijdemelding) -> None:
    """Keep a report and tell who keeps the page; core team finds it in its list. The mail repeats nothing of it."""
    melding.save()
    leg_klaar_samen(
        Bericht(
            sleutel=f"bladzijdemelding:{melding.pk}:{mens.pk}",
            soort="bladzijdemelding",
            aan=mens,
            overdag=True,
            pad=reverse("initiatieven:beheer"),
            gegevens={"initiatief": melding.initiatief.naam},
        )
        for mens in wie_houdt_bij(melding.initiatief)
    )


@transaction.atomic
def handel_af(*, melding: Bladzijdemelding, antwoord: str, door: Gebruiker) -> bool:
    """Note what was done and tell the reporter, whose address is gone then. False when somebody did so already."""
    melding = Bladzijdemelding.objects.select_for_update(of=["self"]).select_related("initiatief").get(pk=melding.pk)
    if melding.afgehandeld_op:
        return False
    if melding.email:
        leg_klaar(
            sleutel=f"bladzijdemelding:{melding.pk}:antwoord",
            soort="bladzijdemelding_antwoord",
            aan_adres=melding.email,
            pad=melding.initiatief.get_absolute_url(),
            gegevens={"initiatief": melding.initiatief.naam, "antwoord": antwoord},
        )
    melding.antwoord, melding.email = antwoord.strip(), ""
    melding.afgehandeld_op, melding.afgehandeld_door = timezone.now(), door
    melding.save()
    return True
