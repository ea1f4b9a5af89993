"""How the machine does, for an admin: counts and times, and nothing of a case."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from collectief.post.models import Bericht, Hartslag
from collectief.werkdagen import ochtend
from trajecten.herinneringen import achterstand

ONDERDELEN = {
    "worker": "De worker",
    "beat": "De klok",
    "post": "Laatste keer mail bezorgd of gezocht",
    "nazorg": "Laatste keer herinneringen gezocht",
    "uitgave": "Laatste keer openbare plekken nagekeken",
    "kopie": "Laatste reservekopie",
    "oefening": "Laatste keer terugzetten geoefend",
}
# Longer ago than this, and somebody should look; the sweeps come round every few seconds or minutes.
TE_LANG = {
    "worker": timedelta(minutes=2),
    "beat": timedelta(minutes=2),
    "nazorg": timedelta(hours=1),
    "uitgave": timedelta(hours=1),
    "kopie": timedelta(days=2),
    "oefening": timedelta(days=40),
}


@require_GET
def stand(request: HttpRequest) -> HttpResponse:
    """Queue length, the oldest that is due, the last sweeps, and what was delivered and came back today."""
    if not request.user.is_beheerder:
        raise Http404
    nu = timezone.now()
    gezien = dict(Hartslag.objects.values_list("naam", "gezien_op"))
    context = {
        "nu": nu,
        "wachtrij": _wachtrij(nu),
        "stappen": achterstand(nu),
        "gezien": [
            (naam, gezien.get(deel), _is_te_lang(deel, gezien.get(deel), nu)) for deel, naam in ONDERDELEN.items()
        ],
        "vandaag": _vandaag(nu),
        "terug": _terug(nu),
    }
    return render(request, "pagina/stand.html", context)


def _is_te_lang(deel: str, gezien_op: datetime | None, nu: datetime) -> bool:
    """Whether this was not seen for so long that somebody should look; never seen is too long as well."""
    return deel in TE_LANG and (gezien_op is None or nu - gezien_op > TE_LANG[deel])


def _wachtrij(nu: datetime) -> dict:
    klaar = Bericht.objects.te_versturen(nu).aggregate(aantal=Count("pk"), oudste=Min("versturen_vanaf"))
    later = Bericht.objects.onderweg().filter(versturen_vanaf__gt=nu).count()
    return klaar | {"later": later, "bezig": Bericht.objects.filter(toestand=Bericht.Toestand.BEZIG).count()}


def _vandaag(nu: datetime) -> dict:
    begin = ochtend(timezone.localdate(nu), 0)
    return Bericht.objects.aggregate(
        verstuurd=Count("pk", filter=Q(toestand=Bericht.Toestand.VERSTUURD, verstuurd_op__gte=begin)),
        nieuw=Count("pk", filter=Q(aangemaakt_op__gte=begin)),
        opnieuw=Count("pk", filter=Q(toestand=Bericht.Toestand.WACHT, pogingen__gt=0)),
    )


def _terug(nu: datetime) -> list[dict]:
    """What came back since midnight, by kind of mail and by the answer of the mail server; no addresses."""
    begin = ochtend(timezone.localdate(nu), 0)
    return list(
        Bericht.objects.filter(toestand=Bericht.Toestand.ONBESTELBAAR)
        .filter(Q(aangeboden_op__gte=begin) | Q(aangeboden_op=None, aangemaakt_op__gte=begin))
        .values("soort", "fout")
        .annotate(aantal=Count("pk"))
        .order_by("-aantal", "soort", "fout")
    )
