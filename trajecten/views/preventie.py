"""The prevention plan: read, write, agree; and the signal that brings it out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trajecten.forms.preventie import AkkoordForm, PlanForm, TerugvalForm, verzet
from trajecten.models import Preventieplan, Traject
from trajecten.models.preventie import PlanAkkoord, PlanVerouderd
from trajecten.terugval import meld_terugval
from trajecten.views.laden import alleen_post, open_traject

SIGNALEN_PER_KEER = 20


@require_GET
def preventieplan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the plan of now, or with `?versie=` an earlier one; below it who agreed and the signals."""
    traject = open_traject(request, pk, "preventieplan")
    plannen = list(traject.preventieplannen.select_related("door").order_by("-versie"))
    gevraagd = [plan for plan in plannen if str(plan.versie) == request.GET.get("versie")]
    plan = next(iter(gevraagd or plannen), None)
    signalen = traject.terugvalsignalen.filter(teruggenomen_op=None).select_related("door").order_by("-op", "-pk")
    context = {
        "traject": traject,
        "plan": plan,
        "plannen": plannen,
        "is_nieuwste": plan is None or plan == plannen[0],
        "partijen": _akkoorden(plan),
        "signalen": [(signaal, signaal.mag_terug(request.user)) for signaal in signalen[:SIGNALEN_PER_KEER]],
    }
    return render(request, "trajecten/preventieplan.html", context)


@require_http_methods(["GET", "POST"])
def preventieplan_schrijven(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the next version. A line to call moves up or down with a button, and nothing typed gets lost."""
    traject = open_traject(request, pk, "preventieplan_schrijven")
    plan = _nieuwste(traject)
    form = PlanForm(request.POST or None, plan=plan)
    if tik := request.POST.get("verzet"):
        form = PlanForm(plan=plan, initial=verzet(request.POST.dict(), tik))
    elif form.is_valid():
        try:
            Preventieplan.schrijf(traject, form.inhoud(), door=request.user, op_versie=form.cleaned_data["op_versie"])
        except PlanVerouderd as verouderd:
            form.data = form.data.copy() | {"op_versie": plan.versie}
            form.add_error(None, str(verouderd))
        else:
            messages.success(request, "Het plan is bewaard. Lees het samen nog eens door.")
            return redirect("trajecten:preventieplan", pk=pk)
    return render(request, "trajecten/preventieplan_schrijven.html", {"traject": traject, "form": form, "plan": plan})


@require_http_methods(["GET", "POST"])
def akkoord(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down who agreed with the version of now."""
    traject = open_traject(request, pk, "akkoord")
    plan = get_object_or_404(traject.preventieplannen.order_by("-versie")[:1])
    form = AkkoordForm(request.POST or None, traject=traject, plan=plan)
    if form.is_valid():
        nieuw = form.save(commit=False)
        nieuw.traject, nieuw.plan, nieuw.door = traject, plan, request.user
        nieuw.naam = form.cleaned_data["naam"]
        nieuw.save(force_insert=True)
        messages.success(request, "Genoteerd.")
        return redirect("trajecten:preventieplan", pk=pk)
    return render(request, "trajecten/akkoord.html", {"traject": traject, "form": form, "plan": plan})


@alleen_post
def akkoord_terug(request: HttpRequest, pk: UUID, akkoord_pk: int) -> HttpResponse:
    """Take an agreement back: somebody changed her mind, or it was written down by mistake."""
    traject = open_traject(request, pk, "akkoord")
    get_object_or_404(traject.planakkoorden, pk=akkoord_pk).trek_in()
    messages.success(request, "Teruggenomen. Jullie kunnen het plan aanpassen, of het er nog eens over hebben.")
    return redirect("trajecten:preventieplan", pk=pk)


@require_http_methods(["GET", "POST"])
def terugval(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the signal that it gets harder. The owner hears it, the plan opens and the phase stays as it is."""
    traject = open_traject(request, pk, "terugval")
    form = TerugvalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meld_terugval(traject=traject, door=request.user, woorden=form.cleaned_data["woorden"])
        messages.success(request, "Genoteerd. Hier is het plan. Wie de jongere begeleidt, hoort het ook.")
        return redirect("trajecten:preventieplan", pk=pk)
    return render(request, "trajecten/terugval.html", {"traject": traject, "form": form})


@alleen_post
def terugval_terug(request: HttpRequest, pk: UUID, signaal_pk: int) -> HttpResponse:
    """Take back a signal of one's own, within the time to think."""
    traject = open_traject(request, pk, "terugval")
    signaal = get_object_or_404(traject.terugvalsignalen, pk=signaal_pk)
    if signaal.door_id != request.user.pk:
        messages.warning(request, "Alleen wie het signaal gaf, neemt het terug.")
    elif signaal.neem_terug():
        messages.success(request, "Teruggenomen. Er gaat geen mail uit.")
    else:
        messages.warning(request, "Dit staat nu vast. Wil je er iets bij zeggen? Schrijf het op als moment.")
    return redirect("trajecten:preventieplan", pk=pk)


def _nieuwste(traject: Traject) -> Preventieplan | None:
    return traject.preventieplannen.select_related("door").order_by("versie").last()


def _akkoorden(plan: Preventieplan | None) -> list[tuple[PlanAkkoord.Partij, list[PlanAkkoord]]]:
    """Per party who agrees with this version; a party that did not yet has nobody."""
    gegeven = list(plan.akkoorden.filter(ingetrokken_op=None).order_by("datum", "pk")) if plan else []
    return [(partij, [akkoord for akkoord in gegeven if akkoord.partij == partij]) for partij in PlanAkkoord.Partij]
