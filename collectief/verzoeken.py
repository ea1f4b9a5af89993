"""What holds for every request, before anything reads it and after everything answered it."""

import logging
import re
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import has_vary_header

from collectief import trace
from collectief.logs import bladzijde

logger = logging.getLogger(__name__)
Antwoorder = Callable[[HttpRequest], HttpResponse]
Toepassing = Callable[[dict, Callable], Iterable[bytes]]

SOORT = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,80}", re.ASCII)
GRENS = re.compile(r""";\s*boundary=("?)([\w'()+,./:=?-]{1,70})\1""", re.ASCII | re.IGNORECASE)


def schone_soort(kop: str) -> str:
    """Return of a Content-Type what means something here: the media type, and the boundary of a form.

    A character set means nothing, because everything is UTF-8; Django would try it on the query string too.
    """
    soort = SOORT.match(kop.strip())
    grens = GRENS.search(kop[:500])
    return (soort[0] if soort else "") + (f'; boundary="{grens[2]}"' if soort and grens else "")


def met_schone_soort(toepassing: Toepassing) -> Toepassing:
    """Wrap the WSGI application: a Content-Type that Django chokes on fails outside every error page."""

    def omhuld(environ: dict, start_response: Callable) -> Iterable[bytes]:
        return toepassing({**environ, "CONTENT_TYPE": schone_soort(environ.get("CONTENT_TYPE", ""))}, start_response)

    return omhuld


def noteer_in_het_log(get_response: Antwoorder) -> Antwoorder:
    """Write one line per request: which page, what came of it, how long it took. Not who asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        with trace.onder():
            response = get_response(request)
            if wat := _wat(request, response):
                duur = round((time.perf_counter() - begin) * 1000)
                logger.info("%s %s %s %s ms", request.method, wat, response.status_code, duur)
        return response

    return middleware


def _wat(request: HttpRequest, response: HttpResponse) -> str:
    """What was asked for; empty when nobody wants to read about it: a file, or the watchman who found all well."""
    naam = bladzijde(request)
    is_stil = request.resolver_match is None or naam == "gezond"
    return "" if is_stil and response.status_code < HTTPStatus.BAD_REQUEST else naam


def zeg_dat_er_een_knop_bij_hoort(get_response: Antwoorder) -> Antwoorder:
    """Put a page in the empty answer to whoever opens an address that only takes a form.

    People get there by signing in again: they pressed a button, and are sent back to where it led.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            response.content = loader.get_template("405.html").render()
        return response

    return middleware


def bewaar_geen_bezoeker(get_response: Antwoorder) -> Antwoorder:
    """Forbid browsers and proxies to keep an answer that looked at a cookie, such as the pages about an account."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if has_vary_header(response, "Cookie") and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware
