"""What a coördinator hands down about all of her initiative: one number for the yearly check, and that it stops."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from collectief.gebruikers.models import Rol
from initiatieven.actions import stop
from initiatieven.jaarcheck import beantwoord
from initiatieven.models import Initiatief, Jaarcheck
from trajecten.models import Overdracht, Traject


def _initiatief(request: HttpRequest, pk: int) -> Initiatief:
    """An initiative of this coördinator; 404 for everybody else."""
    return get_object_or_404(Initiatief, pk__in=request.user.initiatieven_als(Rol.Soort.COORDINATOR), pk=pk)


def _lopend(request: HttpRequest, initiatief: Initiatief) -> QuerySet[Traject]:
    return Traject.objects.zichtbaar_voor(request.user).filter(initiatief=initiatief).lopend()


@require_http_methods(["GET", "HEAD", "POST"])
def telling(request: HttpRequest, initiatief_pk: int) -> HttpResponse:
    """Show how many trajectories run; a POST is the consent with which this number, and nothing else, goes down."""
    initiatief = _initiatief(request, initiatief_pk)
    check = get_object_or_404(initiatief.jaarchecks.all()[:1])
    aantal = _lopend(request, initiatief).count()
    if request.method == "POST":
        beantwoord(check=check, aantal=aantal, bron=Jaarcheck.Bron.PLATFORM, door=request.user)
        messages.success(request, "Dank je wel. Alleen het getal is doorgegeven.")
        return redirect("initiatieven:jaarcheck", initiatief.slug)
    return render(request, "trajecten/telling.html", {"initiatief": initiatief, "aantal": aantal})


@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: HttpRequest, initiatief_pk: int) -> HttpResponse:
    """Help an initiative that stops: who still needs a place, and archive it when everybody has one."""
    initiatief = _initiatief(request, initiatief_pk)
    zonder_plek = _lopend(request, initiatief).exclude(pk__in=Overdracht.objects.met_plek().values("traject"))
    if request.method == "POST" and not zonder_plek.exists():
        try:
            stop(initiatief=initiatief, door=request.user)
        except IntegrityError as fout:  # the database alone saw it: somebody began a trajectory at this very moment
            if fout.__cause__.diag.constraint_name != "initiatief_stopt_met_plekken":
                raise
            messages.warning(request, "Zojuist kwam er een traject bij. Zoek daar eerst een plek voor.")
            initiatief.refresh_from_db()  # it did not stop
        else:
            messages.success(request, f"{initiatief} is gestopt. De bladzijde staat niet meer op de site.")
            return redirect("initiatieven:beheer")
    nog = zonder_plek.select_related("jongere").order_by("jongere__roepnaam", "pk")
    return render(request, "trajecten/stoppen.html", {"initiatief": initiatief, "nog": nog})
