"""Meetings as an iCalendar file (RFC 5545), for calendar programs.

Never holds the online link: a feed is read by programs and passed on, the link is for people who come.
"""

from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.urls import reverse
from icalendar import Event

from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.soorten import Soort
from collectief.agenda import als_tekst, als_tijd, begin_agenda

STATUS = {"concept": "TENTATIVE", "gepubliceerd": "CONFIRMED", "afgelast": "CANCELLED"}  # RFC 5545, 3.8.1.11


def als_agenda(bijeenkomsten: Iterable[Bijeenkomst], *, naam: str) -> bytes:
    """Return a calendar called `naam` with one event per meeting. The same meetings give the same bytes."""
    agenda = begin_agenda(naam, onderwerp="Bijeenkomsten")
    for bijeenkomst in bijeenkomsten:
        agenda.add_component(_gebeurtenis(bijeenkomst))
    return agenda.to_ical()


def _gebeurtenis(bijeenkomst: Bijeenkomst) -> Event:
    gebeurtenis = Event()
    gebeurtenis.add("uid", str(bijeenkomst.uid))
    gebeurtenis.add("dtstamp", bijeenkomst.gewijzigd_op.astimezone(UTC))
    gebeurtenis.add("last-modified", bijeenkomst.gewijzigd_op.astimezone(UTC))
    gebeurtenis.add("dtstart", als_tijd(bijeenkomst.begint_op))
    gebeurtenis.add("dtend", als_tijd(bijeenkomst.eindigt_op))
    # RFC 5546, 3.2.5: calling off is a revision of its own, one above the last time and place.
    gebeurtenis.add("sequence", bijeenkomst.volgnummer_agenda + bijeenkomst.is_afgelast)
    gebeurtenis.add("status", STATUS[bijeenkomst.status])
    gebeurtenis.add("summary", als_tekst(f"Afgelast: {bijeenkomst}" if bijeenkomst.is_afgelast else str(bijeenkomst)))
    gebeurtenis.add("description", als_tekst(_omschrijving(bijeenkomst)))
    if plaats := bijeenkomst.plaats or ("Online" if bijeenkomst.soort == Soort.ONLINE else ""):
        gebeurtenis.add("location", als_tekst(plaats))
    gebeurtenis.add("categories", [bijeenkomst.get_soort_display()])
    gebeurtenis.add("url", settings.BASIS_URL + reverse("bijeenkomsten:detail", args=[bijeenkomst.pk]))
    return gebeurtenis


def _omschrijving(bijeenkomst: Bijeenkomst) -> str:
    regels = [bijeenkomst.omschrijving, bijeenkomst.doelgroep]
    if bijeenkomst.is_afgelast:
        regels.insert(0, bijeenkomst.afgelast_zin)
    if bijeenkomst.is_demo:
        regels.append("Dit is een verzonnen voorbeeld.")
    return "\n\n".join(filter(None, regels))
