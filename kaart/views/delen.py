"""What others do with the map: a small one on their own site, and the places as data. Public; no cookie."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from collectief.geo.doorsturen import houdt_adres_schoon, plaats_in_adres, stuurt_door
from collectief.geo.zoeken import Gevonden
from initiatieven.forms.velden import vragen_terug
from kaart.aanbod import zoek_aanbod
from kaart.bladzijde import antwoord, tekening, vraag_terug
from kaart.forms.insluiten import InsluitForm
from kaart.forms.vraag import lees_vraag, schoon_adres
from kaart.openbaar import lees_regels
from kaart.opendata import VELDEN
from kaart.uitgeven import SCHRIJVERS, Soort, nieuwste
from kaart.vraag import Vraag, voor_adres, zoek_vraag
from kaart.wegwijzer import wegwijzer

TYPES = {Soort.GEOJSON: "application/geo+json", Soort.CSV: "text/csv; charset=utf-8"}
# Only this page may stand inside another, and only inside those that were agreed with.
# Its links begin at the map itself (`<base>`).
IN_ANDERE_SITES = {
    **settings.SECURE_CSP,
    "base-uri": [CSP.SELF],
    "frame-ancestors": settings.INSLUITEN_DOOR or [CSP.NONE],
}


# --- On another site ------------------------------------------------------------------------------------------------


@stuurt_door(schoon_adres)
@login_not_required
@xframe_options_exempt
@csp_override(IN_ANDERE_SITES)
@gzip_page
def insluiten(request: HttpRequest) -> HttpResponse:
    """The list and the drawing, small enough to stand in somebody else's page; every link opens a page of its own."""
    vraag, klacht, _ = lees_vraag(request.GET)
    uitkomst = zoek_vraag(vraag)
    schoon = voor_adres(vraag, uitkomst)
    if schoon is not vraag:
        return redirect(reverse("kaart:insluiten") + schoon.adres())
    inhoud = _rond(vraag, uitkomst) if isinstance(uitkomst, Gevonden) else {"antwoord": vraag_terug(vraag, uitkomst)}
    return render(
        request, "kaart/insluiten.html", {"vraag": vraag, "klacht": klacht, "filters": _filters(vraag)} | inhoud
    )


def _rond(vraag: Vraag, uitkomst: Gevonden) -> dict:
    """The same answer as on the map, and its drawing."""
    gids = wegwijzer()
    aanbod = zoek_aanbod(uitkomst.doel.punt, vraag, gids)
    return {
        "doel": uitkomst.doel,
        "antwoord": mark_safe(antwoord(aanbod, vraag, uitkomst.doel, uitkomst.uitleg, gids).decode()),  # noqa: S308
        "tekening": mark_safe(tekening(uitkomst.doel.punt, aanbod, vraag.leeftijd, gids).decode()),  # noqa: S308
    }


def _filters(vraag: Vraag) -> list[tuple[str, object]]:
    """What was chosen by whoever put the map there, and stays when a visitor types another place."""
    return [(naam, waarde) for naam, waarde in vraag.delen() if naam not in {"q", "bij", "pagina"}]


def _maak_adres(parameters: QueryDict) -> str:
    """Keep what the form asks, also what is wrong with it; of a postcode only its digits."""
    rest = [(naam, parameters.getlist(naam)) for naam in InsluitForm().fields if naam != "q" and naam in parameters]
    return "?" + urlencode([("q", plaats_in_adres(parameters, "q")), *rest], doseq=True)


@stuurt_door(_maak_adres)
@login_not_required
@houdt_adres_schoon
def insluiten_maken(request: HttpRequest) -> HttpResponse:
    """Make the piece of HTML that somebody puts in a page of their own."""
    form = InsluitForm(request.GET or None)
    vraag = form.vraag() if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "vraag": vraag,
        "vragen": vragen_terug(form),
        "adres": _insluitadres(vraag) if vraag else "",
        "code": _insluitcode(vraag) if vraag else "",
        "sites": settings.INSLUITEN_DOOR,
    }
    return render(request, "kaart/insluiten_maken.html", context)


def _insluitadres(vraag: Vraag) -> str:
    return settings.BASIS_URL + reverse("kaart:insluiten") + vraag.adres()


def _insluitcode(vraag: Vraag) -> str:
    return format_html(
        '<iframe src="{}" title="Plekken van het Initiatieven Collectief" loading="lazy" '
        'style="width: 100%; height: 40rem; border: 0"></iframe>',
        _insluitadres(vraag),
    )


# --- As data --------------------------------------------------------------------------------------------------------


@require_safe
@login_not_required
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, how to read it, and under which licence."""
    return render(request, "kaart/open_data.html", {"velden": VELDEN, "basis": settings.BASIS_URL})


def _etag(request: HttpRequest, soort: Soort) -> str | None:
    uitgave = nieuwste(soort)
    return uitgave.etag if uitgave else None


@require_safe
@login_not_required
@condition(etag_func=_etag)
def open_bestand(request: HttpRequest, soort: Soort) -> HttpResponse:
    """The newest published file under an address that stays; before anything was published, made now."""
    uitgave = nieuwste(soort)
    if uitgave is None:
        response = HttpResponse(SCHRIJVERS[soort](lees_regels()), content_type=TYPES[soort])
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = FileResponse(uitgave.verpakt.open("rb"), content_type=TYPES[soort])
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = FileResponse(uitgave.pad.open("rb"), content_type=TYPES[soort])
    response.headers["Content-Disposition"] = f'inline; filename="plekken.{soort}"'
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@login_not_required
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser can search here from its address bar."""
    return render(
        request,
        "kaart/opensearch.xml",
        {"basis": settings.BASIS_URL},
        content_type="application/opensearchdescription+xml",
    )
