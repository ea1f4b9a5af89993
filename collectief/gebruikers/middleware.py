"""The second factor, checked on every signed-in page."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# Pages that someone without a second factor needs to add one, or to leave.
ZONDER = ("mfa_", "account_", "usersessions_")


class TweedeFactorMiddleware:
    """Send staff, core team and admins without a second factor to the page where they add one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if not settings.TWEEDE_FACTOR_VERPLICHT or not getattr(view_func, "login_required", True):
            return None
        if (request.resolver_match.url_name or "").startswith(ZONDER):
            return None
        if request.user.moet_tweede_factor and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return None
