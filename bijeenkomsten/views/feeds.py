"""Meetings for other programs: the public calendar and its news, and one's own calendar at a secret address."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_http_methods, require_safe

from bijeenkomsten.agenda import als_agenda, als_eigen_agenda
from bijeenkomsten.models import Agendasleutel, Bijeenkomst, Uitnodiging
from collectief.agenda import MEDIATYPE, als_tekst
from collectief.agendaadres import stuur_agenda, zet_adres

AGENDANAAM = "Het Initiatieven Collectief"
MEEST = 200  # meetings in a feed


def etag(request: HttpRequest, pk: int | None = None) -> str:
    """Changes whenever a public meeting changes, appears or disappears, and with every release."""
    openbaar = Bijeenkomst.objects.openbaar() if pk is None else Bijeenkomst.objects.openbaar().filter(pk=pk)
    stand = openbaar.aggregate(aantal=Count("pk"), laatst=Max("gewijzigd_op"))
    return f'"{settings.VERSIE}-{stand["aantal"]}-{stand["laatst"].timestamp() if stand["laatst"] else 0}"'


def laatst_gewijzigd(request: HttpRequest, pk: int | None = None) -> datetime | None:
    """The last change of any meeting: one that was taken off the public page counts too."""
    return Bijeenkomst.objects.aggregate(laatst=Max("gewijzigd_op"))["laatst"]


def voor_abonnees(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public file for which programs come back: what did not change since is not sent again."""
    blijft = condition(etag_func=etag, last_modified_func=laatst_gewijzigd)
    return require_safe(login_not_required(cache_control(public=True, max_age=300)(blijft(view))))


@require_http_methods(["GET", "HEAD", "POST"])
def mijn_agenda(request: HttpRequest) -> HttpResponse:
    """Show the private address of one's own meetings; make one, make a new one, or stop."""
    if request.method == "POST":
        zet_adres(request, Agendasleutel)
        return redirect("bijeenkomsten:mijn_agenda")
    sleutel = Agendasleutel.objects.filter(gebruiker=request.user).first()
    adres = settings.BASIS_URL + reverse("bijeenkomsten:eigen_agenda", args=[sleutel.token]) if sleutel else ""
    return render(request, "bijeenkomsten/mijn_agenda.html", {"sleutel": sleutel, "adres": adres})


@require_safe
@login_not_required
def eigen_agenda(request: HttpRequest, token: str) -> HttpResponse:
    """What one person was asked for, for her calendar program. An address that was renewed does not exist."""
    sleutel = Agendasleutel.van_token(token)
    if sleutel is None:
        raise Http404
    uitnodigingen = Uitnodiging.objects.voor(sleutel.gebruiker).voor_eigen_agenda()[:MEEST]
    return stuur_agenda(request, als_eigen_agenda(uitnodigingen, naam="Mijn bijeenkomsten"))


@voor_abonnees
def agenda(request: HttpRequest) -> HttpResponse:
    """The calendar of all public meetings, to subscribe to."""
    bijeenkomsten = Bijeenkomst.objects.openbaar().order_by("begint_op", "pk")
    return HttpResponse(als_agenda(bijeenkomsten, naam=AGENDANAAM), content_type=MEDIATYPE)


@voor_abonnees
def agenda_van_een(request: HttpRequest, pk: int) -> HttpResponse:
    """One public meeting as a calendar file."""
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.openbaar(), pk=pk)
    antwoord = HttpResponse(als_agenda([bijeenkomst], naam=AGENDANAAM), content_type=MEDIATYPE)
    antwoord.headers["Content-Disposition"] = f'attachment; filename="bijeenkomst-{pk}.ics"'
    return antwoord


@voor_abonnees
def nieuws(request: HttpRequest) -> HttpResponse:
    """Public meetings that come, as RSS; one that moved or was called off is news again."""
    feed = Rss201rev2Feed(
        title=AGENDANAAM,
        link=settings.BASIS_URL + reverse("bijeenkomsten:lijst"),
        feed_url=settings.BASIS_URL + reverse("bijeenkomsten:nieuws"),
        description="De bijeenkomsten van het collectief.",
        language="nl",
    )
    for bijeenkomst in Bijeenkomst.objects.openbaar().nog_niet_om()[:MEEST]:
        feed.add_item(**_bericht(bijeenkomst))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _bericht(bijeenkomst: Bijeenkomst) -> dict[str, object]:
    titel = f"Afgelast: {bijeenkomst}" if bijeenkomst.is_afgelast else str(bijeenkomst)
    zinnen = [bijeenkomst.wanneer, bijeenkomst.waar, bijeenkomst.omschrijving or bijeenkomst.doelgroep]
    if bijeenkomst.is_afgelast:
        zinnen.insert(0, bijeenkomst.afgelast_zin)
    return {
        "title": als_tekst(titel),
        "link": settings.BASIS_URL + bijeenkomst.get_absolute_url(),
        "description": als_tekst("\n".join(filter(None, zinnen))),
        "unique_id": f"{bijeenkomst.uid}-{bijeenkomst.volgnummer_agenda + bijeenkomst.is_afgelast}",
        "unique_id_is_permalink": False,
        "pubdate": bijeenkomst.gewijzigd_op,
        "categories": [bijeenkomst.get_soort_display()],
    }
