"""A private address at which somebody's own calendar program reads: asked for on a page, answered without her."""

import hashlib
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from collectief.agenda import MEDIATYPE


class Adressen(Protocol):
    """The model that keeps these addresses, one a person."""

    def vernieuw(self, gebruiker_id: int) -> None:
        """Give this user an address; the one she had is dead at once."""

    def stop(self, gebruiker_id: int) -> None:
        """Let the address of this user be dead, until she asks for another."""


def zet_adres(request: HttpRequest, adressen: Adressen) -> None:
    """Do what the page of an address was asked: make a new one, or stop."""
    if request.POST.get("knop") == "stop":
        adressen.stop(request.user.pk)
        messages.success(request, "Gestopt. Het adres werkt niet meer.")
    else:
        adressen.vernieuw(request.user.pk)
        messages.success(request, "Dit is je nieuwe adres. Een adres dat je eerder had, werkt niet meer.")


def stuur_agenda(request: HttpRequest, inhoud: bytes) -> HttpResponse:
    """Send this calendar; nothing but "the same as before" to a program that has it. Nobody in between keeps it."""
    merk = f'"{hashlib.sha256(inhoud).hexdigest()[:32]}"'
    antwoord = HttpResponse(inhoud, content_type=MEDIATYPE)
    antwoord.headers["Cache-Control"] = "private, no-cache"
    antwoord.headers["ETag"] = merk
    return get_conditional_response(request, etag=merk, response=antwoord)
