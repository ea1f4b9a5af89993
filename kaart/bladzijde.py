"""The page of the map, put together from templates that are rendered once with gaps, and then only filled in.

The frame has one form per set of filters, a full answer too, and a row one for every kind of row. What differs from one
visitor to the next is only the nonce. It is filled in last, so that whoever asks the same gets the same pieces.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import quote_plus

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from collectief.context import algemeen
from collectief.geo.namen import PROVINCIES
from collectief.geo.rd import Punt
from collectief.geo.register import Doel
from collectief.geo.zoeken import Gevonden, Uitkomst
from initiatieven.models.initiatief import OUDSTE
from kaart.aanbod import GENOEG, PER_PAGINA, Aanbod, Rij, zoek_aanbod
from kaart.filters import FILTERS
from kaart.forms.vraag import HEEL_NEDERLAND, STRALEN, Vraag
from kaart.plattegrond import teken
from kaart.plek import Plek, Ruimteregel
from kaart.uitgeven import Soort, nieuwste
from kaart.verpakking import Deel, druk
from kaart.wegwijzer import Wegwijzer

MERK = secrets.token_hex(8)  # nobody can type it
GAT = re.compile(rf"{MERK}\.([\w:-]+)\.")  # stays as it is when it is escaped, or put in an address
NONCE, FEED = "nonce", "feed"  # gaps that are filled when a page is sent, not when it is made
LAAT = re.compile(rf"{MERK}\.({NONCE}|{FEED})\.")
Stukken = list[Deel | str]  # a string is the name of a gap that is filled when the page is sent


class Bladzijde(NamedTuple):
    """A page that was made, and whether what was looked for is not there within the distance."""

    stukken: Stukken
    is_vergeefs: bool = False


VERZOEK = {"path": "/kaart/"}  # all that the frame asks of a request


def gat(naam: str) -> SafeString:
    """Return what stands in a template where an answer fills something in."""
    return mark_safe(f"{MERK}.{naam}.")  # noqa: S308 (our own words)


class Vorm:
    """A rendered template with gaps."""

    def __init__(self, tekst: str):
        self.tekst = tekst
        self.delen = GAT.split(tekst)
        self.namen = self.delen[1::2]

    def vul(self, waarden: Mapping[str, str]) -> str:
        """Return the text with all gaps filled."""
        delen = self.delen.copy()
        delen[1::2] = map(waarden.__getitem__, self.namen)
        return "".join(delen)

    def druk(self, waarden: Mapping[str, str]) -> Stukken:
        """Return the text in pressed pieces, and between them the gaps that are filled when the page is sent."""
        return [druk(stuk.als_bytes(waarden)) if isinstance(stuk, Vorm) else stuk for stuk in self._stukken]

    def als_bytes(self, waarden: Mapping[str, str]) -> bytes:
        """The same as `vul`, for a long text of which little is filled in: the rest was made into bytes once."""
        delen = self._bytes.copy()
        delen[1::2] = [waarden[naam].encode() for naam in self.namen]
        return b"".join(delen)

    @cached_property
    def _bytes(self) -> list[bytes]:
        return [deel.encode() for deel in self.delen]

    @cached_property
    def _stukken(self) -> list[Vorm | Deel | str]:
        """The pieces between the gaps that are filled late. One without other gaps never changes: pressed already."""
        stukken = LAAT.split(self.tekst)
        stukken[::2] = [Vorm(stuk) if GAT.search(stuk) else druk(stuk.encode()) for stuk in stukken[::2]]
        return stukken


class Rijsoort(NamedTuple):
    """What decides which words stand in a row; what these words say of one place is filled in."""

    is_ergens: bool
    is_ongeveer: bool
    is_te_vragen: bool
    gedateerd: tuple[bool, ...]  # per line about room: whether it has a day


@lru_cache(maxsize=256)
def _rijvorm(soort: Rijsoort) -> Vorm:
    """Render the row of a place of this kind."""
    gaten = {naam: gat(naam) for naam in ("pk", "slug", "initiatief", "omschrijving")}
    plek = gaten | {"coordinaten": (gat("lat"), gat("lon")), "punt": soort.is_ergens} | soort._asdict()
    ruimte = [
        Ruimteregel(gat(f"toestand{nummer}"), gat(f"tekst{nummer}"), gat(f"datum{nummer}") if heeft_datum else "")
        for nummer, heeft_datum in enumerate(soort.gedateerd)
    ]
    context = {"plek": plek, "ruimte": ruimte, "nummer": gat("nummer"), "afstand": gat("afstand")}
    return Vorm(render_to_string("kaart/rij.html", context))


def _rij(plek: Plek, leeftijd: int | None) -> Vorm:
    """Return the row of one place, with gaps for what differs per answer: its number and how far it is."""
    ruimte = plek.ruimte(leeftijd)
    soort = Rijsoort(
        plek.punt is not None, plek.is_ongeveer, plek.is_te_vragen, tuple(bool(regel.datum) for regel in ruimte)
    )
    waarden = {naam: escape(str(getattr(plek, naam))) for naam in ("pk", "slug", "initiatief", "omschrijving")}
    waarden["lat"], waarden["lon"] = plek.coordinaten
    for nummer, regel in enumerate(ruimte):
        waarden |= {f"{naam}{nummer}": escape(waarde) for naam, waarde in regel._asdict().items()}
    return Vorm(_rijvorm(soort).vul(waarden | {naam: gat(naam) for naam in ("nummer", "afstand")}))


def rijen(gids: Wegwijzer, lijst: Iterable[Rij], leeftijd: int | None) -> SafeString:
    """Render these places as rows of a list. A row that was made before is kept as long as the places are the same."""
    rij = gids.rijen.neem_of_maak
    return mark_safe(  # noqa: S308 (rendered by a template)
        "".join(
            rij((een.plek.pk, leeftijd), lambda een=een: _rij(een.plek, leeftijd)).vul(
                {"nummer": str(een.nummer), "afstand": een.afstand}
            )
            for een in lijst
        )
    )


def _groepen(vraag: Vraag, *, geteld: bool) -> list[dict]:
    """The filters for the form, with a gap for each count."""
    gekozen = dict(vraag.keuzes)

    def keuze(naam: str, waarde: str, woorden: str) -> dict:
        is_aan = waarde in gekozen.get(naam, ())
        return {
            "waarde": waarde,
            "woorden": woorden,
            "is_aan": is_aan,
            "telling": _telling(naam, waarde, geteld=geteld),
        }

    return [
        {"naam": f.naam, "vraag": f.vraag, "keuzes": [keuze(f.naam, *paar) for paar in f.keuzes.items()]}
        for f in FILTERS
    ]


def _telling(naam: str, waarde: str, *, geteld: bool) -> str:
    return gat(f"{naam}:{waarde}") if geteld else ""


def _kader_context(vraag: Vraag, klacht: str, *, geteld: bool) -> dict:
    """What the frame shows whatever the answer is."""
    stralen = [(km, woorden, _telling("straal", km, geteld=geteld)) for km, woorden in STRALEN]
    return algemeen(None) | {
        "request": VERZOEK,
        "csp_nonce": gat(NONCE),
        "feed": gat(FEED),
        "vraag": vraag,
        "klacht": klacht,
        "stratenkaart": settings.STRATENKAART,
        "groepen": _groepen(vraag, geteld=geteld),
        "stralen": stralen,
        "straal": str(vraag.straal or HEEL_NEDERLAND),
        "oudste": OUDSTE,
        "telling_plek": _telling("plek", "1", geteld=geteld),
        "telling_online": _telling("online", "1", geteld=geteld),
    }


@lru_cache(maxsize=256)
def _kader(kern: Vraag, klacht: str, demo: bool) -> Vorm:  # noqa: FBT001 (part of the key)
    context = _kader_context(kern, klacht, geteld=True)
    gaten = {naam: gat(naam) for naam in ("kop", "q", "bij", "doel", "antwoord", "tekening")}
    return Vorm(render_to_string("kaart/kaart.html", context | gaten))


def _verborgen(vraag: Vraag) -> str:
    return format_html('<input type="hidden" name="bij" value="{}">', vraag.bij) if vraag.bij else ""


def feed_adres() -> str:
    """Where the dots of the map are: the newest published file, or before there is one the address that makes it."""
    uitgave = nieuwste(Soort.KAART)
    return uitgave.adres if uitgave else _feed_ongepubliceerd()


@lru_cache(maxsize=1)
def _feed_ongepubliceerd() -> str:
    return reverse("kaart:plekken")


def _doel(doel: Doel | None) -> str:
    """What the map wants to know of the point that is asked from."""
    if doel is None:
        return ""
    return f'data-lat="{doel.lat}" data-lon="{doel.lon}" data-label="{escape(doel.label)}"'


def antwoord(aanbod: Aanbod, vraag: Vraag, doel: Doel, uitleg: str, gids: Wegwijzer) -> SafeString:
    """Return what was found around a point, rendered; every link in it belongs to the page of the map."""
    lijsten = {
        naam: rijen(gids, getattr(aanbod, naam), vraag.leeftijd)
        for naam in ("binnen", "verder", "bijna", "landelijk", "online")
    }
    inhoud = {"aantal": str(aanbod.aantal), "label": doel.label, "q": vraag.q}
    if aanbod.is_mager or uitleg or not aanbod.binnen:
        context = inhoud | {"aanbod": aanbod, "vraag": vraag, "uitleg": uitleg, "lijsten": lijsten}
        return render_to_string("kaart/antwoord.html", context)
    waar = "bij" if vraag.bij else "q"
    vast = replace(vraag, **{"q": "", "bij": "", waar: gat("waar")})  # what somebody typed makes no other form
    vorm = _ruime_vorm(vast, len(aanbod.binnen), heeft_meer=aanbod.heeft_meer)
    inhoud = {naam: escape(waarde) for naam, waarde in inhoud.items()}
    gevuld = vorm.vul(inhoud | {"waar": quote_plus(getattr(vraag, waar)), "binnen": lijsten["binnen"]})
    return mark_safe(gevuld)  # noqa: S308 (every part of it is escaped)


@lru_cache(maxsize=256)
def _ruime_vorm(vraag: Vraag, getoond: int, *, heeft_meer: bool) -> Vorm:
    """Render an answer that has enough, and so needs no advice: it differs only in where was asked and what is there.

    `getoond` is how many places stand on this page.
    """
    eerste = (vraag.pagina - 1) * PER_PAGINA + 1
    binnen = [Rij(None, nummer=0 if vraag.online else nummer) for nummer in range(eerste, eerste + getoond)]
    context = {naam: gat(naam) for naam in ("aantal", "label", "q")} | {
        "aanbod": Aanbod(aantal=GENOEG, binnen=binnen, heeft_meer=heeft_meer),
        "vraag": vraag,
        "uitleg": "",
        "lijsten": {"binnen": gat("binnen")},
    }
    return Vorm(render_to_string("kaart/antwoord.html", context))


@lru_cache(maxsize=1)
def _tekenvorm() -> Vorm:
    return Vorm(render_to_string("kaart/tekening.html", {naam: gat(naam) for naam in ("uitsnede", "wat", "getekend")}))


def _tekening(punt: Punt | None, aanbod: Aanbod) -> str:
    beeld = teken(punt, aanbod.plekken)
    wat = " met de plekken uit de lijst" if beeld.stippen else ""
    return _tekenvorm().vul({"uitsnede": beeld.uitsnede, "wat": wat, "getekend": beeld.getekend})


def maak_gevonden(vraag: Vraag, uitkomst: Gevonden, klacht: str, gids: Wegwijzer) -> Bladzijde:
    """Make the page around a point."""
    doel, punt = uitkomst.doel, uitkomst.doel.punt
    aanbod = zoek_aanbod(punt, vraag, gids)
    waarden = {keuze: str(aantal) for keuze, aantal in aanbod.tellingen.items()} | {
        "kop": escape(f"Plekken rond {doel.label}"),
        "q": escape(vraag.q),
        "bij": _verborgen(vraag),
        "doel": _doel(doel),
        "antwoord": antwoord(aanbod, vraag, doel, uitkomst.uitleg, gids),
        "tekening": _tekening(punt, aanbod),
    }
    stukken = _kader(vraag.kern, klacht, settings.DEMO).druk(waarden)
    return Bladzijde(stukken, is_vergeefs=not aanbod.aantal and vraag.pagina == 1)


def vraag_terug(vraag: Vraag, uitkomst: Uitkomst) -> SafeString:
    """Return what is asked back when there is no one point: nothing typed, several places of that name, or none."""
    doelen = getattr(uitkomst, "keuzes", []) + getattr(uitkomst, "suggesties", [])
    context = {
        "vraag": vraag,
        "uitkomst": uitkomst,
        "soort": type(uitkomst).__name__.lower(),
        "keuzes": [(doel, vraag.adres(q=doel.zoekterm, bij="", pagina=1)) for doel in doelen],
        "provincies": [(naam, vraag.adres(q=f"provincie {naam}", bij="", pagina=1)) for naam in PROVINCIES],
    }
    return render_to_string("kaart/vraag_terug.html", context)


def maak_vraag_terug(vraag: Vraag, uitkomst: Uitkomst, klacht: str) -> Bladzijde:
    """Make the page of a question that has no one point."""
    inhoud = {
        "kop": "Vind een plek in de buurt",
        "q": vraag.q,
        "bij": "",
        "doel": "",
        "antwoord": vraag_terug(vraag, uitkomst),
        "tekening": mark_safe(_tekening(None, Aanbod())),  # noqa: S308
    }
    pagina = render_to_string("kaart/kaart.html", _kader_context(vraag, klacht, geteld=False) | inhoud)
    return Bladzijde(Vorm(pagina).druk({}))
