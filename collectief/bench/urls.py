"""The addresses of the platform and one more, to measure against. Served by bench.wsgi only, never in production."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

handler500 = "collectief.storing.serverfout"
OK = "/bench/ok/"


@login_not_required
def ok(request: HttpRequest) -> HttpResponse:
    """The least that a view of Django can do, behind the same middleware."""
    return HttpResponse("ok")


urlpatterns = [path(OK.lstrip("/"), ok), path("", include("collectief.urls"))]
