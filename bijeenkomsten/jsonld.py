"""A public meeting as schema.org tells it, for search engines and calendars on the web."""

from django.utils import timezone

from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.soorten import Soort
from initiatieven.jsonld import volledig

BEGIN = "https://schema.org/"


def gebeurtenis(bijeenkomst: Bijeenkomst) -> dict[str, object]:
    """The facts of the public page, and no more: no names, no online link."""
    adres = volledig(bijeenkomst.get_absolute_url())
    is_online = bijeenkomst.soort == Soort.ONLINE
    plaats = {"@type": "VirtualLocation", "url": adres} if is_online else _plaats(bijeenkomst)
    velden = {
        "@context": BEGIN.rstrip("/"),
        "@type": "Event",
        "name": bijeenkomst.naam,
        "url": adres,
        "startDate": timezone.localtime(bijeenkomst.begint_op).isoformat(timespec="minutes"),
        "endDate": timezone.localtime(bijeenkomst.eindigt_op).isoformat(timespec="minutes"),
        "eventStatus": f"{BEGIN}Event{'Cancelled' if bijeenkomst.is_afgelast else 'Scheduled'}",
        "eventAttendanceMode": f"{BEGIN}{'Online' if is_online else 'Offline'}EventAttendanceMode",
        "description": bijeenkomst.omschrijving or bijeenkomst.doelgroep,
        "location": plaats,
        "maximumAttendeeCapacity": bijeenkomst.capaciteit,
        "inLanguage": "nl",
        "organizer": {"@type": "Organization", "name": "Initiatieven Collectief", "url": volledig("/")},
    }
    return {naam: waarde for naam, waarde in velden.items() if waarde is not None}


def _plaats(bijeenkomst: Bijeenkomst) -> dict[str, str] | None:
    if not bijeenkomst.plaats:
        return None
    return {"@type": "Place", "name": bijeenkomst.plaats, "address": bijeenkomst.plaats}
