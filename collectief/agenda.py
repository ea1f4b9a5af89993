"""iCalendar files (RFC 5545): the frame that every calendar of ours stands in."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

MEDIATYPE = "text/calendar; charset=utf-8"
VERVERSEN = timedelta(hours=12)


def begin_agenda(naam: str, *, onderwerp: str) -> Calendar:
    """Return a calendar called `naam` with nothing in it yet; `onderwerp` says in our name what it is about."""
    agenda = _lege_agenda("PUBLISH", onderwerp)
    agenda.add("name", naam)
    agenda.add("x-wr-calname", naam)
    agenda.add("x-wr-timezone", settings.TIME_ZONE)
    agenda.add("refresh-interval", VERVERSEN, parameters={"VALUE": "DURATION"})
    agenda.add("x-published-ttl", "PT12H")
    agenda.add_component(_tijdzone())
    return agenda


def _lege_agenda(methode: str, onderwerp: str) -> Calendar:
    agenda = Calendar()
    agenda.add("prodid", f"-//Initiatieven Collectief//{onderwerp}//NL")
    agenda.add("version", "2.0")
    agenda.add("calscale", "GREGORIAN")
    agenda.add("method", methode)
    return agenda


def als_agendapost(post: dict) -> bytes:
    """Return what one mail about one event says to a calendar program (iTIP, RFC 5546).

    `post` is plain JSON: `methode` (REQUEST, CANCEL, or PUBLISH when answers cannot be read), `is_afgelast`, `uid`,
    `volgnummer`, `stempel`, `begint_op` and `eindigt_op` (ISO, with offset), `titel`, `omschrijving`, `plaats`, `url`,
    `organisator` (the address that takes answers), `afzender` (who sends for it), `naam` and `adres` of the one guest,
    and `stand`, her PARTSTAT. One guest only: nobody sees another's address.
    """
    agenda = _lege_agenda(post["methode"], "Uitnodiging")
    agenda.add_component(_tijdzone())
    gebeurtenis = Event()
    gebeurtenis.add("uid", post["uid"])
    gebeurtenis.add("dtstamp", datetime.fromisoformat(post["stempel"]).astimezone(UTC))
    begin, eind = (datetime.fromisoformat(post[veld]) for veld in ("begint_op", "eindigt_op"))
    for naam, tijd in zip(("dtstart", "dtend"), als_tijdvak(begin, eind), strict=True):
        gebeurtenis.add(naam, tijd)
    gebeurtenis.add("sequence", post["volgnummer"])
    gebeurtenis.add("status", "CANCELLED" if post["is_afgelast"] else "CONFIRMED")
    gebeurtenis.add("summary", als_tekst(post["titel"]))
    for naam in ("omschrijving", "plaats"):
        if post[naam]:
            gebeurtenis.add({"omschrijving": "description", "plaats": "location"}[naam], als_tekst(post[naam]))
    gebeurtenis.add("url", post["url"])
    gebeurtenis.add("transp", "OPAQUE")
    gebeurtenis.add("organizer", _organisator(post), encode=False)
    if post["methode"] != "PUBLISH":  # RFC 5546, 3.2.1: what is only published has no attendees
        gebeurtenis.add("attendee", _gast(post), encode=False)
    agenda.add_component(gebeurtenis)
    return agenda.to_ical()


def _organisator(post: dict) -> vCalAddress:
    organisator = vCalAddress(f"mailto:{post['organisator']}")
    organisator.params["CN"] = "Initiatieven Collectief"
    if post["afzender"] != post["organisator"]:
        organisator.params["SENT-BY"] = f"mailto:{post['afzender']}"
    return organisator


def _gast(post: dict) -> vCalAddress:
    gast = vCalAddress(f"mailto:{post['adres']}")
    gast.params["CUTYPE"] = "INDIVIDUAL"
    gast.params["ROLE"] = "REQ-PARTICIPANT"
    gast.params["PARTSTAT"] = post["stand"]
    gast.params["RSVP"] = "FALSE" if post["methode"] == "CANCEL" else "TRUE"
    # A parameter has no escape for a quote or a line break that every program knows (RFC 6868 is young).
    gast.params["CN"] = " ".join(als_tekst(post["naam"]).replace('"', "'").split()) or post["adres"]
    return gast


def als_tijdvak(begin: datetime, eind: datetime) -> tuple[date, date]:
    """Begin and end as a calendar shows them; from midnight to midnight is a whole day, which has no hours."""
    van, tot = timezone.localtime(begin), timezone.localtime(eind)
    if van.time() == tot.time() == time(0) and tot.date() > van.date():
        return van.date(), tot.date()
    return als_tijd(begin), als_tijd(eind)


def als_tijd(moment: datetime) -> datetime:
    """Dutch wall-clock time; in the hour that comes twice, the second one can only be written in UTC."""
    lokaal = timezone.localtime(moment)
    return moment.astimezone(UTC) if lokaal.fold else lokaal


class Tekst(vText):
    r"""Text whose backslash stays one: the library takes `\N` for a line break that somebody escaped before."""

    def to_ical(self) -> bytes:
        return self.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n").encode()


def als_tekst(tekst: str) -> Tekst:
    """Keep line breaks as \\n and drop the control characters that RFC 5545 does not allow in text."""
    regels = tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return Tekst("".join(teken for teken in regels if teken in "\n\t" or unicodedata.category(teken) != "Cc"))


@cache
def _tijdzone() -> Timezone:
    """Europe/Amsterdam as rules, the form that every calendar program reads; right from 1996 on.

    Made once: it is the same in every calendar, and half the work of one. Nobody changes it.
    """
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
