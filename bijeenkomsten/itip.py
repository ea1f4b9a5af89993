"""What a mail says, read as an answer to an invitation (iTIP, RFC 5546, in a mail, RFC 6047). Knows no database.

Mail programs write replies in their own way: the calendar part stands anywhere in the mail, under several types, in any
encoding, with lines broken wrongly. Here they all become one `Brief`. What cannot be read says so; nothing raises.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from html import unescape

from django.utils.html import strip_tags
from icalendar import Calendar, Event

from collectief.getallen import als_getal

LANGSTE_TEKST = 4000  # characters of a letter that are sent on
ADRESVELDEN = (
    "To",
    "Cc",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "Resent-To",
    "X-Forwarded-To",
)
LANGSTE_KOP = 20_000  # characters of a header that are read: one of a megabyte takes minutes to take apart
MEESTE_ADRESSEN = 200
# Without an end it runs to the body or to the end of the mail, so that nothing is gone through again and again.
STIJL = re.compile(r"<(style|script|head)\b.*?(?:</\1>|(?=<body\b)|\Z)", re.DOTALL | re.IGNORECASE)
AGENDATYPEN = {"text/calendar", "application/ics", "application/calendar", "text/x-vcalendar"}
HOOGSTE_VOLGNUMMER = 2**31 - 1  # what fits in the column
ONDERDELEN = {"VCALENDAR", "VEVENT"}
REGELS = {"BEGIN", "END", "METHOD", "UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "ATTENDEE"}
# PARTSTAT (RFC 5545, 3.2.12) in our words. What stands for anything else is no answer.
ANTWOORD = {"ACCEPTED": "ja", "TENTATIVE": "misschien", "DECLINED": "nee"}


@dataclass(frozen=True)
class Deelnemer:
    """An ATTENDEE of a reply: who says what."""

    adres: str
    stand: str
    is_doorgegeven: bool = False


@dataclass(frozen=True)
class Agendaantwoord:
    """What a calendar program answers."""

    methode: str
    uid: str
    volgnummer: int | None
    stempel: datetime | None
    organisator: str
    deelnemers: tuple[Deelnemer, ...]


@dataclass(frozen=True)
class Brief:
    """One mail that came in."""

    van: str = ""
    onderwerp: str = ""
    bericht_id: str = ""
    datum: datetime | None = None
    adressen: tuple[str, ...] = ()
    tekst: str = ""
    heeft_bijlage: bool = False
    is_automatisch: bool = False
    agenda: Agendaantwoord | None = None
    is_onleesbaar: bool = False


class KorteKoppen(email.policy.Compat32):
    """Reads a mail as it came, with no header longer than somebody would write."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        naam, waarde = super().header_source_parse(sourcelines)
        return naam, waarde[:LANGSTE_KOP]


def lees(ruw: bytes) -> Brief:
    """Read a whole mail, whatever it holds."""
    mail = email.message_from_bytes(ruw, policy=KorteKoppen())
    inhoud = [deel for deel in mail.walk() if not deel.is_multipart()]
    agendas = [deel for deel in inhoud if _is_agenda(deel)]
    agenda = next(filter(None, map(_agenda, agendas)), None)
    organisator = (agenda.organisator,) if agenda and agenda.organisator else ()
    return Brief(
        van=next(iter(_adressen(mail, "From", "Sender")), ""),
        onderwerp=_kop(mail, "Subject"),
        bericht_id=_kop(mail, "Message-ID").strip(),
        datum=_datum(mail),
        adressen=(*_adressen(mail, *ADRESVELDEN), *organisator),
        tekst=_tekst(inhoud),
        heeft_bijlage=any(deel.get_filename() for deel in inhoud if not _is_agenda(deel)),
        is_automatisch=_is_automatisch(mail),
        agenda=agenda,
        is_onleesbaar=(bool(agendas) and agenda is None) or any(_is_tnef(deel) for deel in inhoud),
    )


# --- The mail -------------------------------------------------------------------------------------------------------


def _kop(mail: Message, naam: str) -> str:
    """A header as text, on one line; empty when it is missing or cannot be read."""
    ruw = str(mail.get(naam, ""))
    try:
        tekst = str(make_header(decode_header(ruw)))
    except (LookupError, ValueError, MessageError):
        tekst = ruw
    return " ".join(tekst.replace("\x00", "").encode("utf-8", "replace").decode().split())


def _adressen(mail: Message, *namen: str) -> tuple[str, ...]:
    waarden = [str(waarde).replace("\x00", "") for naam in namen for waarde in mail.get_all(naam, [])]
    gelezen = getaddresses(waarden, strict=False)
    return tuple(adres.lower() for _, adres in gelezen if "@" in adres)[:MEESTE_ADRESSEN]


def _datum(mail: Message) -> datetime | None:
    try:
        datum = parsedate_to_datetime(str(mail.get("Date")))
        return (datum if datum.tzinfo else datum.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _is_automatisch(mail: Message) -> bool:
    """Whether a machine wrote it: out of office, a bounce, a list (RFC 3834, RFC 3464)."""
    auto = _kop(mail, "Auto-Submitted").lower()
    return (
        (bool(auto) and not auto.startswith("no"))
        or _kop(mail, "Precedence").lower() in {"bulk", "junk", "list", "auto_reply"}
        or bool(mail.get("X-Autoreply") or mail.get("X-Autorespond") or mail.get("List-Id"))
        or mail.get_content_type() == "multipart/report"
        or _kop(mail, "Return-Path").strip() == "<>"
    )


def _is_agenda(deel: Message) -> bool:
    naam = (deel.get_filename() or "").lower()
    return deel.get_content_type() in AGENDATYPEN or naam.endswith((".ics", ".vcs", ".ical"))


def _is_tnef(deel: Message) -> bool:
    """Outlook's own wrapping, which only Outlook reads."""
    return deel.get_content_type() == "application/ms-tnef" or (deel.get_filename() or "").lower() == "winmail.dat"


def _ontcijferd(deel: Message) -> str:
    """The text of a part, in the charset it names or else the one it is in."""
    inhoud = deel.get_payload(decode=True) or b""
    for tekens in (deel.get_content_charset(), "utf-8", "cp1252"):
        try:
            return inhoud.decode(tekens or "utf-8").lstrip("\ufeff")
        except (LookupError, ValueError):  # a name that is no charset, also one with a null in it
            continue
    return inhoud.decode("latin-1")


def _tekst(delen: list[Message]) -> str:
    """The words of the mail, without what no database keeps; those of the HTML when there are no others."""
    for soort in ("text/plain", "text/html"):
        for deel in delen:
            if deel.get_content_type() == soort and not deel.get_filename():
                tekst = _ontcijferd(deel).replace("\x00", "").replace("\r\n", "\n")
                if soort == "text/html":
                    tekst = unescape(strip_tags(STIJL.sub("", tekst)))
                if tekst.strip():
                    return tekst.strip()[:LANGSTE_TEKST]
    return ""


# --- The calendar in it ---------------------------------------------------------------------------------------------


def _agenda(deel: Message) -> Agendaantwoord | None:
    """The answer in a calendar part, or None when there is none to be read."""
    try:
        agenda = Calendar.from_ical(_rechtgezet(_ontcijferd(deel)))
        gebeurtenissen = list(agenda.walk("VEVENT"))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        return None
    if not gebeurtenissen:
        return None
    methode = str(agenda.get("METHOD") or deel.get_param("method") or "").strip().upper()
    return max((_antwoord(een, methode) for een in gebeurtenissen), key=lambda een: een.volgnummer or 0)


def _rechtgezet(tekst: str) -> str:
    """Only the lines that make an answer, unfolded and on CRLF: nothing else in a reply can do us any harm.

    Time zones, alarms and what a program calls its own are left out, and so are the empty lines that some put between.
    """
    uit, in_wat = [], []
    for regel in tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\n ", "").replace("\n\t", "").split("\n"):
        naam, _, waarde = regel.strip().partition(":")
        naam = naam.partition(";")[0].upper()
        if naam == "BEGIN":
            in_wat.append(waarde.strip().upper())
        if in_wat and in_wat[-1] in ONDERDELEN and naam in REGELS:
            uit.append(regel.strip())
        if naam == "END" and in_wat:
            in_wat.pop()
    return "\r\n".join(uit) + "\r\n"


def _antwoord(gebeurtenis: Event, methode: str) -> Agendaantwoord:
    return Agendaantwoord(
        methode=methode,
        uid=_waarde(gebeurtenis, "UID"),
        volgnummer=_getal(gebeurtenis),
        stempel=_stempel(gebeurtenis),
        organisator=_adres(gebeurtenis.get("ORGANIZER")),
        deelnemers=tuple(_deelnemers(gebeurtenis)),
    )


def _waarde(gebeurtenis: Event, naam: str) -> str:
    waarde = gebeurtenis.get(naam)
    waarde = waarde[0] if isinstance(waarde, list) else waarde
    return "" if waarde is None else str(waarde).strip()


def _getal(gebeurtenis: Event) -> int | None:
    return als_getal(_waarde(gebeurtenis, "SEQUENCE"), HOOGSTE_VOLGNUMMER)


def _stempel(gebeurtenis: Event) -> datetime | None:
    """When it was answered. It has to be in UTC (RFC 5545, 3.8.7.2); who writes no zone is taken to mean that."""
    try:
        stempel = gebeurtenis.decoded("DTSTAMP")
    except (KeyError, ValueError, AttributeError, TypeError):
        return None
    if isinstance(stempel, datetime):
        return (stempel if stempel.tzinfo else stempel.replace(tzinfo=UTC)).astimezone(UTC)
    return datetime(stempel.year, stempel.month, stempel.day, tzinfo=UTC) if isinstance(stempel, date) else None


def _deelnemers(gebeurtenis: Event) -> Iterator[Deelnemer]:
    gevonden = gebeurtenis.get("ATTENDEE") or []
    for deelnemer in gevonden if isinstance(gevonden, list) else [gevonden]:
        stand = str(deelnemer.params.get("PARTSTAT", "")).upper()
        doorgegeven = stand == "DELEGATED" or bool(
            deelnemer.params.get("DELEGATED-TO") or deelnemer.params.get("DELEGATED-FROM")
        )
        yield Deelnemer(_adres(deelnemer), stand, doorgegeven)


def _adres(waarde: object) -> str:
    """The mail address of an ORGANIZER or ATTENDEE; some programs keep it in EMAIL (RFC 7986)."""
    if waarde is None:
        return ""
    if isinstance(waarde, list):
        waarde = waarde[0]
    tekst = str(waarde).strip().strip("<>")
    kaal = tekst[len("mailto:") :] if tekst.lower().startswith("mailto:") else tekst
    if "@" not in kaal:
        kaal = str(getattr(waarde, "params", {}).get("EMAIL", ""))
    return kaal.strip().strip("<>").removeprefix("mailto:").lower()
