"""The list of trajectories, and beginning a new one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import FETCH_RAISE, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from collectief.gebruikers.models import Rol
from trajecten.actions import begin_traject
from trajecten.bladeren import Bladwijzer, blader
from trajecten.fases import Fase
from trajecten.forms.begin import NieuwTrajectForm
from trajecten.forms.lijst import LijstForm
from trajecten.models import Betrokkene, Traject
from trajecten.views.laden import alleen_medewerkers

PER_BLADZIJDE = 30
TEL_TOT = 1000


@require_GET
@alleen_medewerkers
def lijst(request: HttpRequest) -> HttpResponse:
    """The trajectories this visitor may see: searched, chosen, in order, page by page."""
    form = LijstForm(request.GET, wie=request.user)
    gekozen = form.gekozen()
    zichtbaar = Traject.objects.zichtbaar_voor(request.user)
    trajecten = _gekozen(zichtbaar, gekozen)
    bladwijzer = Bladwijzer(gekozen["sorteer"], gekozen["na"], gekozen["voor"])
    bladzijde = blader(trajecten, bladwijzer, PER_BLADZIJDE, zichtbaar=zichtbaar, haal=_voor_de_lijst)
    aantal = trajecten.values("pk")[: TEL_TOT + 1].count()
    context = {"form": form, "bladzijde": bladzijde, "zin": _zin(aantal, gekozen), "is_gekozen": _is_gekozen(gekozen)}
    context["meer_initiatieven"] = len(request.user.initiatieven_als(*Rol.BIJ_INITIATIEF)) > 1
    for kant in ("vorige", "volgende"):
        context[kant] = _adres(gekozen, getattr(bladzijde, kant))
    return render(request, "trajecten/lijst.html", context)


def _gekozen(trajecten: QuerySet[Traject], gekozen: dict) -> QuerySet[Traject]:
    if gekozen["toestand"]:
        trajecten = trajecten.filter(toestand=gekozen["toestand"])
    else:
        trajecten = trajecten.exclude(toestand=Traject.Toestand.OVERGEDRAGEN)
    if gekozen["fase"]:
        trajecten = trajecten.with_fase().filter(fase_nu=gekozen["fase"])
    if gekozen["begeleider"]:
        trajecten = trajecten.van(gekozen["begeleider"])
    return trajecten.met_roepnaam(gekozen["q"])


def _voor_de_lijst(trajecten: QuerySet[Traject]) -> QuerySet[Traject]:
    """What a row shows, fetched at once; anything else raises."""
    begeleiders = Betrokkene.objects.vaste_begeleiders().select_related("gebruiker").fetch_mode(FETCH_RAISE)
    return (
        trajecten.with_fase()
        .select_related("jongere", "initiatief")
        .prefetch_related(Prefetch("betrokkenen", begeleiders, to_attr="begeleiders"))
        .fetch_mode(FETCH_RAISE)
    )


def _is_gekozen(gekozen: dict) -> bool:
    return any(gekozen[naam] for naam in ("q", "fase", "toestand", "begeleider"))


def _zin(aantal: int, gekozen: dict) -> str:
    """How many, and which: `12 trajecten, in de waakvlamfase`."""
    hoeveel = {0: "Geen trajecten", 1: "1 traject"}.get(aantal, f"{aantal} trajecten")
    delen = ["Meer dan 1.000 trajecten" if aantal > TEL_TOT else hoeveel]
    if gekozen["fase"]:
        delen.append(f"in de {Fase(gekozen['fase']).kort.lower()}")
    if gekozen["toestand"]:
        delen.append({"lopend": "nu lopend", "rustend": "nu in rust"}.get(gekozen["toestand"], "overgedragen"))
    if gekozen["begeleider"]:
        delen.append(f"met {gekozen['begeleider'].naam}")
    if gekozen["q"]:
        delen[0] += f" met ‘{gekozen['q']}’ in de roepnaam"
    return ", ".join(delen)


def _adres(gekozen: dict, grens: dict) -> str:
    """The address of a page before or after, with everything that was chosen; nothing when there is no such page."""
    blijft = {naam: gekozen[naam] for naam in ("q", "fase", "toestand", "sorteer") if gekozen[naam]}
    if gekozen["begeleider"]:
        blijft["begeleider"] = gekozen["begeleider"].pk
    return "?" + urlencode(blijft | grens) if grens else ""


@require_http_methods(["GET", "POST"])
@alleen_medewerkers
def nieuw(request: HttpRequest) -> HttpResponse:
    """Begin a trajectory. When the initiative already knows this roepnaam, point that out once."""
    form = NieuwTrajectForm(request.POST or None, door=request.user)
    zelfde = []
    if form.is_valid():
        data = form.cleaned_data
        zelfde = [] if data["toch"] else Traject.objects.zelfde_roepnaam(data["initiatief"], data["roepnaam"])
        if not zelfde:
            traject = begin_traject(
                jongere=form.save(commit=False),
                initiatief=data["initiatief"],
                door=request.user,
                op=data["begonnen_op"],
            )
            messages.success(request, f"{traject.jongere.roepnaam} is begonnen. Welkom!")
            return redirect("trajecten:traject", pk=traject.pk)
    return render(request, "trajecten/nieuw.html", {"form": form, "zelfde": zelfde})
