"""Reports: the public page, reading and commenting, writing, and what somebody promised to do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.forms.verslag import (
    ActieForm,
    BesluitForm,
    DeelForm,
    ReactieForm,
    SamenvattingForm,
    VerslagstapForm,
)
from bijeenkomsten.models import Actie, Besluit, Bijeenkomst, Verslag, Verslagdeel, Verslagreactie, Vraag
from bijeenkomsten.permissions import mag_actie_afronden, mag_plannen
from bijeenkomsten.verslaan import VAST, haal_weg, rond_af, schrijf, vat_samen, zet_stap
from bijeenkomsten.verslagstappen import Lezers, Raakt, lezers_voor
from bijeenkomsten.views.kernteam import voor_kernteam
from bijeenkomsten.views.uitleg import leg_uit
from bijeenkomsten.views.weigering import zegt_wat_niet_kan
from bijeenkomsten.vragen import volgende_bijeenkomst

SOORTEN = {"deel": (Verslagdeel, DeelForm), "besluit": (Besluit, BesluitForm), "actie": (Actie, ActieForm)}


@require_safe
@login_not_required
def openbaar(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody may read of an approved report; no names. Reads neither visitor nor session."""
    verslag = get_object_or_404(Verslag.objects.openbaar().select_related("bijeenkomst"), bijeenkomst=pk)
    context = {
        "verslag": verslag,
        "delen": verslag.delen.voor_lezers([Lezers.OPENBAAR]),
        "besluiten": verslag.besluiten.voor_lezers([Lezers.OPENBAAR]),
    }
    return render(request, "bijeenkomsten/verslag_openbaar.html", context)


@require_safe
@login_not_required
@never_cache
def gastverslag(request: HttpRequest, token: str) -> HttpResponse:
    """What a guest without an account reads of it, by her personal link: what guests may read, without names."""
    verslag = get_object_or_404(Verslag.objects.voor_gast(token).select_related("bijeenkomst"))
    lezers = lezers_voor(is_kernteam=False, leest_mee=True)
    context = {
        "verslag": verslag,
        "delen": verslag.delen.voor_lezers(lezers),
        "besluiten": verslag.besluiten.voor_lezers(lezers),
        "is_van_gast": True,
    }
    return render(request, "bijeenkomsten/verslag_openbaar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@leg_uit("Meer van dit verslag leest alleen wie erbij was of voor wie de bijeenkomst was.")
def lezen(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as far as this visitor reads it; as long as it lies open, she may say what is missing."""
    verslag = _laad(request, pk)
    form = ReactieForm(request.POST or None, instance=Verslagreactie(verslag=verslag, door=request.user))
    if form.is_valid() and verslag.ligt_voor:
        form.save()
        messages.success(request, "Dank je. Het kernteam kijkt ernaar voor het verslag wordt vastgesteld.")
        return redirect(verslag)
    reacties = verslag.reacties.select_related("door")
    context = _inhoud(request, verslag) | {
        "form": form,
        "mag_schrijven": mag_plannen(request.user),
        "reacties": reacties if mag_plannen(request.user) else reacties.filter(door=request.user),
    }
    return render(request, "bijeenkomsten/verslag.html", context)


@require_safe
def een_minuut(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes for this visitor: decisions that touch her, what she promised, answers to her questions."""
    verslag = _laad(request, pk)
    inhoud = _inhoud(request, verslag)
    context = inhoud | {
        "besluiten": inhoud["besluiten"].filter(raakt__in=_groepen(request.user)),
        "acties": verslag.acties.van(request.user),
        "vragen": Vraag.objects.zichtbaar_voor(request.user).van(request.user).beantwoord().filter(bijeenkomst=pk),
        "volgende": volgende_bijeenkomst(na=verslag.bijeenkomst, voor=request.user),
    }
    return render(request, "bijeenkomsten/een_minuut.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def schrijven(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a report, part by part; looking at an empty one makes nothing yet."""
    verslag = _van(pk)
    form = SamenvattingForm(request.POST or None, instance=verslag)
    if form.is_valid():
        with zegt_wat_niet_kan(request):
            vat_samen(bijeenkomst=verslag.bijeenkomst, **form.cleaned_data)
            messages.success(request, "Bewaard.")
        return redirect("bijeenkomsten:verslag_schrijven", pk)
    lijsten = {}
    if verslag.pk:
        lijsten = {"delen": verslag.delen.all(), "besluiten": verslag.besluiten.select_related("eigenaar")}
        lijsten["acties"] = verslag.acties.select_related("eigenaar")
        lijsten["reacties"] = verslag.reacties.select_related("door")
    return render(request, "bijeenkomsten/verslag_schrijven.html", {"verslag": verslag, "form": form, **lijsten})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def onderdeel(request: HttpRequest, pk: int, soort: str, onderdeel_pk: int | None = None) -> HttpResponse:
    """Write, change or take out a part, a decision or an action."""
    if soort not in SOORTEN:
        raise Http404
    model, formsoort = SOORTEN[soort]
    verslag = _van(pk)
    bestaand = get_object_or_404(model, pk=onderdeel_pk, verslag__bijeenkomst=pk) if onderdeel_pk else model()
    if verslag.is_vastgesteld:
        messages.error(request, VAST)
        return redirect("bijeenkomsten:verslag_schrijven", pk)
    form = formsoort(request.POST or None, instance=bestaand, bijeenkomst=verslag.bijeenkomst)
    weg = bool(onderdeel_pk) and "weg" in request.POST
    if _is_geschreven(form, weg=weg):
        messages.success(request, "Weggehaald." if weg else "Bewaard.")
        return redirect("bijeenkomsten:verslag_schrijven", pk)
    context = {"form": form, "bijeenkomst": verslag.bijeenkomst, "soort": soort, "bestaat": bool(onderdeel_pk)}
    return render(request, "bijeenkomsten/verslag_onderdeel.html", context)


def _is_geschreven(form: ModelForm, *, weg: bool) -> bool:
    """Store what was written, or take it out; False, with a message at the form, when it could not."""
    try:
        if weg:
            haal_weg(onderdeel=form.instance)
            return True
        if form.is_valid():
            schrijf(bijeenkomst=form.bijeenkomst, onderdeel=form.save(commit=False))
            return True
    except ValidationError as fout:
        form.add_error(None, fout)
    return False


@require_POST
@voor_kernteam
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    verslag = get_object_or_404(Verslag, bijeenkomst=pk)
    form = VerslagstapForm(request.POST)
    with zegt_wat_niet_kan(request):
        if form.is_valid():
            verslag = zet_stap(verslag=verslag, stap=form.cleaned_data["stap"], door=request.user)
            messages.success(request, f"Het verslag is nu: {verslag.get_stand_display()}.")
        else:
            messages.error(request, form.errors["stap"][0])
    return redirect("bijeenkomsten:verslag_schrijven", pk)


@require_POST
@voor_kernteam
def reactie_verwerkt(request: HttpRequest, pk: int, reactie_pk: int) -> HttpResponse:
    """Tick a comment off."""
    reactie = get_object_or_404(Verslagreactie, pk=reactie_pk, verslag__bijeenkomst=pk)
    reactie.verwerk()
    return redirect("bijeenkomsten:verslag_schrijven", pk)


@require_safe
def acties(request: HttpRequest) -> HttpResponse:
    """What this visitor still has to do; the core team also sees what others promised."""
    alle = Actie.objects.open()
    context = {"van_mij": alle.van(request.user), "mag_plannen": mag_plannen(request.user)}
    if mag_plannen(request.user):
        context["van_anderen"] = alle.exclude(eigenaar=request.user)
    return render(request, "bijeenkomsten/acties.html", context)


@require_POST
def actie_klaar(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an action was done, or after all not."""
    actie = get_object_or_404(Actie, pk=pk)
    if not mag_actie_afronden(request.user, actie):
        raise Http404
    rond_af(actie=actie, is_klaar="toch_niet" not in request.POST)
    messages.success(request, "Opgeslagen.")
    return redirect("bijeenkomsten:acties")


def _laad(request: HttpRequest, pk: int) -> Verslag:
    verslagen = Verslag.objects.zichtbaar_voor(request.user).select_related("bijeenkomst")
    return get_object_or_404(verslagen, bijeenkomst=pk)


def _van(pk: int) -> Verslag:
    """The report of this meeting, or an empty one that is not stored."""
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    return Verslag.objects.select_related("bijeenkomst").filter(bijeenkomst=pk).first() or Verslag(
        bijeenkomst=bijeenkomst
    )


def _inhoud(request: HttpRequest, verslag: Verslag) -> dict:
    lezers = verslag.lezers(request.user)
    return {
        "verslag": verslag,
        "bijeenkomst": verslag.bijeenkomst,
        "delen": verslag.delen.voor_lezers(lezers),
        "besluiten": verslag.besluiten.voor_lezers(lezers).select_related("eigenaar"),
        "acties": verslag.acties.voor_lezers(lezers).select_related("eigenaar"),
    }


def _groepen(gebruiker) -> list[str]:
    """For whom a decision may be, of the groups that this user belongs to."""
    horen_bij = {
        Raakt.INITIATIEVEN: gebruiker.is_medewerker,
        Raakt.VERBONDGENOTEN: gebruiker.is_verbondgenoot,
        Raakt.KERNTEAM: gebruiker.is_kernteam,
    }
    return [Raakt.IEDEREEN, *(groep for groep, hoort_erbij in horen_bij.items() if hoort_erbij)]
