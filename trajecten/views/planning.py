"""Pages about what is planned: a pause of a young person, the ladder of an initiative, and the board."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import FETCH_RAISE, F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collectief.gebruikers.models import Rol
from collectief.post.models import Bericht
from initiatieven.models import Initiatief
from trajecten.forms.planning import LadderForm, PauzeForm
from trajecten.ladder import DAGEN, Stap
from trajecten.models import Contactmoment, Ladderinstelling, Traject
from trajecten.permissions import mag_hele_initiatief
from trajecten.planning import PauzeGeweigerd, hervat, pauzeer, stel_ladder_in
from trajecten.storingen import niet_bezorgd, post_loopt_achter, zonder_mail
from trajecten.views.laden import alleen_post, open_traject

PER_LIJST = 50


@require_http_methods(["GET", "POST"])
def pauze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a young person be for a while, at her own wish."""
    traject = open_traject(request, pk, "pauze")
    form = PauzeForm(request.POST or None)
    if form.is_valid():
        try:
            nu = pauzeer(traject=traject, tot=form.cleaned_data["tot"], door=request.user)
        except PauzeGeweigerd as geweigerd:
            form.add_error(None, str(geweigerd))
        else:
            wie = traject.jongere.roepnaam
            tot = date_format(nu.tot, "l j F Y")
            messages.success(request, f"{wie} heeft pauze tot {tot}. Tot dan vragen we niets.")
            return redirect("trajecten:traject", pk=pk)
    lopend = traject.pauzes.nog_niet_voorbij().first()
    return render(request, "trajecten/pauze.html", {"traject": traject, "form": form, "pauze": lopend})


@alleen_post
def hervatten(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a pause sooner."""
    traject = open_traject(request, pk, "pauze")
    hervat(traject=traject)
    messages.success(request, "De pauze is voorbij. Op de eerste werkdag komt er één zachte vraag.")
    return redirect("trajecten:traject", pk=pk)


@require_http_methods(["GET", "POST"])
def ladder(request: HttpRequest, initiatief_pk: int) -> HttpResponse:
    """Set when reminders come at one's own initiative."""
    initiatief = get_object_or_404(_eigen_initiatieven(request), pk=initiatief_pk)
    form = LadderForm(request.POST or None, instance=Ladderinstelling.van(initiatief.pk))
    if form.is_valid():
        stel_ladder_in(instelling=form.instance, door=request.user)
        messages.success(request, "Bewaard. Wat nog moest komen, volgt nu dit ritme.")
        return redirect("trajecten:bord")
    return render(request, "trajecten/ladder.html", {"initiatief": initiatief, "form": form})


@require_GET
def bord(request: HttpRequest) -> HttpResponse:
    """Per initiative the flames that were forgotten, what stays lying, and what our own mail did not bring."""
    initiatieven = list(_eigen_initiatieven(request).order_by("naam"))
    contacten = list(_blijft_liggen(request)[: PER_LIJST + 1])
    pks = [initiatief.pk for initiatief in initiatieven]
    context = {
        "initiatieven": [_op_het_bord(initiatief, contacten) for initiatief in initiatieven],
        "is_meer": len(contacten) > PER_LIJST,
        "niet_bezorgd": niet_bezorgd(pks)[:PER_LIJST],
        "zonder_mail": zonder_mail(pks),
        "loopt_achter": post_loopt_achter(timezone.now()),
        "deze_week": _deze_week(request).count(),
    }
    return render(request, "trajecten/bord.html", context)


def _op_het_bord(initiatief: Initiatief, contacten: list[Contactmoment]) -> dict:
    """Of this contact what is of one initiative: the forgotten flames, and what only waits."""
    eigen = [contact for contact in contacten if contact.traject.initiatief_id == initiatief.pk]
    vergeten = [contact for contact in eigen if contact.is_vergeten]
    return {"initiatief": initiatief, "vergeten": vergeten, "wacht": [c for c in eigen if not c.is_vergeten]}


@require_POST
def gezien(request: HttpRequest, bericht_pk: int) -> HttpResponse:
    """Take off the board that a mail did not arrive: the coördinator knows."""
    pks = list(_eigen_initiatieven(request).values_list("pk", flat=True))
    bericht = get_object_or_404(niet_bezorgd(pks), pk=bericht_pk)
    Bericht.objects.filter(pk=bericht.pk).update(gezien_op=timezone.now())
    messages.success(request, "Fijn dat je ernaar keek.")
    return redirect("trajecten:bord")


def _eigen_initiatieven(request: HttpRequest):
    """The initiatives of a coördinator; for everybody else these pages do not exist."""
    if not mag_hele_initiatief(request.user):
        raise Http404
    return Initiatief.objects.filter(pk__in=request.user.initiatieven_als(Rol.Soort.COORDINATOR))


def _wachtend(request: HttpRequest):
    eigen = request.user.initiatieven_als(Rol.Soort.COORDINATOR)
    trajecten = Traject.objects.zichtbaar_voor(request.user).filter(initiatief__in=eigen).lopend()
    return Contactmoment.objects.wacht().filter(traject__in=trajecten)


def _blijft_liggen(request: HttpRequest):
    """Contact that the coördinator heard of, or would have: from the tenth day on, the longest first."""
    grens = timezone.localdate() - timedelta(days=DAGEN[Stap.COORDINATOR])
    return (
        _wachtend(request)
        .with_vergeten()
        .filter(gepland_op__lte=grens - F("ruimte"), is_zachte_vraag=False)
        .select_related("traject__jongere", "afspraak", "eigenaar")
        .order_by("gepland_op", "pk")
        .fetch_mode(FETCH_RAISE)
    )


def _deze_week(request: HttpRequest):
    vandaag = timezone.localdate()
    maandag = vandaag - timedelta(days=vandaag.weekday())
    return _wachtend(request).filter(gepland_op__gte=maandag, gepland_op__lt=maandag + timedelta(weeks=1))
