"""Meetings for other programs: one's own calendar at a secret address, and the news of public meetings."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_http_methods, require_safe

from bijeenkomsten.agenda import als_eigen_agenda
from bijeenkomsten.models import Agendasleutel, Bijeenkomst, Uitnodiging
from bijeenkomsten.views.openbaar import AGENDANAAM, etag, laatst_gewijzigd
from collectief.agenda import als_tekst
from collectief.agendaadres import stuur_agenda, zet_adres

MEEST = 200  # meetings in a feed


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


@require_safe
@login_not_required
@cache_control(public=True, max_age=300)
@condition(etag_func=etag, last_modified_func=laatst_gewijzigd)
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
