"""One's own contact in one's own calendar: the private address, and the feed behind it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from collectief.agendaadres import stuur_agenda, zet_adres
from collectief.rijbeveiliging import als_gebruiker
from trajecten.agenda import als_agenda
from trajecten.models import Agendalink, Contactmoment
from trajecten.views.laden import alleen_medewerkers

MEEST = 500  # contact moments in a calendar


@require_http_methods(["GET", "POST"])
@alleen_medewerkers
def agenda(request: HttpRequest) -> HttpResponse:
    """Show the private address of one's calendar; make one, make a new one, or stop."""
    if request.method == "POST":
        zet_adres(request, Agendalink)
        return redirect("trajecten:agenda")
    link = Agendalink.objects.filter(gebruiker=request.user, gestopt_op=None).first()
    adres = settings.BASIS_URL + reverse("agenda_feed", args=[link.token]) if link else ""
    return render(request, "trajecten/agenda.html", {"link": link, "adres": adres})


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """One's own contact that waits, for a calendar program. It opens no trajectory, so the read log gets no line.

    What may be read is decided by the database, in the name of who the address belongs to. An address that was
    renewed, or that belongs to somebody who left, does not exist.
    """
    link = Agendalink.van_token(token)
    if link is None:
        raise Http404
    with als_gebruiker(link.gebruiker_id):
        if not link.gebruiker.is_medewerker:
            raise Http404
        eigen = Contactmoment.objects.wacht().filter(eigenaar=link.gebruiker_id, traject__toestand="lopend")
        inhoud = als_agenda(eigen.order_by("gepland_op", "pk")[:MEEST])
    return stuur_agenda(request, inhoud)
