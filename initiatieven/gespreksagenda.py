"""The introduction call for a calendar (RFC 5545): as part of a mail, and as a file to download."""

from datetime import UTC
from email.utils import parseaddr

from django.conf import settings

from collectief.agenda import als_agendapost
from initiatieven.models import Gespreksmoment


def agendadeel(moment: Gespreksmoment, *, met: str, pad: str) -> dict:
    """What a calendar shows of a call that was chosen, with whom (`met`); `pad` is where more can be read."""
    afzender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return {
        "methode": "PUBLISH",
        "is_afgelast": False,
        "uid": f"kennismaking-{moment.pk}@{afzender.partition('@')[2]}",
        "volgnummer": 0,
        "stempel": moment.gekozen_op.astimezone(UTC).replace(microsecond=0).isoformat(),
        "begint_op": moment.begint_op.isoformat(),
        "eindigt_op": moment.eindigt_op.isoformat(),
        "titel": f"Kennismaking met {met}",
        "omschrijving": "",
        "plaats": moment.hoe,
        "url": settings.BASIS_URL + pad,
        "afzender": afzender,
        "organisator": afzender,
    }


def als_bestand(moment: Gespreksmoment, *, met: str, pad: str) -> bytes:
    """The same as an iCalendar file. The same call gives the same bytes."""
    return als_agendapost(agendadeel(moment, met=met, pad=pad))
