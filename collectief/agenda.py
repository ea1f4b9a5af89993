"""iCalendar files (RFC 5545): the frame that every calendar of ours stands in."""

import unicodedata
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard

MEDIATYPE = "text/calendar; charset=utf-8"
VERVERSEN = timedelta(hours=12)


def begin_agenda(naam: str, *, onderwerp: str) -> Calendar:
    """Return a calendar called `naam` with nothing in it yet; `onderwerp` says in our name what it is about."""
    agenda = Calendar()
    agenda.add("prodid", f"-//Initiatieven Collectief//{onderwerp}//NL")
    agenda.add("version", "2.0")
    agenda.add("calscale", "GREGORIAN")
    agenda.add("method", "PUBLISH")
    agenda.add("name", naam)
    agenda.add("x-wr-calname", naam)
    agenda.add("x-wr-timezone", settings.TIME_ZONE)
    agenda.add("refresh-interval", VERVERSEN, parameters={"VALUE": "DURATION"})
    agenda.add("x-published-ttl", "PT12H")
    agenda.add_component(_tijdzone())
    return agenda


def als_tijd(moment: datetime) -> datetime:
    """Dutch wall-clock time; in the hour that comes twice, the second one can only be written in UTC."""
    lokaal = timezone.localtime(moment)
    return moment.astimezone(UTC) if lokaal.fold else lokaal


def als_tekst(tekst: str) -> str:
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
