"""The start page of staff: what waits today, and for the rest peace and quiet."""

from datetime import date, timedelta

from django.db.models import FETCH_RAISE, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from collectief.gebruikers.models import Gebruiker, Rol
from trajecten.fases import Fase
from trajecten.forms.lijst import KringForm
from trajecten.leeftijd import WAT_VERANDERT
from trajecten.models import Contactmoment, Momentconcept, NazorgAfspraak, Overdracht, Traject
from trajecten.models.reis import terugblik_gevraagd
from trajecten.overdrachten import Overdrachtstand
from trajecten.permissions import mag_hele_initiatief
from trajecten.views.laden import alleen_medewerkers

PER_LIJST = 12
WEEK = timedelta(days=7)
STIL_NA = timedelta(weeks=3)
WAARNEMER_NA = timedelta(days=4)
JARIG_BINNEN = timedelta(weeks=2)
JARIG_SINDS = timedelta(weeks=1)


@require_GET
@alleen_medewerkers
def vandaag(request: HttpRequest) -> HttpResponse:
    """Short lists: what waits, what comes this week, whose birthday matters, and whom nothing was heard about."""
    kring = _kring(request)
    lijsten = _lijsten(request.user, kring, timezone.localdate())
    context = {
        "kring": kring,
        "mag_kiezen": mag_hele_initiatief(request.user),
        "voornaam": (request.user.naam.split() or [""])[0],
        "uur": timezone.localtime().hour,
        "is_rustig": not any(lijsten.values()),
        "per_lijst": PER_LIJST,
        "per_lijst_deel": f":{PER_LIJST}",
        "url_lijst": reverse("trajecten:lijst"),
    }
    return render(request, "trajecten/vandaag.html", context | lijsten)


def _lijsten(gebruiker: Gebruiker, kring: str, dag: date) -> dict[str, list | bool]:
    """Each list by its name on the page, with one more than it shows when there is more."""
    contacten = _contacten(gebruiker, kring)
    trajecten = _trajecten(gebruiker, kring).select_related("jongere__leeftijdsgrenzen").fetch_mode(FETCH_RAISE)
    return {
        "concepten": list(_concepten(gebruiker)),
        "klaar": list(contacten.filter(gepland_op__lte=dag)[: PER_LIJST + 1]),
        "deze_week": list(contacten.filter(gepland_op__gt=dag, gepland_op__lte=dag + WEEK)[: PER_LIJST + 1]),
        "zonder_dag": _zonder_dag(trajecten),
        "rust_om": _rijen(trajecten.met_rust_om(dag), "afgesproken_tot"),
        "jarig": _jarig(trajecten, dag),
        "terugblik": _rijen(terugblik_gevraagd(trajecten, dag), "fase_sinds"),
        "stil": _rijen(trajecten.stil_sinds(dag - STIL_NA), "laatste_moment", "begonnen_op"),
        **_voor_de_coordinator(gebruiker),
    }


def _rijen(trajecten: QuerySet[Traject], *volgorde: str) -> list[Traject]:
    return list(trajecten.order_by(*volgorde, "pk")[: PER_LIJST + 1])


def _zonder_dag(trajecten: QuerySet[Traject]) -> list[NazorgAfspraak]:
    """Agreements in the waakvlam that should lead to contact, while no day was chosen: after rest, for example."""
    waakvlam = trajecten.with_fase().filter(fase_nu=Fase.WAAKVLAM)
    afspraken = NazorgAfspraak.objects.zonder_contact().filter(traject__in=waakvlam)
    return list(afspraken.select_related("traject__jongere").order_by("van", "pk")[: PER_LIJST + 1])


def _jarig(trajecten: QuerySet[Traject], dag: date) -> list[dict]:
    """Whose birthday changes who decides, soon or just now: with the age, the day and what changes."""
    van, tot = dag - JARIG_SINDS, dag + JARIG_BINNEN
    jarigen = [
        {"traject": traject, "leeftijd": leeftijd, "op": op, "wat": WAT_VERANDERT[leeftijd]}
        for traject in trajecten.met_leeftijdsgrens(van, tot)
        for leeftijd, op in [traject.jongere.leeftijdsgrenzen.grens_tussen(van, tot)]
    ]
    return sorted(jarigen, key=lambda jarige: (jarige["op"], jarige["traject"].jongere.roepnaam))[: PER_LIJST + 1]


def _voor_de_coordinator(gebruiker: Gebruiker) -> dict[str, bool]:
    """Whether somebody has no steady counsellor now, and whether somebody comes here and waits to be received."""
    naar = gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)
    komt = Overdracht.objects.hierheen(gebruiker).filter(naar__in=naar, stand=Overdrachtstand.VOORBEREID)
    return {
        "te_verdelen": Traject.objects.te_verdelen_door(gebruiker).exists(),
        "komt_hierheen": komt.exists(),
    }  # neither asks the database anything for who coordinates nothing


def _kring(request: HttpRequest) -> str:
    """Return `mijn` or `initiatief`. A coördinator without young people of her own starts with all of them."""
    if not mag_hele_initiatief(request.user):
        return "mijn"
    form = KringForm(request.GET)
    gekozen = form.cleaned_data["kring"] if form.is_valid() else ""
    is_begeleider = bool(request.user.initiatieven_als(Rol.Soort.BEGELEIDER))
    return gekozen or ("mijn" if is_begeleider else "initiatief")


def _trajecten(gebruiker: Gebruiker, kring: str) -> QuerySet[Traject]:
    trajecten = Traject.objects.zichtbaar_voor(gebruiker)
    return trajecten if kring == "initiatief" else trajecten.van(gebruiker)


def _contacten(gebruiker: Gebruiker, kring: str) -> QuerySet[Contactmoment]:
    """Contact that waits: one's own; after four days also what a colleague one stands in for has left lying.

    A coördinator always sees the forgotten little flames of her initiatives.
    """
    contacten = (
        Contactmoment.objects.wacht()
        .with_vergeten()
        .filter(traject__in=Traject.objects.zichtbaar_voor(gebruiker).lopend())
        .select_related("traject__jongere", "afspraak", "eigenaar")
        .order_by("gepland_op", "pk")
        .fetch_mode(FETCH_RAISE)
    )
    if kring == "initiatief":
        return contacten
    blijft_liggen = Q(
        gepland_op__lte=timezone.localdate() - WAARNEMER_NA, traject__in=Traject.objects.all().van(gebruiker)
    )
    vergeten = Q(is_vergeten=True, traject__initiatief__in=gebruiker.initiatieven_als(Rol.Soort.COORDINATOR))
    return contacten.filter(Q(eigenaar=gebruiker) | blijft_liggen | vergeten)


def _concepten(gebruiker: Gebruiker) -> QuerySet[Momentconcept]:
    """What she was still writing; a draft of a trajectory she may no longer see stays away."""
    return (
        Momentconcept.objects.filter(gebruiker=gebruiker, traject__in=Traject.objects.zichtbaar_voor(gebruiker))
        .exclude(tekst="")
        .select_related("traject__jongere")
        .order_by("-bijgewerkt_op")
        .fetch_mode(FETCH_RAISE)[: PER_LIJST + 1]
    )
