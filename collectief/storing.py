"""What the visitor sees when something on our side fails: an honest page, without database or context."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from collectief import trace

OPNIEUW_NA = 30  # seconds, the Retry-After of the page that says we will be back


def serverfout(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database did not answer, else 500. Django calls this while it handles the exception."""
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return HttpResponse(
            loader.get_template("503.html").render(), status=503, headers={"Retry-After": str(OPNIEUW_NA)}
        )
    return HttpResponse(loader.get_template("500.html").render({"nummer": trace.huidige()}), status=500)
