"""Where answers come in: a mailbox read over IMAP (RFC 9051), or a folder in the embedded mode."""

import hashlib
import imaplib
import logging
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from bijeenkomsten.antwoorden import verwerk, weiger_te_groot

logger = logging.getLogger(__name__)
GROOTSTE = 2_000_000  # bytes; an answer of a calendar program has a hundredth of that
KOP = 64_000  # bytes of a mail that is too large, enough for its headers
MEEST = 200  # mails in one round; the next round takes the rest
GEDULD = 20  # seconds that we wait for a mail server


def lees_antwoorden() -> int:
    """Read what came in since the last time; return how many mails. Safe to run twice and side by side."""
    aantal = _lees_map(settings.BASE_DIR / settings.ANTWOORD_MAP) if settings.ANTWOORD_MAP else 0
    if settings.ANTWOORD_IMAP:
        try:
            aantal += _lees_imap(settings.ANTWOORD_IMAP)
        except (imaplib.IMAP4.error, OSError) as fout:
            logger.warning("mailbox of answers cannot be read (%s); the next round tries again", type(fout).__name__)
    return aantal


def _lees_map(map_: Path) -> int:
    """Every letter in the folder that was not read before. They stay where they are."""
    return sum(_lees_bestand(pad) for pad in sorted(map_.glob("*.eml")))


def _lees_bestand(pad: Path) -> bool:
    grootte = pad.stat().st_size
    if grootte <= GROOTSTE:
        return verwerk(pad.read_bytes()) is not None
    with pad.open("rb") as bestand:
        kenmerk = hashlib.file_digest(bestand, "sha256").hexdigest()
        bestand.seek(0)
        return weiger_te_groot(bestand.read(KOP), kenmerk=kenmerk, grootte=grootte) is not None


def _lees_imap(adres: str) -> int:
    """Every mail that is unread. It is marked as read once it is in our table, and never deleted."""
    waar = urlsplit(adres)
    soort = imaplib.IMAP4_SSL if waar.scheme == "imaps" else imaplib.IMAP4
    with soort(waar.hostname, waar.port or (993 if waar.scheme == "imaps" else 143), timeout=GEDULD) as postbus:
        postbus.login(unquote(waar.username or ""), unquote(waar.password or ""))
        postbus.select(f'"{unquote(waar.path.strip("/")) or "INBOX"}"')
        nummers = postbus.uid("SEARCH", "UNSEEN")[1][0] or b""
        return sum(_lees_uid(postbus, nummer.decode()) for nummer in nummers.split()[:MEEST])


def _lees_uid(postbus: imaplib.IMAP4, uid: str) -> bool:
    antwoord = postbus.uid("FETCH", uid, "(RFC822.SIZE)")[1]
    grootte = int(re.search(rb"RFC822\.SIZE (\d+)", b" ".join(_bytes(antwoord)))[1])
    if grootte <= GROOTSTE:
        mail = verwerk(_opgehaald(postbus, uid, "(BODY.PEEK[])"))
    else:
        kop = _opgehaald(postbus, uid, "(BODY.PEEK[HEADER])")
        mail = weiger_te_groot(kop, kenmerk=hashlib.sha256(kop).hexdigest(), grootte=grootte)
    postbus.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    return mail is not None


def _opgehaald(postbus: imaplib.IMAP4, uid: str, wat: str) -> bytes:
    """The literal in the answer to FETCH."""
    return next(deel[1] for deel in postbus.uid("FETCH", uid, wat)[1] if isinstance(deel, tuple))


def _bytes(antwoord: list) -> list[bytes]:
    return [deel if isinstance(deel, bytes) else deel[0] for deel in antwoord if deel]
