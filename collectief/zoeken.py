"""Searching the whole site for what everybody may know. Touches neither session nor user, and keeps nothing."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from bijeenkomsten.models import Bijeenkomst
from collectief.geo import namen
from collectief.geo.doorsturen import stuurt_door, woorden_in_adres
from collectief.geo.namen import heeft_huis
from collectief.geo.register import Doel
from collectief.geo.zoeken import Gevonden, Keuze
from collectief.geo.zoeken import zoek as zoek_plaats
from initiatieven.models import Initiatief, Plekverhaal

HOOGSTENS = 6  # of each kind; the lists of each kind have the rest


class Pagina(NamedTuple):
    """A page of our own: where it is, what it is called, and other words by which people look for it."""

    adres: str
    titel: str
    woorden: str


PAGINAS = (
    Pagina("/kaart/", "De kaart", "plek zoeken vinden plattegrond buurt"),
    Pagina("/kaart/hulp/", "Help me zoeken", "hulp vragen kiezen past thuiszitten"),
    Pagina("/kaart/alarm/", "Een mailtje bij een nieuwe plek", "alarm melding bericht wachtlijst"),
    Pagina("/kaart/dekking/", "Hoe dichtbij is een plek?", "dekking cijfers afstand provincie"),
    Pagina("/kaart/open-data/", "Open data", "gegevens downloaden csv geojson bestand"),
    Pagina("/kaart/insluiten/maken/", "De kaart op je site", "insluiten embed website school gemeente"),
    Pagina("/initiatieven/", "Alle initiatieven", "lijst gids leden"),
    Pagina("/initiatieven/verhalen/", "Verhalen", "ervaringen voorbeelden"),
    Pagina("/initiatieven/aanmelden/", "Je initiatief aanmelden", "lid worden lidmaatschap meedoen toets"),
    Pagina("/initiatieven/verbondgenoten/", "Verbondgenoten", "partners ambassadeurs organisaties"),
    Pagina("/bijeenkomsten/", "Bijeenkomsten", "agenda kalender ontmoeten"),
    Pagina(
        "/over/",
        "Over de aanpak",
        "fasen landen verkennen doorstromen waakvlam nazorg ontwikkelingsgericht visie bronnen",
    ),
    Pagina("/uitleg/", "Hoe werkt het?", "uitleg hulp handleiding gids inloggen tweede stap wachtwoord"),
    Pagina("/pers/", "Voor de pers", "journalist media contact logo cijfers"),
    Pagina("/beveiliging/", "Een lek melden", "beveiliging veiligheid security kwetsbaarheid"),
    Pagina("/privacy/", "Privacy", "gegevens cookies bewaren avg rechten"),
    Pagina("/accounts/login/", "Inloggen", "account medewerker wachtwoord vandaag"),
)
WOORDEN = tuple((pagina, namen.woorden(f"{pagina.titel} {pagina.woorden}").split()) for pagina in PAGINAS)


class SiteZoekForm(forms.Form):
    """One question to the whole site."""

    q = forms.CharField(
        label="Zoek een plek, bijeenkomst, verhaal of bladzijde",
        max_length=namen.MAX_LENGTE,
        required=False,
        error_messages={"max_length": f"Gebruik hoogstens {namen.MAX_LENGTE} tekens."},
        widget=forms.SearchInput(attrs={"enterkeyhint": "search"}),
    )

    def __init__(self, parameters):
        super().__init__({"q": namen.leesbaar(parameters.get("q", ""))}, auto_id="zoek-%s")


def paginas_bij(tekst: str) -> list[Pagina]:
    """Our own pages of which some word begins like each word that was typed."""
    gezocht = [woord for woord in namen.woorden(tekst).split() if len(woord) > 1]
    if not gezocht:
        return []
    return [
        pagina
        for pagina, woorden in WOORDEN
        if all(any(woord.startswith(deel) for woord in woorden) for deel in gezocht)
    ]


def plaatsen_bij(tekst: str) -> list[Doel]:
    """Places and postcodes of this name, to look around on the map. What only resembles a name is no answer here."""
    uitkomst = zoek_plaats(tekst)
    if isinstance(uitkomst, Keuze):
        return uitkomst.keuzes
    return [uitkomst.doel] if isinstance(uitkomst, Gevonden) and not uitkomst.uitleg else []


def vind_alles(q: str) -> dict[str, list]:
    """What the whole site knows of `q`: four queries, whatever is found."""
    initiatieven = Initiatief.objects.vindbaar().zoek(q).op_naam().prefetch_related("locaties")
    verhalen = Plekverhaal.objects.vindbaar().zoek(q).nieuwste_eerst().select_related("initiatief")
    bijeenkomsten = Bijeenkomst.objects.openbaar().zoek(q).order_by("-begint_op", "-pk")
    return {
        "paginas": paginas_bij(q),
        "plaatsen": plaatsen_bij(q),
        "initiatieven": list(initiatieven.fetch_mode(models.FETCH_RAISE)[:HOOGSTENS]),
        "verhalen": list(verhalen.fetch_mode(models.FETCH_RAISE)[:HOOGSTENS]),
        "bijeenkomsten": list(bijeenkomsten.fetch_mode(models.FETCH_RAISE)[:HOOGSTENS]),
    }


def _schoon_adres(parameters: QueryDict) -> str:
    return "?" + urlencode({"q": woorden_in_adres(parameters, "q")})


@stuurt_door(_schoon_adres)
@login_not_required
def zoeken(request: HttpRequest) -> HttpResponse:
    """Places, initiatives, stories, public meetings and pages that have to do with what was typed."""
    if heeft_huis(request.GET.get("q", "")):
        return redirect(request.path + _schoon_adres(request.GET))
    form = SiteZoekForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    gevonden = vind_alles(q) if q else {}
    context = {"form": form, "q": q, "is_gevonden": any(gevonden.values()), "hoogstens": HOOGSTENS, **gevonden}
    return render(request, "pagina/zoeken.html", context)
