"""A search without JavaScript: what is typed goes by POST, and the answer says which address has what was looked for.

By GET the browser itself would put all that is typed in the first address, a full postcode too, and so in its history
and in the log of every proxy, before anything of ours could take it out. With JavaScript `static/js/basis.js` takes out
what it can, and asks for that address at once; what has more than one word may be a street, and goes by POST too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from collectief.geo.namen import MAX_LENGTE, leesbaar, zonder_huis
from collectief.geo.zoeken import zoek

View = Callable[..., HttpResponse]


class KijkDaar(HttpResponseRedirect):
    """303: what was posted is not posted again there."""

    status_code = HTTPStatus.SEE_OTHER


def stuurt_door(adres_van: Callable[[QueryDict], str]) -> Callable[[View], View]:
    """Let a search that answers `?q=…` be asked by POST too. Goes above every other decorator of the view.

    `adres_van` returns the query string, from the question mark on, that may stand in an address. No token is asked:
    nothing changes, whoever is sent here by another site gets what a link there would give, and a token needs a cookie.
    """

    def maak(view: View) -> View:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def ook_per_post(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST":
                return KijkDaar(request.path + adres_van(request.POST))
            return view(request, *args, **kwargs)

        return ook_per_post

    return maak


def houdt_adres_schoon(view: View) -> View:
    """Take out of `?q=…` what may not stand in an address, when somebody typed that address or was sent it."""

    @wraps(view)
    def schoon(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        getypt = [leesbaar(tekst) for tekst in request.GET.getlist("q")]
        if request.method != "POST" and getypt and getypt != [q := plaats_in_adres(request.GET, "q")]:
            parameters = request.GET.copy()
            parameters["q"] = q
            return HttpResponseRedirect(f"{request.path}?{parameters.urlencode()}")
        return view(request, *args, **kwargs)

    return schoon


def woorden_in_adres(parameters: QueryDict, naam: str) -> str:
    """Return what of a search by words may stand in an address."""
    return zonder_huis(leesbaar(parameters.get(naam, "")[: MAX_LENGTE + 1]))


def plaats_in_adres(parameters: QueryDict, naam: str) -> str:
    """Return what of a postcode, a place or a whole address may stand in an address of ours."""
    tekst = woorden_in_adres(parameters, naam)
    return zoek(tekst).zoekterm or tekst
