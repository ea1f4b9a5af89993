"""The shortlist of a family, side by side, and the questions that help to search. Nothing is kept here."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from collectief.geo.doorsturen import houdt_adres_schoon
from collectief.geo.register import Doel
from collectief.geo.zoeken import Gevonden, zoek
from initiatieven.models.initiatief import OUDSTE
from kaart.forms.lijst import LijstForm
from kaart.hulpvragen import HULPVRAGEN
from kaart.lijstjes import NAAST_ELKAAR, lees_lijst, lijst_pad, qr_code, zet_naast_elkaar
from kaart.vraag import STRALEN


def _doel(q: str) -> Doel | None:
    """The point that distances count from, when it is asked for by a name or code that we know."""
    uitkomst = zoek(q)
    return uitkomst.doel if isinstance(uitkomst, Gevonden) else None


@require_safe
@login_not_required
@houdt_adres_schoon
def lijstje(request: HttpRequest) -> HttpResponse:
    """Show the places of `?p=12,45`: to read, share, print and compare."""
    form = LijstForm(request.GET)
    doel = _doel(form.vanaf)
    bewaard = lees_lijst(form.nummers, doel)
    nummers = [een.plek.pk for een in bewaard]
    q = form.vanaf if doel else ""
    context = {
        "bewaard": [(een, lijst_pad([ander for ander in nummers if ander != een.plek.pk], q)) for een in bewaard],
        "nummers": ",".join(map(str, nummers)),
        "te_vragen": list(dict.fromkeys(een.plek.slug for een in bewaard if een.plek.is_te_vragen)),
        "weg": len(form.nummers) - len(nummers),
        "doel": doel,
        "q": q,
        "pad": lijst_pad(nummers),
        "terug": reverse("kaart:kaart") + (f"?{urlencode({'q': q})}" if q else ""),
        "qr": qr_code(lijst_pad(nummers)) if nummers else "",
        "naast": NAAST_ELKAAR,
    }
    return render(request, "kaart/lijstje.html", context)


@require_safe
@login_not_required
@houdt_adres_schoon
def vergelijken(request: HttpRequest) -> HttpResponse:
    """Put at most three places side by side."""
    form = LijstForm(request.GET)
    doel = _doel(form.vanaf)
    bewaard = lees_lijst(form.nummers, doel)
    context = {
        "bewaard": bewaard[:NAAST_ELKAAR],
        "feiten": zet_naast_elkaar(bewaard[:NAAST_ELKAAR]),
        "te_veel": len(bewaard) > NAAST_ELKAAR,
        "doel": doel,
        "terug": lijst_pad([een.plek.pk for een in bewaard], form.vanaf if doel else ""),
    }
    return render(request, "kaart/vergelijken.html", context)


@require_safe
@login_not_required
def hulp(request: HttpRequest) -> HttpResponse:
    """Five questions for whoever does not know yet what to look for; the answers are filters of the map."""
    return render(request, "kaart/hulp.html", {"vragen": HULPVRAGEN, "stralen": STRALEN, "oudste": OUDSTE})
