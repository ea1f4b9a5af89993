"""Meetings as an iCalendar file (RFC 5545), for calendar programs.

Never holds the online link: a feed is read by programs and passed on, the link is for people who come.
"""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.soorten import Soort

MEDIATYPE = "text/calendar; charset=utf-8"
VERVERSEN = timedelta(hours=12)


def als_agenda(bijeenkomsten: Iterable[Bijeenkomst], *, naam: str) -> bytes:
    """Return a calendar called `naam` with one event per meeting. The same meetings give the same bytes."""
    agenda = Calendar()
    agenda.add("prodid", "-//Initiatieven Collectief//Bijeenkomsten//NL")
    agenda.add("version", "2.0")
    agenda.add("calscale", "GREGORIAN")
    agenda.add("method", "PUBLISH")
    agenda.add("name", naam)
    agenda.add("x-wr-calname", naam)
    agenda.add("x-wr-timezone", settings.TIME_ZONE)
    agenda.add("refresh-interval", VERVERSEN, parameters={"VALUE": "DURATION"})
    agenda.add("x-published-ttl", "PT12H")
    agenda.add_component(_tijdzone())
    for bijeenkomst in bijeenkomsten:
        agenda.add_component(_gebeurtenis(bijeenkomst))
    return agenda.to_ical()


def _gebeurtenis(bijeenkomst: Bijeenkomst) -> Event:
    gebeurtenis = Event()
    gebeurtenis.add("uid", str(bijeenkomst.uid))
    gebeurtenis.add("dtstamp", bijeenkomst.gewijzigd_op.astimezone(UTC))
    gebeurtenis.add("last-modified", bijeenkomst.gewijzigd_op.astimezone(UTC))
    gebeurtenis.add("dtstart", _tijd(bijeenkomst.begint_op))
    gebeurtenis.add("dtend", _tijd(bijeenkomst.eindigt_op))
    # RFC 5546, 3.2.5: calling off is a revision of its own, one above the last time and place.
    gebeurtenis.add("sequence", bijeenkomst.volgnummer_agenda + bijeenkomst.is_afgelast)
    gebeurtenis.add("status", "CANCELLED" if bijeenkomst.is_afgelast else "CONFIRMED")
    gebeurtenis.add("summary", _tekst(f"Afgelast: {bijeenkomst}" if bijeenkomst.is_afgelast else str(bijeenkomst)))
    gebeurtenis.add("description", _tekst(_omschrijving(bijeenkomst)))
    if plaats := bijeenkomst.plaats or ("Online" if bijeenkomst.soort == Soort.ONLINE else ""):
        gebeurtenis.add("location", _tekst(plaats))
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


def _tijd(moment: datetime) -> datetime:
    """Dutch wall-clock time; in the hour that comes twice, the second one can only be written in UTC."""
    lokaal = timezone.localtime(moment)
    return moment.astimezone(UTC) if lokaal.fold else lokaal


def _tekst(tekst: str) -> str:
    """Keep line breaks as \\n and drop the control characters that RFC 5545 does not allow in text."""
    regels = tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(teken for teken in regels if teken in "\n\t" or unicodedata.category(teken) != "Cc")


def _tijdzone() -> Timezone:
    """Europe/Amsterdam as rules, the form that every calendar program reads; right from 1996 on."""
    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    for soort, naam, begin, van, naar in (
        (TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 1, 2),  # noqa: DTZ001  (local by definition)
        (TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 2, 1),  # noqa: DTZ001
    ):
        deel = soort()
        deel.add("dtstart", begin)
        deel.add("rrule", {"freq": "yearly", "bymonth": begin.month, "byday": "-1SU"})
        deel.add("tzoffsetfrom", timedelta(hours=van))
        deel.add("tzoffsetto", timedelta(hours=naar))
        deel.add("tzname", naam)
        zone.add_component(deel)
    return zone
