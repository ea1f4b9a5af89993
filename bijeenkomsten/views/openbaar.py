"""Pages that everyone may see. They read neither the visitor nor the session."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bijeenkomsten.bladzijde import inhoud
from bijeenkomsten.forms.bijeenkomst import SchooljaarForm
from bijeenkomsten.jaarplanning import buren, per_maand, stippen
from bijeenkomsten.jsonld import gebeurtenis
from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.models.verslag import met_openbaar_verslag
from bijeenkomsten.schooljaar import Schooljaar
from initiatieven.jsonld import datablok


@require_safe
@login_not_required
def lijst(request: HttpRequest) -> HttpResponse:
    """Show the next meeting and the plan of one school year, this year unless the address says otherwise."""
    form = SchooljaarForm(request.GET if "jaar" in request.GET else {"jaar": Schooljaar.nu().jaar})
    schooljaar = form.cleaned_data["jaar"] if form.is_valid() else Schooljaar.nu()
    openbaar = Bijeenkomst.objects.openbaar()
    van_dit_jaar = list(openbaar.in_schooljaar(schooljaar))
    aantallen = openbaar.per_schooljaar()
    vorig, volgend = buren(schooljaar, {*aantallen, Schooljaar.nu()})
    context = {
        "form": form,
        "schooljaar": schooljaar,
        "vorig": vorig,
        "volgend": volgend,
        "aantallen": aantallen,
        "bijeenkomsten": van_dit_jaar,
        "maanden": per_maand(schooljaar, van_dit_jaar),
        "stippen": stippen(schooljaar, van_dit_jaar),
        "eerstvolgende": openbaar.komend().first(),
    }
    return render(request, "bijeenkomsten/lijst.html", context)


@require_safe
@login_not_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one public meeting, without anybody's name and without the online link."""
    bijeenkomst = get_object_or_404(met_openbaar_verslag(Bijeenkomst.objects.openbaar().met_ligging()), pk=pk)
    context = {
        "bijeenkomst": bijeenkomst,
        "datablok": datablok(gebeurtenis(bijeenkomst)),
        "ligging": bijeenkomst.ligging,
        "documenten": list(bijeenkomst.documenten.openbaar().order_by("toegevoegd_op", "pk")),
    }
    return render(request, "bijeenkomsten/detail.html", context | inhoud(bijeenkomst))
