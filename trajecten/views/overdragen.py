"""Handing over, from the side that gives: propose, choose what goes along, agree, take the steps, print."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from collectief.getallen import als_getal
from trajecten.forms.overdracht import (
    HOOGSTENS,
    BinnenForm,
    BuitenForm,
    OverdrachtafspraakForm,
    OverdrachtstapForm,
    StukkenForm,
    ZoekPlekForm,
    kunnen_ontvangen,
)
from trajecten.kring import kies_stukken, stel_overdracht_voor, zet_overdracht
from trajecten.models import Overdracht, OverdrachtGeweigerd, Overdrachtstuk, Traject
from trajecten.overdrachten import Kant, Overdrachtstand
from trajecten.permissions import mag_overdracht_voorstellen
from trajecten.stukken import Stuk, al_gekozen, met_fotos, momentstukken, plan_wacht, vaste_stukken
from trajecten.views.laden import open_traject


@require_http_methods(["GET", "POST"])
def overdragen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the handovers of this trajectory, and let its coördinator propose one."""
    traject = open_traject(request, pk, "overdracht")
    mag = mag_overdracht_voorstellen(request.user, traject)
    soort = request.POST.get("soort", "")
    formulieren = _voorstelformulieren(request, traject, soort)
    if soort in formulieren and formulieren[soort].is_valid():
        if not mag:
            raise Http404
        return _stel_voor(request, traject, formulieren[soort].cleaned_data)
    allen = list(traject.overdrachten.select_related("van", "naar", "plek__gebruiker").order_by("-begonnen_op"))
    loopt = next((overdracht for overdracht in allen if not overdracht.is_klaar), None)
    context = {"traject": traject, "allen": allen, "loopt": loopt, "mag": mag, **formulieren}
    return render(request, "trajecten/overdragen.html", context)


def _voorstelformulieren(request: HttpRequest, traject: Traject, soort: str) -> dict:
    zoekform = ZoekPlekForm(request.GET if "q" in request.GET else None)
    zoek = zoekform.cleaned_data["q"] if zoekform.is_valid() else ""
    gevonden = list(kunnen_ontvangen(traject, zoek)[:HOOGSTENS].values_list("pk", flat=True)) if zoek else []
    post = {naam: request.POST if naam == soort else None for naam in ("binnen", "buiten")}
    return {
        "zoekform": zoekform,
        "zoek": zoek,
        "gevonden": gevonden,
        "binnen": BinnenForm(post["binnen"], traject=traject, gevonden=gevonden),
        "buiten": BuitenForm(post["buiten"], traject=traject),
    }


def _stel_voor(request: HttpRequest, traject: Traject, bestemming: dict) -> HttpResponse:
    try:
        overdracht = stel_overdracht_voor(traject=traject, door=request.user, **bestemming)
    except OverdrachtGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
        return redirect("trajecten:overdragen", pk=traject.pk)
    messages.success(request, "Voorgesteld. Er gaat niets mee tot jullie iets kiezen.")
    return redirect("trajecten:overdracht", pk=traject.pk, overdracht_pk=overdracht.pk)


def _laad(request: HttpRequest, pk: UUID, overdracht_pk: UUID) -> tuple[Traject, Overdracht]:
    traject = open_traject(request, pk, "overdracht")
    eigen = traject.overdrachten.select_related("van", "naar", "plek__gebruiker", "nieuwe_begeleider", "door")
    return traject, get_object_or_404(eigen, pk=overdracht_pk)


@require_http_methods(["GET", "POST"])
def overdracht(request: HttpRequest, pk: UUID, overdracht_pk: UUID) -> HttpResponse:
    """One handover: what goes along, what was agreed, and the next step."""
    traject, gevonden = _laad(request, pk, overdracht_pk)
    afspraakform = OverdrachtafspraakForm(None, overdracht=gevonden, kanten={Kant.GEVER})
    if request.method == "POST":
        antwoord, afspraakform = doe(request, gevonden, {Kant.GEVER})
        if antwoord:
            return antwoord
    volgende = gevonden.volgende
    context = {
        "traject": traject,
        "bezwaar": gevonden.bezwaar(volgende, door=request.user) if volgende else "",
        "afspraakform": afspraakform,
        "concepten": gevonden.concepten(),
        **inhoud(gevonden),
    }
    return render(request, "trajecten/overdracht.html", context)


def inhoud(gevonden: Overdracht) -> dict:
    """What both sides see of a handover."""
    return {
        "overdracht": gevonden,
        "volgende": gevonden.volgende,
        "toestemming": gevonden.heeft_toestemming,
        "stukken": met_fotos(gevonden, sorted(gevonden.stukken.order_by("pk"), key=_plaats)),
        "afspraken": list(gevonden.afspraken.select_related("door").order_by("kant", "dag", "pk")),
        "stappen": list(gevonden.stappen.select_related("door")),
    }


def _plaats(stuk: Overdrachtstuk) -> int:
    return list(stuk.Soort).index(stuk.Soort(stuk.soort).groep)


def doe(
    request: HttpRequest, gevonden: Overdracht, kanten: set[Kant]
) -> tuple[HttpResponse | None, OverdrachtafspraakForm]:
    """Carry out what was posted on the page of a handover: an answer, or the form with what has to be mended."""
    afspraakform = OverdrachtafspraakForm(None, overdracht=gevonden, kanten=kanten)
    soort = request.POST.get("soort", "")
    stapform = OverdrachtstapForm(request.POST)
    if soort == "stap" and stapform.is_valid():
        return _zet(request, gevonden, stapform.cleaned_data), afspraakform
    if soort == "weg":
        _haal_weg(gevonden, als_getal(request.POST.get("afspraak", "")))
        return redirect(request.path), afspraakform
    if soort == "afspraak" and not gevonden.is_klaar:
        afspraakform = OverdrachtafspraakForm(request.POST, overdracht=gevonden, kanten=kanten)
        if afspraakform.is_valid():
            return _spreek_af(request, gevonden, afspraakform), afspraakform
    return None, afspraakform


def _spreek_af(request: HttpRequest, gevonden: Overdracht, form: OverdrachtafspraakForm) -> HttpResponse:
    form.instance.overdracht, form.instance.door = gevonden, request.user
    form.save()
    messages.success(request, "De afspraak staat erbij.")
    return redirect(request.path)


def _haal_weg(gevonden: Overdracht, nummer: int | None) -> None:
    """Take an agreement away while the handover runs; a number that makes no sense takes nothing away."""
    if nummer is not None and not gevonden.is_klaar:
        gevonden.afspraken.filter(pk=nummer).delete()


def _zet(request: HttpRequest, gevonden: Overdracht, data: dict, **anders: object) -> HttpResponse:
    """Take the step, and go where there is still something to see."""
    naar = Overdrachtstand(data["naar"])
    try:
        stap = {"naar": naar, "uit": data["uit"], "laat_los": data["laat_los"]}
        zet_overdracht(overdracht=gevonden, door=request.user, **stap, **anders)
    except Overdracht.DoesNotExist:
        raise Http404 from None  # she may read it, or could a moment ago; steps are not hers to take
    except OverdrachtGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
        return redirect(request.path)
    messages.success(request, f"Opgeschreven: {naar.label}.")
    is_weg = naar in (Overdrachtstand.OVERGEDRAGEN, Overdrachtstand.INGETROKKEN) and not gevonden.is_buiten
    return redirect("trajecten:overdrachten" if is_weg else request.path)


@require_http_methods(["GET", "POST"])
def stukken(request: HttpRequest, pk: UUID, overdracht_pk: UUID) -> HttpResponse:
    """Choose together what goes along, piece by piece; `?voor=` with the number of a moment shows older moments."""
    traject, gevonden = _laad(request, pk, overdracht_pk)
    if gevonden.is_klaar:
        return redirect("trajecten:overdracht", pk=pk, overdracht_pk=overdracht_pk)
    aanbod, ouder = _aanbod(traject, gevonden, request.GET.get("voor", ""))
    form = StukkenForm(request.POST if request.method == "POST" else None, aanbod=aanbod)
    if form.is_valid():
        return _kies(request, gevonden, aanbod, set(form.cleaned_data["stukken"]))
    gekozen = set(request.POST.getlist("stukken") or gevonden.stukken.values_list("sleutel", flat=True))
    groepen: dict = {}
    for stuk in aanbod:
        groepen.setdefault(stuk.soort.groep, []).append((stuk, stuk.sleutel in gekozen))
    context = {"traject": traject, "overdracht": gevonden, "form": form, "groepen": groepen, "ouder": ouder}
    context["plan_wacht"] = plan_wacht(traject)
    return render(request, "trajecten/overdracht_stukken.html", context)


def _kies(request: HttpRequest, gevonden: Overdracht, aanbod: list[Stuk], gekozen: set[str]) -> HttpResponse:
    try:
        kies_stukken(overdracht=gevonden, getoond=aanbod, gekozen=gekozen, door=request.user)
    except OverdrachtGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
    else:
        messages.success(request, "Bewaard wat er meegaat.")
    return redirect("trajecten:overdracht", pk=gevonden.traject_id, overdracht_pk=gevonden.pk)


def _aanbod(traject: Traject, gevonden: Overdracht, voor: str) -> tuple[list[Stuk], int | None]:
    """What can be chosen on this page, and where the older moments begin; the first page holds all but those."""
    momenten, ouder = momentstukken(traject, voor)
    if voor:
        return momenten, ouder
    aanbod = vaste_stukken(traject) + momenten
    return aanbod + al_gekozen(gevonden, aanbod), ouder


@require_GET
def blad(request: HttpRequest, pk: UUID, overdracht_pk: UUID) -> HttpResponse:
    """One sheet for who receives, to print: what was chosen and agreed, and nothing else."""
    traject, gevonden = _laad(request, pk, overdracht_pk)
    return render(request, "trajecten/overdracht_blad.html", {"traject_pk": traject.pk, **inhoud(gevonden)})
