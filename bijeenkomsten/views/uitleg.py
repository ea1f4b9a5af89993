"""A public page is the same for everybody, so it shows ways that are not for all: who takes one, hears why."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from bijeenkomsten.models import Bijeenkomst

Bladzijde = Callable[[HttpRequest, int], HttpResponse]


def leg_uit(zin: str) -> Callable[[Bladzijde], Bladzijde]:
    """Say `zin`, with for whom the meeting is, instead of "not found". A meeting that is not public does not exist."""

    def decorator(view: Bladzijde) -> Bladzijde:
        @wraps(view)
        def omhuld(request: HttpRequest, pk: int) -> HttpResponse:
            try:
                return view(request, pk)
            except Http404:
                bijeenkomst = Bijeenkomst.objects.openbaar().filter(pk=pk).first()
                if bijeenkomst is None or request.method == "POST":
                    raise
            messages.info(request, f"{zin} {bijeenkomst.doelgroep}")
            return redirect("bijeenkomsten:mijn")

        return omhuld

    return decorator
