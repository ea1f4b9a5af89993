"""What everybody may read: the list, one initiative, the allies. Touches neither session nor user."""

from datetime import date
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from collectief.bestanden import stuur_foto
from collectief.geo.doorsturen import stuurt_door
from collectief.geo.namen import heeft_huis
from collectief.geo.rd import circa
from collectief.geo.zoeken import Gevonden
from collectief.geo.zoeken import zoek as zoek_plek
from collectief.qr import qr
from initiatieven.bladzijde import bladzijde, op_leeftijd
from initiatieven.forms import ZoekForm
from initiatieven.jsonld import volledig
from initiatieven.models import Initiatief, Plekfoto, Plekken
from initiatieven.models.initiatief import heeft_lezers
from initiatieven.vinden import PER_BLADZIJDE, Uitslag, vind


def _schoon_adres(parameters: QueryDict) -> str:
    return ZoekForm(parameters).vraag().adres()


@stuurt_door(_schoon_adres)
@login_not_required
@gzip_page
def lijst(request: HttpRequest) -> HttpResponse:
    """The directory: every initiative that can be found, or those that fit the question in the address."""
    if any(heeft_huis(request.GET.get(naam, "")) for naam in ("q", "bij")):
        return redirect(request.path + _schoon_adres(request.GET))
    form = ZoekForm(request.GET)
    vraag = form.vraag()
    waar = zoek_plek(vraag.bij)
    punt = waar.doel.punt if isinstance(waar, Gevonden) else None
    uitslag = vind(q=vraag.q, gekozen=vraag.gekozen, punt=punt, op_afstand=vraag.op_afstand, bladzijde=vraag.bladzijde)
    context = {
        "form": form,
        "vraag": vraag,
        "waar": waar,
        "soort_waar": type(waar).__name__.lower(),
        "facetten": form.vinkjes(uitslag.tellingen),
        "aantal": uitslag.aantal,
        "rijen": _kaartjes(uitslag),
        "pagina": Paginator(range(uitslag.aantal), PER_BLADZIJDE).get_page(vraag.bladzijde),
    }
    return render(request, "initiatieven/lijst.html", context)


class Kaartje(NamedTuple):
    """One initiative in the list, in words that are ready: twenty-four of these are most of the page."""

    adres: str
    naam: str
    kort: str
    plek: str
    gekeken: str


@lru_cache(maxsize=512)
def _dag(dag: date) -> str:
    return date_format(dag, "l j F Y")


def _kaartje(initiatief: Initiatief, meter: float | None) -> Kaartje:
    """The card of one initiative. Reads `locaties` and `plekken`."""
    plek, afstand = initiatief.plek_nu, circa(meter)
    kort = " · ".join(filter(None, [initiatief.in_het_kort, afstand]))
    if plek is None:
        return Kaartje(initiatief.get_absolute_url(), initiatief.naam, kort, "plek onbekend", "")
    wanneer = "laatst gekeken" if plek.toestand_nu == Plekken.ONBEKEND else "gekeken"
    gekeken = f"{wanneer} op {_dag(plek.per_datum)}"
    return Kaartje(initiatief.get_absolute_url(), initiatief.naam, kort, plek.toestand_nu_tekst, gekeken)


def _kaartjes(uitslag: Uitslag) -> list[Kaartje]:
    """The cards of this page, in order."""
    gevonden = (
        Initiatief.objects.vindbaar()
        .fetch_mode(models.FETCH_RAISE)
        .only("naam", "slug", "soort", "leeftijd_van", "leeftijd_tot")
        .prefetch_related("locaties", "plekken")
        .in_bulk(uitslag.ids)
    )
    return [_kaartje(gevonden[pk], uitslag.meter.get(pk)) for pk in uitslag.ids if pk in gevonden]


def _openbaar_of_verhuisd(slug: str) -> Initiatief:
    """The public initiative at this address, also when it had the address before. Raises Http404."""
    openbaar = (
        Initiatief.objects.openbaar()
        .annotate(
            stiltes=F("versheid__stiltes"),
            bellen_waarom=F("versheid__bellen_waarom"),
            is_te_vragen=heeft_lezers("pk"),
        )
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("locaties", "plekken")
    )
    if gevonden := openbaar.filter(slug=slug).first():
        return gevonden
    return get_object_or_404(openbaar, oude_adressen__slug=slug)


@require_safe
@login_not_required
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative, for a parent who is tired; and why it may stand here."""
    try:
        initiatief = _openbaar_of_verhuisd(slug)
    except Http404:
        return _niet_meer(request, slug)
    if initiatief.slug != slug:
        return redirect(initiatief, permanent=True)
    return render(request, "initiatieven/detail.html", bladzijde(initiatief))


def _niet_meer(request: HttpRequest, slug: str) -> HttpResponse:
    """What else is near, for who kept the address of a place that stopped. Raises Http404 when there never was one."""
    gestopt = Initiatief.objects.gestopt().prefetch_related("locaties")
    weg = gestopt.filter(slug=slug).first() or get_object_or_404(gestopt, oude_adressen__slug=slug)
    return render(request, "initiatieven/niet_meer.html", {"buurt": weg.buurt}, status=HTTPStatus.GONE)


@require_safe
@login_not_required
def blad(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet of paper to give to somebody, with a code that leads back to the page."""
    initiatief = _openbaar_of_verhuisd(slug)
    if initiatief.slug != slug:
        return redirect("initiatieven:blad", initiatief.slug, permanent=True)
    adres = volledig(initiatief.get_absolute_url())
    context = {
        "initiatief": initiatief,
        "plekken": op_leeftijd(initiatief),
        "adres": adres,
        "qr": qr(adres, "QR-code van deze bladzijde"),
    }
    return render(request, "initiatieven/blad.html", context)


@require_safe
@login_not_required
def foto(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """A photo that everybody may see. It may be kept for an hour: when it is taken back it has to go everywhere."""
    antwoord = stuur_foto(get_object_or_404(Plekfoto.objects.openbaar(), pk=sleutel).bestand)
    antwoord.headers["Cache-Control"] = "public, max-age=3600"
    return antwoord
