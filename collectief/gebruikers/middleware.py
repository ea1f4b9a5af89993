"""The second factor, checked on every signed-in page."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from collectief.gebruikers.models import Gebruiker

# Pages that someone without a second factor needs to add one, or to leave.
ZONDER = ("mfa_", "account_", "usersessions_")
# Pages for someone who has one and did not use it yet. Never the page that adds another: it would open the door.
BEWIJZEN = ("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout")

VERS = timedelta(minutes=5)  # how long ago the second factor may have been used for what leaves the platform


def heeft_bewezen(request: HttpRequest) -> bool:
    """Tell whether the second factor was used in this session: one that began before it was added did not."""
    return any(stap["method"] == "mfa" for stap in get_authentication_records(request, request.user))


def _heeft_tweede_factor(gebruiker: Gebruiker) -> bool:
    """What the query that fetched the user found, or else a query of its own."""
    return gebruiker.heeft_tweede_factor if hasattr(gebruiker, "heeft_tweede_factor") else is_mfa_enabled(gebruiker)


def verse_tweede_factor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for the second factor again before this page, unless it was used in the last minutes."""

    @wraps(view)
    def eerst_bewijzen(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        sinds = time.time() - VERS.total_seconds()
        stappen = get_authentication_records(request, request.user)
        if settings.TWEEDE_FACTOR_VERPLICHT and not any(s["method"] == "mfa" and s["at"] > sinds for s in stappen):
            return _naar_bewijzen(request)
        return view(request, *args, **kwargs)

    return eerst_bewijzen


def _naar_bewijzen(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


class TweedeFactorMiddleware:
    """Send staff, core team and admins to where they add their second factor, or use it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if not settings.TWEEDE_FACTOR_VERPLICHT or not getattr(view_func, "login_required", True):
            return None
        if not request.user.moet_tweede_factor:
            return None
        pagina = request.resolver_match.url_name or ""
        if not _heeft_tweede_factor(request.user):
            return None if pagina.startswith(ZONDER) else redirect("mfa_index")
        if pagina in BEWIJZEN or heeft_bewezen(request):
            return None
        return _naar_bewijzen(request)
