"""How near a place is, for everybody; and what was looked for in vain, for the core team."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaart.contactstanden import Contactstand, Reden
from kaart.dekking import GROEPEN
from kaart.models import Contactcijfer, Contactverzoek, Dekking, Zoekvraag
from kaart.permissions import mag_witte_vlekken_zien
from kaart.vlekkenkaart import teken_vlekken, teken_zoekvragen

MEESTE = 25  # areas in the list of searches


@dataclass(frozen=True, slots=True)
class Aandeel:
    """A province or municipality: how many postcodes, and which share is within 10 and within 25 km of a place."""

    naam: str
    aantal: int
    dichtbij: int
    binnen: int

    @classmethod
    def van(cls, naam: str, aantal: int, dichtbij: int, binnen: int) -> "Aandeel":
        return cls(naam, aantal, 100 * dichtbij // aantal, 100 * binnen // aantal)


def _lees(groep: str) -> tuple[dict, object] | tuple[None, None]:
    """Return the newest figures of one age group and when they were worked out; only that part is read."""
    rijen = Dekking.objects.order_by("-berekend_op").values_list(F(f"gegevens__{groep}"), "berekend_op")
    return rijen.first() or (None, None)


def _gemeenten(deel: dict) -> list[tuple[str, list[Aandeel]]]:
    """Return the municipalities of each province."""
    per_provincie: dict[str, list[Aandeel]] = {}
    for provincie, *rest in deel["gemeenten"]:
        per_provincie.setdefault(provincie, []).append(Aandeel.van(*rest))
    return list(per_provincie.items())


@require_safe
@login_not_required
def dekking(request: HttpRequest) -> HttpResponse:
    """Answer `?leeftijd=12-17`; what is no age group shows all ages."""
    groep = request.GET.get("leeftijd", "")
    groep = groep if groep in GROEPEN else "alle"
    deel, berekend_op = _lees(groep)
    context = {"groep": groep, "groepen": [(naam, tekst) for naam, (tekst, *_) in GROEPEN.items()], "deel": deel}
    if deel:
        context |= {
            "berekend_op": berekend_op,
            "nederland": Aandeel.van("Nederland", *deel["totaal"]),
            "provincies": [Aandeel.van(*rij) for rij in deel["provincies"]],
            "gemeenten": _gemeenten(deel),
            "kaart": teken_vlekken(deel["vakken"], deel["voorstellen"]),
        }
    return render(request, "kaart/dekking.html", context)


def _antwoorden() -> list[tuple[str, list[tuple[str, int]]]]:
    """What became of questions of families, in words: a heading, and how often what."""
    cijfers, soorten = Contactcijfer.objects.laatste_jaar(), Contactcijfer.Soort
    gesteld = [("gesteld", aantal) for aantal in cijfers[soorten.GEVRAAGD].values()]
    woorden = {soorten.GEVONDEN: Contactverzoek.Gevonden, soorten.STAND: Contactstand, soorten.REDEN: Reden}
    antwoorden = [
        (soort.label, [(keuze(waarde).label, aantal) for waarde, aantal in cijfers[soort].items()])
        for soort, keuze in woorden.items()
    ]
    return [(kop, geteld) for kop, geteld in [(soorten.GEVRAAGD.label, gesteld), *antwoorden] if geteld]


@require_safe
def witte_vlekken(request: HttpRequest) -> HttpResponse:
    """For the core team: from where every place is far, and where people looked in vain."""
    if not mag_witte_vlekken_zien(request.user):
        raise Http404
    deel, berekend_op = _lees("alle")
    zoekvragen = Zoekvraag.objects.laatste_jaar().toonbaar().per_gebied()
    context = {
        "deel": deel,
        "berekend_op": berekend_op,
        "kaart": teken_vlekken(deel["vakken"], deel["voorstellen"]) if deel else None,
        "zoekvragen": zoekvragen[:MEESTE],
        "antwoorden": _antwoorden(),
        "stippen": teken_zoekvragen((gebied.punt, gebied.aantal) for gebied in zoekvragen),
    }
    return render(request, "kaart/witte_vlekken.html", context)
