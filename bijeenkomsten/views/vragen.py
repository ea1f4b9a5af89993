"""Questions for the agenda: for who asks and supports, and for the core team that places and answers them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.forms.vraag import (
    PlaatsForm,
    SamenvoegForm,
    VraagantwoordForm,
    VraagForm,
    VraagstapForm,
    VragenlijstForm,
)
from bijeenkomsten.models import Actie, Bijeenkomst, Vraag
from bijeenkomsten.permissions import (
    mag_plannen,
    mag_vraag_inbrengen,
    mag_vraag_samenvoegen,
    mag_vraag_steunen,
    mag_vraag_wijzigen,
)
from bijeenkomsten.views.kernteam import voor_kernteam
from bijeenkomsten.views.weigering import zegt_wat_niet_kan
from bijeenkomsten.vraagstappen import Stap, kan
from bijeenkomsten.vragen import (
    beantwoord,
    in_volgorde,
    plaats,
    schuif_door,
    steun,
    stop_steun,
    voeg_samen,
    vrije_minuten,
)
from collectief.gebruikers.models import Rol
from initiatieven.models import Initiatief

PER_BLADZIJDE = 30


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """The questions that this visitor may read: those still open, those with an answer, or her own."""
    form = VragenlijstForm(request.GET)
    toon = form.cleaned_data["toon"] if form.is_valid() else "lopend"
    leesbaar = Vraag.objects.zichtbaar_voor(request.user)
    keuze = {
        "lopend": leesbaar.lopend().order_by("-aangemaakt_op", "-pk"),
        "beantwoord": leesbaar.beantwoord(),
        "van_ons": leesbaar.van(request.user).order_by("-aangemaakt_op", "-pk"),
    }[toon]
    keuze = keuze.met_steun().met_bijeenkomst_voor(request.user)
    pagina = Paginator(keuze, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    context = {"pagina": pagina, "toon": toon, "mag_inbrengen": mag_vraag_inbrengen(request.user)}
    return render(request, "bijeenkomsten/vragen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Bring in a question."""
    if not mag_vraag_inbrengen(request.user):
        raise Http404
    form = VraagForm(request.POST or None, gebruiker=request.user, instance=Vraag(door=request.user))
    if form.is_valid():
        vraag = form.save()
        messages.success(request, "Je vraag is ingebracht. Je hoort het als hij in een programma komt.")
        return redirect(vraag)
    return render(request, "bijeenkomsten/vraag_schrijven.html", {"form": form})


@require_safe
def vraag(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: what is asked, who supports it, where it stands, and the answer."""
    gevraagd = _laad(request, pk)
    steunt = {steun.initiatief_id for steun in gevraagd.steun.all()}
    context = {
        "vraag": gevraagd,
        "van_mij_gesteund": bool(steunt & request.user.initiatieven_als(*Rol.BIJ_INITIATIEF)),
        "mag_wijzigen": mag_vraag_wijzigen(request.user, gevraagd),
        "mag_samenvoegen": mag_vraag_samenvoegen(request.user, gevraagd),
        "mag_steunen": mag_vraag_steunen(request.user, gevraagd),
        "mag_plannen": mag_plannen(request.user),
        "kan": {stap.value: kan(gevraagd.stand, stap) for stap in Stap},
    }
    return render(request, "bijeenkomsten/vraag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bewerken(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a question of one's own initiative while it is open."""
    gevraagd = _laad(request, pk)
    if not mag_vraag_wijzigen(request.user, gevraagd):
        raise Http404
    form = VraagForm(request.POST or None, gebruiker=request.user, instance=gevraagd)
    if form.is_valid():
        form.save(commit=False).save(
            update_fields=list(form.cleaned_data)
        )  # where it stands may have changed meanwhile
        messages.success(request, "Opgeslagen.")
        return redirect(gevraagd)
    return render(request, "bijeenkomsten/vraag_schrijven.html", {"form": form, "vraag": gevraagd})


@require_POST
def intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    gevraagd = _laad(request, pk)
    if not mag_vraag_wijzigen(request.user, gevraagd):
        raise Http404
    with zegt_wat_niet_kan(request):
        gevraagd.zet(Stap.TREK_IN)
        messages.success(request, "De vraag is ingetrokken.")
    return redirect(gevraagd)


@require_POST
def steunen(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for one's own initiative that it wants to know this too, or take that back."""
    gevraagd = _laad(request, pk)
    if not mag_vraag_steunen(request.user, gevraagd):
        raise Http404
    van_mij = request.user.initiatieven_als(*Rol.BIJ_INITIATIEF) - {gevraagd.initiatief_id}
    doe, gelukt = (
        (stop_steun, "Teruggenomen.") if request.POST.get("stop") else (steun, "Dank je. Jullie steunen deze.")
    )
    for initiatief in Initiatief.objects.filter(pk__in=van_mij).order_by("pk"):
        doe(vraag=gevraagd, initiatief=initiatief, door=request.user)
    messages.success(request, gelukt)
    return redirect(gevraagd)


@require_http_methods(["GET", "HEAD", "POST"])
def samenvoegen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a question go on as part of another one."""
    gevraagd = _laad(request, pk)
    if not mag_vraag_samenvoegen(request.user, gevraagd):
        raise Http404
    form = SamenvoegForm(request.POST if request.method == "POST" else None, gebruiker=request.user, vraag=gevraagd)
    if form.is_valid():
        try:
            voeg_samen(vraag=gevraagd, in_vraag=form.cleaned_data["in_vraag"])
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            messages.success(request, "De vragen gaan samen verder.")
            return redirect(form.cleaned_data["in_vraag"])
    return render(request, "bijeenkomsten/vraag_samenvoegen.html", {"form": form, "vraag": gevraagd})


@require_POST
@voor_kernteam
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step with a question that needs nothing but a press of a button."""
    gevraagd = get_object_or_404(Vraag, pk=pk)
    form = VraagstapForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["stap"][0])
    elif form.cleaned_data["stap"] == Stap.SCHUIF_DOOR:
        with zegt_wat_niet_kan(request):
            schuif_door(vraag=gevraagd)
            messages.success(request, "De vraag schuift door. Wie hem stelde, krijgt bericht.")
    else:
        with zegt_wat_niet_kan(request):
            gevraagd.zet(form.cleaned_data["stap"])
            messages.success(request, "Opgeslagen.")
    terug = "vraag" if gevraagd.bijeenkomst_id is None or request.POST.get("terug") == "vraag" else "agendavragen"
    return redirect(f"bijeenkomsten:{terug}", pk if terug == "vraag" else gevraagd.bijeenkomst_id)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def antwoorden(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the answer down; who asked gets a mail that there is one."""
    gevraagd = get_object_or_404(Vraag, pk=pk)
    form = VraagantwoordForm(request.POST or None, initial={"antwoord": gevraagd.antwoord})
    if form.is_valid():
        try:
            beantwoord(vraag=gevraagd, antwoord=form.cleaned_data["antwoord"])
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            messages.success(request, "Het antwoord staat erbij.")
            return redirect(gevraagd)
    return render(request, "bijeenkomsten/vraag_antwoord.html", {"form": form, "vraag": gevraagd})


@require_safe
@voor_kernteam
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of one meeting: what stands on the programme, and what waits, who was least heard first."""
    return _agenda(request, get_object_or_404(Bijeenkomst, pk=pk))


@require_POST
@voor_kernteam
def plaatsen(request: HttpRequest, pk: int, vraag_pk: int) -> HttpResponse:
    """Give a question minutes in this meeting."""
    bijeenkomst, gevraagd = get_object_or_404(Bijeenkomst, pk=pk), get_object_or_404(Vraag, pk=vraag_pk)
    form = PlaatsForm(request.POST, auto_id=f"id_%s_{vraag_pk}")
    if form.is_valid():
        try:
            plaats(vraag=gevraagd, bijeenkomst=bijeenkomst, minuten=form.cleaned_data["minuten"])
        except ValidationError as fout:
            form.add_error("minuten", fout)
        else:
            messages.success(request, "De vraag staat in het programma.")
            return redirect("bijeenkomsten:agendavragen", pk)
    return _agenda(request, bijeenkomst, {vraag_pk: form})


def _agenda(
    request: HttpRequest, bijeenkomst: Bijeenkomst, ingevuld: dict[int, PlaatsForm] | None = None
) -> HttpResponse:
    geplaatst = list(Vraag.objects.in_programma(bijeenkomst).met_steun())
    wachtend = in_volgorde(bijeenkomst)
    for gevraagd in [*geplaatst, *wachtend]:
        leeg = PlaatsForm(auto_id=f"id_%s_{gevraagd.pk}", initial={"minuten": gevraagd.minuten or 20})
        gevraagd.form = (ingevuld or {}).get(gevraagd.pk, leeg)
    vrij = vrije_minuten(bijeenkomst)
    context = {
        "bijeenkomst": bijeenkomst,
        "geplaatst": geplaatst,
        "wachtend": wachtend,
        "vrij": max(vrij, 0),
        "te_veel": max(-vrij, 0),
        "acties": Actie.objects.terug_op(bijeenkomst),
        "kan_plaatsen": bijeenkomst.is_gepubliceerd and not bijeenkomst.is_voorbij,
    }
    return render(request, "bijeenkomsten/agendavragen.html", context)


def _laad(request: HttpRequest, pk: int) -> Vraag:
    leesbaar = Vraag.objects.zichtbaar_voor(request.user).select_related(
        "initiatief", "bijeenkomst", "in_vraag", "door"
    )
    leesbaar = leesbaar.met_bijeenkomst_voor(request.user)
    return get_object_or_404(leesbaar.prefetch_related("steun__initiatief"), pk=pk)
