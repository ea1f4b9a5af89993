"""The letters about a meeting: one for each guest, with what her calendar shows and her own buttons."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from bijeenkomsten.antwoordadres import adres_voor, kenmerk
from bijeenkomsten.models import Bijeenkomst, Rondmail, Uitnodiging
from collectief.gebruikers.models import Gebruiker
from collectief.post.models import Bericht

KNOP = Signer(salt="bijeenkomsten.knop")
KNOPPEN = (("Ik kom", "ja"), ("Misschien", "misschien"), ("Ik kom niet", "nee"))

WEGGEHAALD = "[weggehaald]"
BREUK = r"(?:=?\s*\n[>\s]*)?"  # where a line was broken, with the marks of a quotation

# How an answer stands in a calendar (PARTSTAT, RFC 5545, 3.2.12).
STAND = {
    "ja": "ACCEPTED",
    "misschien": "TENTATIVE",
    "wachtlijst": "TENTATIVE",
    "nee": "DECLINED",
    "open": "NEEDS-ACTION",
}


def brieven(
    bijeenkomst: Bijeenkomst,
    uitnodigingen: Iterable[Uitnodiging],
    *,
    soort: str,
    sleutel: str,
    methode: str = "",
    woorden: dict[str, str] | None = None,
    wie: str = "",
) -> Iterator[Bericht]:
    """One unsaved message for each invitation. `methode` is what the calendar part asks: REQUEST, CANCEL or nothing.

    With `wie` it is a reminder to these guests: it waits for the day, and falls silent when a guest is none of them any
    more.
    """
    algemeen = {
        **(woorden or {}),
        "bijeenkomst": bijeenkomst.naam,
        "wanneer": bijeenkomst.wanneer,
        "waar": bijeenkomst.waar,
        "omdat": bijeenkomst.afgelast_omdat,
        "afmelden_tot": dag_en_tijd(bijeenkomst.afmelden_tot),
    }
    agenda = _agenda(bijeenkomst, methode) if methode else None
    for uitnodiging in uitnodigingen:
        brief = _brief(uitnodiging, algemeen, agenda)
        brief.sleutel, brief.soort, brief.overdag = f"bijeenkomst:{sleutel}:{uitnodiging.pk}", soort, bool(wie)
        brief.groep = stilte(uitnodiging.pk, wie) if wie else groep(bijeenkomst.pk)
        yield brief


def dag_en_tijd(moment: datetime | None) -> str:
    """Until when something can be done, in words; nothing when there is no such moment."""
    return f"{date_format(timezone.localtime(moment), 'l j F, H:i')} uur" if moment else ""


def _brief(uitnodiging: Uitnodiging, algemeen: dict[str, str], agenda: dict | None) -> Bericht:
    """What is hers in a letter: address, links, buttons, and the one guest in the calendar part."""
    antwoord_aan, pad = adres_voor(uitnodiging.pk, uitnodiging.token), uitnodiging.pad
    is_afgelast = bool(agenda) and agenda["is_afgelast"]
    return Bericht(
        aan=uitnodiging.gebruiker,
        aan_adres=uitnodiging.adres,
        pad=pad,
        antwoord_aan=antwoord_aan,
        agenda=agenda and {**agenda, **_genodigde(uitnodiging, antwoord_aan, agenda), "url": settings.BASIS_URL + pad},
        gegevens={
            **algemeen,
            "heeft_account": bool(uitnodiging.gebruiker_id),
            "heeft_antwoordadres": bool(antwoord_aan),
            "knoppen": [] if is_afgelast else knoppen(uitnodiging),
        },
    )


def groep(bijeenkomst_id: int) -> str:
    """What falls silent together when the meeting is called off."""
    return f"bijeenkomst:{bijeenkomst_id}"


def stilte(uitnodiging_id: int, wie: str) -> str:
    """What falls silent together when this guest belongs to these no longer."""
    return f"uitnodiging:{uitnodiging_id}:{wie}"


def rondbrieven(rondmail: Rondmail, uitnodigingen: Iterable[Uitnodiging]) -> Iterator[Bericht]:
    """The letters of a reminder or a message; each at most once per guest, a reminder once per day of the meeting."""
    is_herinnering = rondmail.soort == Rondmail.Soort.HERINNERING
    voor = f"-{int(rondmail.bijeenkomst.begint_op.timestamp())}" if is_herinnering else ""
    return brieven(
        rondmail.bijeenkomst,
        uitnodigingen,
        soort=f"bijeenkomst_{rondmail.soort}",
        sleutel=f"{rondmail.soort}-{rondmail.pk}{voor}",
        methode="REQUEST" if rondmail.soort == Rondmail.Soort.UITNODIGING else "",
        woorden=_woorden(rondmail),
        wie=rondmail.wie if is_herinnering else "",
    )


def proefbrief(rondmail: Rondmail, gebruiker: Gebruiker) -> Bericht:
    """The same letter to who writes it. It asks for no answer, and is another event to her calendar."""
    uitnodiging = Uitnodiging(bijeenkomst=rondmail.bijeenkomst, gebruiker=gebruiker, token="")
    (brief,) = rondbrieven(rondmail, [uitnodiging])
    brief.sleutel, brief.groep, brief.overdag, brief.antwoord_aan = f"bijeenkomst:proef:{uuid4()}", "", False, ""
    brief.gegevens["is_proef"] = True
    if brief.agenda:
        brief.agenda |= {"uid": f"proef-{brief.agenda['uid']}", "methode": "PUBLISH"}
        brief.agenda["organisator"] = brief.agenda["afzender"]
    return brief


def _woorden(rondmail: Rondmail) -> dict[str, str]:
    return {"tekst": rondmail.tekst.replace("\r\n", "\n"), "onderwerp": rondmail.onderwerp}


def knoppen(uitnodiging: Uitnodiging) -> list[tuple[str, str]]:
    """The answers as buttons in a mail. A click shows a page; only the button on that page answers."""
    begin = reverse("bijeenkomsten:knop", args=[KNOP.sign(uitnodiging.pk), "-"]).removesuffix("-/")  # once, for speed
    return [(tekst, f"{begin}{antwoord}/") for tekst, antwoord in KNOPPEN]


def van_knop(token: str) -> int | None:
    """The invitation that a button was made for, or None when we did not make it."""
    try:
        return int(KNOP.unsign(token))
    except (BadSignature, ValueError):
        return None


def zonder_sleutels(tekst: str, uitnodiging: Uitnodiging) -> str:
    """What a guest wrote, without what opens doors: a letter that quotes the invitation is passed on to others.

    Links to this site go, also in the wrapping of a mail scanner; and her own keys, also when a mail program broke the
    line in the middle of one.
    """
    knop = KNOP.sign(uitnodiging.pk).rpartition(KNOP.sep)[2]
    for sleutel in (uitnodiging.token, knop, kenmerk(uitnodiging.pk, uitnodiging.token)):
        tekst = re.sub(BREUK.join(map(re.escape, sleutel)), WEGGEHAALD, tekst)
    waar = re.escape(urlsplit(settings.BASIS_URL).netloc)
    return re.sub(rf"\S*(?://|%2F%2F){waar}[^\s<>\"]*", WEGGEHAALD, tekst, flags=re.IGNORECASE)


def _agenda(bijeenkomst: Bijeenkomst, methode: str) -> dict:
    """What the calendar part says to everyone. Never the online link: a mail is passed on."""
    return {
        "methode": methode,
        "is_afgelast": methode == "CANCEL",
        "uid": str(bijeenkomst.uid),
        # RFC 5546, 3.2.5: calling off is a revision of its own, one above the last time and place.
        "volgnummer": bijeenkomst.volgnummer_agenda + (methode == "CANCEL"),
        "stempel": timezone.now().astimezone(UTC).replace(microsecond=0).isoformat(),
        "begint_op": bijeenkomst.begint_op.isoformat(),
        "eindigt_op": bijeenkomst.eindigt_op.isoformat(),
        "titel": bijeenkomst.naam,
        "omschrijving": bijeenkomst.afgelast_zin if methode == "CANCEL" else bijeenkomst.omschrijving,
        "plaats": bijeenkomst.waar,
        "afzender": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }


def _genodigde(uitnodiging: Uitnodiging, antwoord_aan: str, agenda: dict) -> dict[str, str]:
    """What the calendar part says to this guest. Where nobody reads answers, it only tells."""
    return {
        "methode": agenda["methode"] if antwoord_aan else "PUBLISH",
        "organisator": antwoord_aan or agenda["afzender"],
        "naam": uitnodiging.wie,
        "adres": uitnodiging.mailadres,
        "stand": STAND[uitnodiging.antwoord],
    }
