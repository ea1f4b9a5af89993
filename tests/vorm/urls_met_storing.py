"""Addresses that fail on purpose, for the tests of the error pages."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.urls import path

from collectief.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


@login_not_required
def verbroken(request):
    """Lose the database connection for real."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@login_not_required
def kapot(request):
    raise ValueError("Roos zat hier")


@login_not_required
def verboden(request):
    raise PermissionDenied


@login_not_required
def vreemd(request):
    raise SuspiciousOperation


urlpatterns = [
    *urlpatterns,
    path("verbroken/", verbroken),
    path("kapot/", kapot),
    path("verboden/", verboden),
    path("vreemd/", vreemd),
]
