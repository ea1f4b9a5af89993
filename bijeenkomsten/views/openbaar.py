"""Pages and calendars that everyone may see. They read neither the visitor nor the session."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from bijeenkomsten.agenda import als_agenda
from bijeenkomsten.bladzijde import inhoud
from bijeenkomsten.forms.bijeenkomst import SchooljaarForm
from bijeenkomsten.jaarplanning import buren, per_maand, stippen
from bijeenkomsten.jsonld import gebeurtenis
from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.models.verslag import met_openbaar_verslag
from bijeenkomsten.schooljaar import Schooljaar
from collectief.agenda import MEDIATYPE
from initiatieven.jsonld import datablok

AGENDANAAM = "Het Initiatieven Collectief"


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


def etag(request: HttpRequest, pk: int | None = None) -> str:
    """Changes whenever a public meeting changes, appears or disappears, and with every release."""
    openbaar = Bijeenkomst.objects.openbaar() if pk is None else Bijeenkomst.objects.openbaar().filter(pk=pk)
    stand = openbaar.aggregate(aantal=Count("pk"), laatst=Max("gewijzigd_op"))
    return f'"{settings.VERSIE}-{stand["aantal"]}-{stand["laatst"].timestamp() if stand["laatst"] else 0}"'


def laatst_gewijzigd(request: HttpRequest, pk: int | None = None) -> datetime | None:
    """The last change of any meeting: one that was taken off the public page counts too."""
    return Bijeenkomst.objects.aggregate(laatst=Max("gewijzigd_op"))["laatst"]


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
@condition(etag_func=etag, last_modified_func=laatst_gewijzigd)
def agenda(request: HttpRequest) -> HttpResponse:
    """The calendar of all public meetings, to subscribe to."""
    bijeenkomsten = Bijeenkomst.objects.openbaar().order_by("begint_op", "pk")
    return HttpResponse(als_agenda(bijeenkomsten, naam=AGENDANAAM), content_type=MEDIATYPE)


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
@condition(etag_func=etag, last_modified_func=laatst_gewijzigd)
def agenda_van_een(request: HttpRequest, pk: int) -> HttpResponse:
    """One public meeting as a calendar file."""
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.openbaar(), pk=pk)
    antwoord = HttpResponse(als_agenda([bijeenkomst], naam=AGENDANAAM), content_type=MEDIATYPE)
    antwoord.headers["Content-Disposition"] = f'attachment; filename="bijeenkomst-{pk}.ics"'
    return antwoord
