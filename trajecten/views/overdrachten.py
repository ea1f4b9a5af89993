"""Handing over, from the side that receives; and what was handed over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from collectief.bestanden import stuur_foto
from collectief.gebruikers.models import Gebruiker
from trajecten.forms.overdracht import BegeleiderForm, OverdrachtafspraakForm
from trajecten.kring import zet_overdracht
from trajecten.models import Inzagelog, Momentfoto, Overdracht, OverdrachtGeweigerd, Traject
from trajecten.overdrachten import Kant, Overdrachtstand
from trajecten.views.laden import alleen_medewerkers
from trajecten.views.overdragen import doe, inhoud

HOOGSTENS = 50


@require_GET
@alleen_medewerkers
def overdrachten(request: HttpRequest) -> HttpResponse:
    """What comes here, what goes from here, and what was handed over."""
    met_plekken = Overdracht.objects.select_related("van", "naar", "plek__gebruiker", "nieuwe_begeleider")
    zichtbaar = Traject.objects.zichtbaar_voor(request.user)
    van_hier = met_plekken.loopt().filter(traject__in=zichtbaar).select_related("traject__jongere")
    context = {
        "hierheen": met_plekken.hierheen(request.user).order_by("begonnen_op", "pk")[:HOOGSTENS],
        "van_hier": van_hier.order_by("begonnen_op", "pk")[:HOOGSTENS],
        "gegeven": met_plekken.gegeven(request.user).order_by("-klaar_op", "pk")[:HOOGSTENS],
    }
    return render(request, "trajecten/overdrachten.html", context)


def _open(request: HttpRequest, pk: UUID, wat: str) -> Overdracht:
    """Load what comes here and write in the read log that `wat` was opened; without consent there is nothing here."""
    hierheen = Overdracht.objects.hierheen(request.user)
    gevonden = get_object_or_404(hierheen.select_related("van", "naar", "plek", "nieuwe_begeleider", "door"), pk=pk)
    if not gevonden.heeft_toestemming:
        raise Http404
    Inzagelog.objects.create(
        traject_id=gevonden.traject_id, gebruiker=request.user, wat=wat, grond=Inzagelog.Grond.OVERDRACHT
    )
    return gevonden


@require_http_methods(["GET", "POST"])
@alleen_medewerkers
def hierheen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What somebody of another place brings along, and the steps on this side."""
    gevonden = _open(request, pk, "overdracht")
    kanten = gevonden.kanten(request.user) - {Kant.GEVER}
    begeleiderform = BegeleiderForm(request.POST if _kiest(request) else None, overdracht=gevonden)
    afspraakform = OverdrachtafspraakForm(None, overdracht=gevonden, kanten={Kant.ONTVANGER})
    if _kiest(request) and begeleiderform.is_valid() and kanten:
        return _kies_begeleider(request, gevonden, begeleiderform.cleaned_data["begeleider"])
    if request.method == "POST" and not _kiest(request):
        antwoord, afspraakform = doe(request, gevonden, {Kant.ONTVANGER})
        if antwoord:
            return antwoord
    context = {"begeleiderform": begeleiderform, "afspraakform": afspraakform, "mag": bool(kanten)}
    return render(request, "trajecten/overdracht_hierheen.html", context | inhoud(gevonden))


@require_GET
@alleen_medewerkers
def overdracht_foto(request: HttpRequest, pk: UUID, foto_pk: UUID) -> HttpResponse:
    """The picture itself, for who receives: only while it goes along and consent holds."""
    gevonden = _open(request, pk, "foto")
    get_object_or_404(gevonden.stukken, sleutel=f"foto:{foto_pk}")
    foto = get_object_or_404(Momentfoto, traject=gevonden.traject_id, pk=foto_pk, weggehaald_op=None)
    return stuur_foto(foto.bestand)


def _kiest(request: HttpRequest) -> bool:
    return request.POST.get("soort") == "begeleider"


def _kies_begeleider(request: HttpRequest, gevonden: Overdracht, begeleider: Gebruiker) -> HttpResponse:
    """Receive, naming who will counsel; afterwards only change who that is."""
    try:
        if gevonden.stand == Overdrachtstand.VOORBEREID:
            zet_overdracht(
                overdracht=gevonden, naar=Overdrachtstand.ONTVANGEN, door=request.user, begeleider=begeleider
            )
        else:
            gevonden.noem_begeleider(begeleider)
    except OverdrachtGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
        return redirect("trajecten:overdrachten")  # what was stopped meanwhile has no page here any more
    messages.success(request, f"{begeleider.naam} wordt de vaste begeleider.")
    return redirect("trajecten:overdracht_hierheen", pk=gevonden.pk)
