"""Questions of families, made the way the form makes them: by whoever holds the key of the private link."""

import uuid
from datetime import timedelta

from django.utils import timezone

from collectief.rijbeveiliging import met_sleutel
from initiatieven.models import Initiatief
from kaart.models import Contactplek, Contactverzoek, Zoekalarm

GEZIN = {
    "wie": "ouder",
    "naam": "Mia de Vries",
    "email": "mia@voorbeeld.example",
    "telefoon": "06 12345678",
    "hoe": "bellen",
    "wanneer": "na vier uur",
    "leeftijd": 14,
    "bericht": "Onze dochter is al een jaar thuis.",
}


def maak_vraag(*initiatieven: Initiatief, dagen_geleden: int = 0, **anders) -> Contactverzoek:
    """A question to these places, asked so many days ago."""
    op = timezone.now() - timedelta(days=dagen_geleden)
    verzoek = Contactverzoek(kenmerk=uuid.uuid4(), aangemaakt_op=op, **GEZIN | anders)
    with met_sleutel(verzoek.pk):
        verzoek.save(force_insert=True)
        Contactplek.objects.bulk_create(
            Contactplek(verzoek=verzoek, initiatief=initiatief, gevraagd_op=op, sinds=op) for initiatief in initiatieven
        )
    return verzoek


def zoals_nu(verzoek: Contactverzoek) -> Contactverzoek:
    """The question as it stands now, with its places, as the holder of the link sees it."""
    with met_sleutel(verzoek.pk):
        nu = Contactverzoek.objects.prefetch_related("plekken").get(pk=verzoek.pk)
        list(nu.plekken.all())
    return nu


def maak_alarm(*, dagen_geleden: int = 0, is_bevestigd: bool = True, **anders) -> Zoekalarm:
    op = timezone.now() - timedelta(days=dagen_geleden)
    alarm = Zoekalarm(
        adres="mia@voorbeeld.example",
        vraag="?q=7201&straal=25",
        aangemaakt_op=op,
        bevestigd_op=op if is_bevestigd else None,
    )
    for naam, waarde in anders.items():
        setattr(alarm, naam, waarde)
    with met_sleutel(alarm.pk):
        alarm.save(force_insert=True)
    return alarm
