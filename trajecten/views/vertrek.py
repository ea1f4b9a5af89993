"""Handing over everything, how long we keep, and leaving."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import FETCH_RAISE
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from collectief.gebruikers.middleware import verse_tweede_factor
from collectief.gebruikers.models import Gebruiker, Rol
from trajecten.beslissen import wie_beslist
from trajecten.forms.vertrek import AllesForm, BesluitForm, TermijnForm, VerzoekForm
from trajecten.models import Bewaartermijn, Leeftijdsgrenzen, Traject, Vertrek, VertrekGeweigerd, Verwijderbewijs
from trajecten.permissions import mag_hele_initiatief, mag_over_bewaren_beslissen
from trajecten.uitschrijven import als_bestand, html_stukken, json_stukken
from trajecten.uittreksel import Uittreksel, in_woorden_per_soort, wat_weggaat
from trajecten.views.laden import open_traject, zichtbaar_traject

PER_BLADZIJDE = 50
BEWIJZEN = 20


@require_GET
@verse_tweede_factor
def alles(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand over everything about a young person, once it is said who asked. Only by the coördinator."""
    form = AllesForm(request.GET if "wie" in request.GET else None)
    traject = zichtbaar_traject(request, pk)
    if not mag_over_bewaren_beslissen(request.user, traject):
        raise Http404
    if not form.is_valid():
        traject.noteer_inzage(request.user, "alles")
        context = {"traject": traject, "form": form, "mag_vragen": _wie_mag_vragen(traject)}
        return render(request, "trajecten/alles.html", context)
    wie = Vertrek.Vrager(form.cleaned_data["wie"]).label
    uittreksel = _uittreksel(request, traject, wie)
    for ander in uittreksel.trajecten:
        ander.noteer_inzage(request.user, f"alles, voor {wie}")
    if form.cleaned_data["vorm"] == "json":
        naam = f"alles-{timezone.localdate():%Y-%m-%d}.json"
        return FileResponse(als_bestand(json_stukken(uittreksel)), as_attachment=True, filename=naam)
    return FileResponse(als_bestand(html_stukken(request, uittreksel)), content_type="text/html; charset=utf-8")


def _wie_mag_vragen(traject: Traject) -> str:
    """Who decides about this young person today, by age."""
    grenzen = Leeftijdsgrenzen.objects.filter(jongere=traject.jongere_id).first() or Leeftijdsgrenzen()
    return wie_beslist(grenzen.bereikt_op(timezone.localdate())).label


def _uittreksel(request: HttpRequest, traject: Traject, wie: str) -> Uittreksel:
    """Of every trajectory of this young person where the visitor is coördinator."""
    trajecten = Traject.objects.filter(
        jongere=traject.jongere_id, initiatief__in=request.user.initiatieven_als(Rol.Soort.COORDINATOR)
    ).select_related("initiatief", "jongere")
    return Uittreksel(traject.jongere, list(trajecten.order_by("begonnen_op", "pk")), request.user, wie)


@require_http_methods(["GET", "POST"])
def weggaan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Until when we keep, who asked to go, what the coördinator decided, and exactly what would go."""
    traject = open_traject(request, pk, "weggaan")
    mag = mag_over_bewaren_beslissen(request.user, traject)
    soort = request.POST.get("soort", "")
    if soort not in ("", "verzoek") and not mag:
        raise Http404
    termijn = Bewaartermijn.van(traject)
    formulieren = _formulieren(request, traject, termijn, soort)
    form = formulieren.get(soort)
    if soort == "terug" or (form and form.is_valid()):
        _doe(request, traject, form, soort)
        return redirect("trajecten:weggaan", pk=pk)
    context = {"traject": traject, "termijn": termijn, "mag": mag, "formulieren": formulieren}
    return render(request, "trajecten/weggaan.html", context | _stand(traject, mag=mag))


def _formulieren(request: HttpRequest, traject: Traject, termijn: Bewaartermijn, soort: str) -> dict:
    """The forms of this page; only the one that was sent is bound."""

    def maak(naam: str, soort_form: type[BaseForm], **kwargs) -> BaseForm:
        return soort_form(request.POST if naam == soort else None, auto_id=f"id_{naam}_%s", **kwargs)

    verzoek = Vertrek(traject=traject, aanleiding=Vertrek.Aanleiding.VERZOEK, genoteerd_door=request.user)
    verzoek.gevraagd_op = timezone.localdate()
    return {
        "verzoek": maak("verzoek", VerzoekForm, instance=verzoek),
        "termijn": maak("termijn", TermijnForm, instance=Bewaartermijn(pk=termijn.pk, grond=termijn.grond)),
        "besluit": maak("besluit", BesluitForm),
    }


def _stand(traject: Traject, *, mag: bool) -> dict:
    """What runs now, what was decided before, and for the coördinator what exactly would go."""
    vertrekken = list(traject.vertrekken.select_related("genoteerd_door", "besloten_door").order_by("-genoteerd_op"))
    loopt = next((vertrek for vertrek in vertrekken if vertrek.loopt), None)
    return {
        "vertrek": loopt,
        "eerder": [vertrek for vertrek in vertrekken if vertrek is not loopt],
        "wat": wat_weggaat(traject) if mag else [],
        "mag_vragen": _wie_mag_vragen(traject),
        "vandaag": timezone.localdate(),
    }


def _doe(request: HttpRequest, traject: Traject, form, soort: str) -> None:
    """Carry out one form and say what happened; a refusal changes nothing."""
    try:
        with transaction.atomic():
            messages.success(request, DOEN[soort](traject, form, request.user))
    except VertrekGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
    except IntegrityError:
        messages.warning(request, "Hier loopt al een verzoek of een besluit. Kijk eerst wat er staat.")


def _verzoek(traject: Traject, form: VerzoekForm, door: Gebruiker) -> str:
    form.save()
    return "Het verzoek staat opgeschreven. De coördinator beslist."


def _termijn(traject: Traject, form: TermijnForm, door: Gebruiker) -> str:
    Bewaartermijn.van(traject).kies(form.cleaned_data["grond"], door=door)
    return "De termijn is gekozen."


def _besluit(traject: Traject, form: BesluitForm, door: Gebruiker) -> str:
    besluit = form.cleaned_data["besluit"]
    Vertrek.waarover(traject, door=door).beslis(besluit, door=door, reden=form.cleaned_data["reden"])
    if besluit == Vertrek.Besluit.BEWAREN:
        return "Het blijft bewaard. Over een jaar vragen we het opnieuw."
    return "Over veertien dagen gaat alles weg. Tot dan kun je het terugdraaien."


def _terug(traject: Traject, form: None, door: Gebruiker) -> str:
    vertrek = traject.vertrekken.lopend().first()
    if not vertrek or not vertrek.trek_in():
        raise VertrekGeweigerd("Er loopt hier niets meer.")
    return "Teruggedraaid. Alles blijft."


DOEN = {"verzoek": _verzoek, "termijn": _termijn, "besluit": _besluit, "terug": _terug}


@require_GET
def opruimen(request: HttpRequest) -> HttpResponse:
    """What may go at the coördinator's initiatives: asked for, proposed, decided; and what went, without names."""
    if not mag_hele_initiatief(request.user):
        raise Http404
    initiatieven = request.user.initiatieven_als(Rol.Soort.COORDINATOR)
    van_mij = {"traject__initiatief__in": initiatieven}
    lopend = Vertrek.objects.lopend().filter(**van_mij).select_related("traject__jongere").order_by("pk")
    voorstellen = Bewaartermijn.objects.voorbij(timezone.localdate()).filter(**van_mij)
    voorstellen = voorstellen.select_related("traject__jongere").order_by("bewaren_tot", "pk").fetch_mode(FETCH_RAISE)
    bewijzen = Verwijderbewijs.objects.filter(initiatief__in=initiatieven).select_related("door").order_by("-op", "-pk")
    context = {
        "lopend": lopend.fetch_mode(FETCH_RAISE)[:PER_BLADZIJDE],
        "pagina": Paginator(voorstellen, PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "bewijzen": [(bewijs, in_woorden_per_soort(bewijs.aantallen)) for bewijs in bewijzen[:BEWIJZEN]],
    }
    return render(request, "trajecten/opruimen.html", context)
