"""The page of the map, put together from templates that are rendered once with gaps, and then only filled in.

The frame has one form per set of filters, a full answer too, and a row one for every kind of row. What differs from one
visitor to the next is only the nonce. It is filled in last, so that whoever asks the same gets the same pieces.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from html import escape
from typing import NamedTuple
from urllib.parse import quote_plus

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from collectief.context import algemeen
from collectief.geo.namen import PROVINCIES
from collectief.geo.rd import Punt
from collectief.geo.register import Doel
from collectief.geo.zoeken import Gevonden, Uitkomst
from initiatieven.models.initiatief import OUDSTE
from kaart.aanbod import GENOEG, PER_PAGINA, Aanbod, Rij, zoek_aanbod
from kaart.filters import FILTERS
from kaart.plattegrond import Stipvorm, stipvorm, teken
from kaart.plek import Plek, Ruimteregel
from kaart.uitgeven import Soort, nieuwste
from kaart.verpakking import Begin, Deel, begin, druk
from kaart.vraag import HEEL_NEDERLAND, RUIM, STRALEN, Vraag
from kaart.wegwijzer import Wegwijzer, wegwijzer

MERK = secrets.token_hex(8)  # nobody can type it
GAT = re.compile(rf"{MERK}\.([\w:-]+)\.")  # stays as it is when it is escaped, or put in an address
NONCE, FEED = "nonce", "feed"  # gaps that are filled when a page is sent, not when it is made
LAAT = re.compile(rf"{MERK}\.({NONCE}|{FEED})\.")
VERZOEK = {"path": "/kaart/"}  # all that the frame asks of a request
Rest = list[Deel | str]  # a string is the name of a gap that is filled when the page is sent


class Bladzijde(NamedTuple):
    """A page that was made, and whether what was looked for is not there within the distance.

    Everything that an answer fills in stands in its beginning; the rest belongs to the frame.
    """

    begin: Begin
    rest: Rest
    is_vergeefs: bool = False


def gat(naam: str) -> SafeString:
    """Return what stands in a template where an answer fills something in."""
    return mark_safe(f"{MERK}.{naam}.")  # noqa: S308 (our own words)


class Vorm:
    """A rendered template with gaps. It was made into bytes once, so that filling it in is copying."""

    __slots__ = ("_delen", "_namen")

    def __init__(self, tekst: str):
        delen = GAT.split(tekst)
        self._namen = tuple(delen[1::2])
        self._delen = [deel.encode() for deel in delen]

    def vul(self, waarden: Mapping[str, bytes]) -> bytes:
        """Return the text with all gaps filled."""
        delen = self._delen.copy()
        delen[1::2] = map(waarden.__getitem__, self._namen)
        return b"".join(delen)


def _knip(tekst: str) -> tuple[str, Rest]:
    """Cut at the gaps that are filled late. What stands after the first of them never changes: it is pressed now."""
    eerst, *rest = LAAT.split(tekst)
    rest[1::2] = [druk(stuk.encode()) for stuk in rest[1::2]]
    return eerst, rest


def veilig(tekst: object) -> bytes:
    """What may stand in a page."""
    return escape(str(tekst)).encode()


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


class Getekend(NamedTuple):
    """A place as a row and as a dot, in pieces between which stands what differs per answer.

    They lie together, because a page takes twelve of them from all over the memory.
    """

    voor_nummer: bytes
    voor_afstand: bytes
    einde: bytes
    stip: Stipvorm


def _getekend(plek: Plek, leeftijd: int | None) -> Getekend:
    ruimte = plek.ruimte(leeftijd)
    soort = Rijsoort(
        plek.punt is not None, plek.is_ongeveer, plek.is_te_vragen, tuple(bool(regel.datum) for regel in ruimte)
    )
    waarden = {naam: veilig(getattr(plek, naam)) for naam in ("pk", "slug", "initiatief", "omschrijving")}
    waarden["lat"], waarden["lon"] = map(veilig, plek.coordinaten)
    for nummer, regel in enumerate(ruimte):
        waarden |= {f"{naam}{nummer}": veilig(waarde) for naam, waarde in regel._asdict().items()}
    gaten = {naam: gat(naam).encode() for naam in ("nummer", "afstand")}
    voor_nummer, _, rest = _rijvorm(soort).vul(waarden | gaten).partition(gaten["nummer"])
    voor_afstand, _, einde = rest.partition(gaten["afstand"])
    return Getekend(voor_nummer, voor_afstand, einde, stipvorm(plek.punt) if plek.punt else (b"", b""))


def _haal(gids: Wegwijzer, lijst: Iterable[Rij], leeftijd: int | None) -> list[Getekend]:
    """Return these places as they are drawn. What was made before is kept as long as the places are the same."""
    gemaakt, maak = gids.rijen.get, gids.rijen.neem_of_maak  # the second takes three times as long
    return [
        gemaakt((rij.plek.pk, leeftijd)) or maak((rij.plek.pk, leeftijd), partial(_getekend, rij.plek, leeftijd))
        for rij in lijst
    ]


def rijen(gids: Wegwijzer, lijst: list[Rij], leeftijd: int | None) -> bytes:
    """Render these places as rows of a list. A place that is nowhere has no number and no distance."""
    stukken: list[bytes] = []
    for rij, (voor_nummer, voor_afstand, einde, _) in zip(lijst, _haal(gids, lijst, leeftijd), strict=True):
        nummer = b"%d" % rij.nummer if rij.nummer else b""
        stukken += (voor_nummer, nummer, voor_afstand, rij.afstand.encode(), einde)
    return b"".join(stukken)


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
def _kader(kern: Vraag, klacht: str, demo: bool) -> tuple[Vorm, Rest]:  # noqa: FBT001 (part of the key)
    context = _kader_context(kern, klacht, geteld=True)
    gaten = {naam: gat(naam) for naam in ("kop", "q", "bij", "doel", "antwoord", "tekening")}
    eerst, rest = _knip(render_to_string("kaart/kaart.html", context | gaten))
    return Vorm(eerst), rest


def _verborgen(vraag: Vraag) -> bytes:
    return b'<input type="hidden" name="bij" value="%b">' % veilig(vraag.bij) if vraag.bij else b""


def feed_adres() -> str:
    """Where the dots of the map are: the newest published file, or before there is one the address that makes it."""
    uitgave = nieuwste(Soort.KAART)
    return uitgave.adres if uitgave else _feed_ongepubliceerd()


@lru_cache(maxsize=1)
def _feed_ongepubliceerd() -> str:
    return reverse("kaart:plekken")


def _doel(doel: Doel) -> bytes:
    """What the map wants to know of the point that is asked from."""
    return b'data-lat="%b" data-lon="%b" data-label="%b"' % tuple(map(veilig, (doel.lat, doel.lon, doel.label)))


def antwoord(aanbod: Aanbod, vraag: Vraag, doel: Doel, uitleg: str, gids: Wegwijzer) -> bytes:
    """Return what was found around a point, rendered; every link in it belongs to the page of the map."""
    if aanbod.is_mager or uitleg or not aanbod.binnen:
        return _schraal(aanbod, vraag, doel, uitleg, gids)
    waar = "bij" if vraag.bij else "q"
    vorm = _ruime_vorm(vraag.kern, waar, vraag.pagina, len(aanbod.binnen), heeft_meer=aanbod.heeft_meer)
    return vorm.vul(
        {
            "aantal": b"%d" % aanbod.aantal,
            "label": veilig(doel.midden),
            "q": veilig(vraag.q),
            "waar": quote_plus(getattr(vraag, waar)).encode(),
            "binnen": rijen(gids, aanbod.binnen, vraag.leeftijd),
        }
    )


def _schraal(aanbod: Aanbod, vraag: Vraag, doel: Doel, uitleg: str, gids: Wegwijzer) -> bytes:
    """Render an answer that gives advice, or explains what was done with what was typed: no two are alike."""
    lijsten = {
        naam: mark_safe(rijen(gids, getattr(aanbod, naam), vraag.leeftijd).decode())  # noqa: S308 (our own template)
        for naam in ("binnen", "verder", "bijna", "landelijk", "online")
    }
    inhoud = {"aantal": str(aanbod.aantal), "label": doel.midden, "q": vraag.q}
    context = inhoud | {"aanbod": aanbod, "vraag": vraag, "uitleg": uitleg, "lijsten": lijsten}
    return render_to_string("kaart/antwoord.html", context).encode()


@lru_cache(maxsize=256)
def _ruime_vorm(kern: Vraag, waar: str, pagina: int, getoond: int, *, heeft_meer: bool) -> Vorm:
    """Render an answer that has enough, and so needs no advice: it differs only in where was asked and what is there.

    What somebody typed, in the parameter `waar`, makes no other form. `getoond` places stand on this page.
    """
    vraag = replace(kern, pagina=pagina, **{waar: gat("waar")})
    eerste = (pagina - 1) * PER_PAGINA + 1
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


def tekening(punt: Punt | None, aanbod: Aanbod, leeftijd: int | None, gids: Wegwijzer) -> bytes:
    """Render the map as it is without JavaScript, with a dot for every place that has a number."""
    plekken = aanbod.plekken
    beeld = teken(punt, plekken)
    stippen = [(een.stip, rij.nummer) for rij, een in zip(plekken, _haal(gids, plekken, leeftijd), strict=True)]
    wat = b" met de plekken uit de lijst" if plekken else b""
    return _tekenvorm().vul({"uitsnede": beeld.uitsnede.encode(), "wat": wat, "getekend": beeld.getekend(stippen)})


def maak_gevonden(vraag: Vraag, uitkomst: Gevonden, klacht: str, gids: Wegwijzer) -> Bladzijde:
    """Make the page around a point."""
    doel, punt = uitkomst.doel, uitkomst.doel.punt
    aanbod = zoek_aanbod(punt, vraag, gids)
    waarden = {keuze: b"%d" % aantal for keuze, aantal in aanbod.tellingen.items()} | {
        "kop": veilig(f"Plekken rond {doel.label}"),
        "q": veilig(vraag.q),
        "bij": _verborgen(vraag),
        "doel": _doel(doel),
        "antwoord": antwoord(aanbod, vraag, doel, uitkomst.uitleg, gids),
        "tekening": tekening(punt, aanbod, vraag.leeftijd, gids),
    }
    vorm, rest = _kader(vraag.kern, klacht, settings.DEMO)
    return Bladzijde(begin(vorm.vul(waarden)), rest, is_vergeefs=not aanbod.aantal and vraag.pagina == 1)


def vraag_terug(vraag: Vraag, uitkomst: Uitkomst) -> SafeString:
    """Return what is asked back when there is no one point: nothing typed, several places of that name, or none."""
    ruim = replace(vraag, bij="", straal=RUIM, pagina=1)
    doelen = getattr(uitkomst, "keuzes", []) + getattr(uitkomst, "suggesties", [])
    context = {
        "vraag": vraag,
        "uitkomst": uitkomst,
        "soort": type(uitkomst).__name__.lower(),
        "keuzes": [(doel, vraag.adres(q=doel.zoekterm, bij="", pagina=1)) for doel in doelen],
        "provincies": [(naam, ruim.adres(q=f"provincie {naam}")) for naam in PROVINCIES],
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
        "tekening": mark_safe(tekening(None, Aanbod(), None, wegwijzer()).decode()),  # noqa: S308 (whole numbers only)
    }
    eerst, rest = _knip(render_to_string("kaart/kaart.html", _kader_context(vraag, klacht, geteld=False) | inhoud))
    return Bladzijde(begin(eerst.encode()), rest)
