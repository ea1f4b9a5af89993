"""Meetings as an iCalendar file (RFC 5545), for calendar programs.

Never holds the online link: a feed is read by programs and passed on, the link is for people who come.
"""

from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.urls import reverse
from icalendar import Event, vText, vUri

from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.soorten import Soort
from collectief.agenda import als_tekst, als_tijd, begin_agenda

WOORD = {"wachtlijst": "Wachtlijst: ", "misschien": "Misschien: ", "open": "Nog antwoorden: "}
STATUS = {"concept": "TENTATIVE", "gepubliceerd": "CONFIRMED", "afgelast": "CANCELLED"}  # RFC 5545, 3.8.1.11


def als_agenda(bijeenkomsten: Iterable[Bijeenkomst], *, naam: str) -> bytes:
    """Return a calendar called `naam` with one event per meeting. The same meetings give the same bytes."""
    agenda = begin_agenda(naam, onderwerp="Bijeenkomsten")
    for bijeenkomst in bijeenkomsten:
        agenda.add_component(_gebeurtenis(bijeenkomst))
    return agenda.to_ical()


def als_eigen_agenda(uitnodigingen: Iterable[Uitnodiging], *, naam: str) -> bytes:
    """Return a calendar with what one person was asked for. Only a yes is firm; what waits or doubts is tentative."""
    agenda = begin_agenda(naam, onderwerp="Mijn bijeenkomsten")
    for uitnodiging in uitnodigingen:
        agenda.add_component(_eigen_gebeurtenis(uitnodiging))
    return agenda.to_ical()


def _eigen_gebeurtenis(uitnodiging: Uitnodiging) -> Event:
    bijeenkomst = uitnodiging.bijeenkomst
    gebeurtenis = _gebeurtenis(bijeenkomst)
    if bijeenkomst.is_gepubliceerd:
        gebeurtenis["STATUS"] = vText("CONFIRMED" if uitnodiging.komt else "TENTATIVE")
        # Not every program shows TENTATIVE: the title says it too.
        gebeurtenis["SUMMARY"] = vText(als_tekst(f"{WOORD.get(uitnodiging.antwoord, '')}{bijeenkomst}"))
        gebeurtenis.add("transp", "OPAQUE" if uitnodiging.komt else "TRANSPARENT")
    laatst = max(bijeenkomst.gewijzigd_op, uitnodiging.beantwoord_op or uitnodiging.aangemaakt_op).astimezone(UTC)
    for naam in ("DTSTAMP", "LAST-MODIFIED"):
        del gebeurtenis[naam]
        gebeurtenis.add(naam, laatst)
    gebeurtenis["URL"] = vUri(settings.BASIS_URL + uitnodiging.pad)
    return gebeurtenis


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
