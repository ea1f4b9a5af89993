"""What the staff of an initiative do: keep its page true."""

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.db import models, transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatieven.bladzijde import bladzijde
from initiatieven.forms import AntwoordForm, LocatieFormSet, PlekkenFormSet, ProfielForm
from initiatieven.forms.velden import vragen_terug
from initiatieven.geschiedenis import in_woorden
from initiatieven.models import Bladzijdemelding, Bladzijdewijziging, Initiatief
from initiatieven.opfrissen import bevestig_plekken
from initiatieven.permissions import eigen_initiatieven, mag_stoppen
from initiatieven.volledigheid import ontbreekt
from initiatieven.wijzigen import bewaar_bladzijde, versie
from initiatieven.zwaarte import Onderdeel

WACHTEND = Prefetch("wijzigingen", Bladzijdewijziging.objects.wachtend().select_related("door"), to_attr="wacht")
GEMELD = Prefetch("meldingen", Bladzijdemelding.objects.open().select_related("initiatief"), to_attr="open_meldingen")


@require_safe
def beheer(request: HttpRequest) -> HttpResponse:
    """The initiatives whose page the visitor keeps."""
    if not eigen_initiatieven(request.user):
        raise Http404
    initiatieven = (
        Initiatief.objects.van(request.user)
        .op_naam()
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("locaties", "plekken", "fotos", WACHTEND, GEMELD)
    )
    rijen = [(initiatief, ontbreekt(initiatief)) for initiatief in initiatieven]
    for initiatief in initiatieven:
        initiatief.mag_stoppen = mag_stoppen(request.user, initiatief)
        initiatief.gemeld = [(rij, AntwoordForm(auto_id=f"id_meld_{rij.pk}_%s")) for rij in initiatief.open_meldingen]
    return render(request, "initiatieven/beheer.html", {"rijen": rijen, "initiatieven": initiatieven})


@dataclass
class Bladzijdeformulieren:
    """The forms of one page together: profile, room and places, with what waits for an admin filled in."""

    initiatief: Initiatief
    data: QueryDict | None

    def __post_init__(self) -> None:
        voorstellen = list(self.initiatief.wijzigingen.wachtend())
        met_voorstellen = copy(self.initiatief)
        for voorstel in voorstellen:
            if voorstel.onderdeel != Onderdeel.PLEK:
                for veld, waarde in voorstel.nieuw.items():
                    setattr(met_voorstellen, veld, waarde)
        groepen = self.initiatief.plekken.order_by("leeftijd_van", "pk")
        self.voorstellen = voorstellen
        self.profiel = ProfielForm(self.data, instance=met_voorstellen)
        self.plekken = PlekkenFormSet(self.data, instance=self.initiatief, queryset=groepen)
        self.locaties = LocatieFormSet(
            self.data, instance=self.initiatief, queryset=self.initiatief.locaties.order_by("pk")
        )

    def is_valid(self) -> bool:
        return all([self.profiel.is_valid(), self.plekken.is_valid(), self.locaties.is_valid()])

    def verschillen(self) -> list[tuple[str, str]]:
        """Of each field that was typed otherwise than it now stands: its label, and how it now stands."""
        velden = Initiatief._meta
        return [
            (self.profiel.fields[veld].label, in_woorden(velden.get_field(veld), self.profiel.initial[veld]) or "leeg")
            for veld in self.profiel.changed_data
            if veld in self.profiel.initial
        ]

    def voorbeeld(self, request: HttpRequest) -> HttpResponse:
        """The public page as it would be; nothing of it is kept."""
        with transaction.atomic():
            self.profiel.save()
            self.plekken.save()
            self.locaties.save()
            zo = Initiatief.objects.prefetch_related("locaties", "plekken").get(pk=self.initiatief.pk)
            antwoord = render(request, "initiatieven/detail.html", bladzijde(zo) | {"is_voorbeeld": True})
            transaction.set_rollback(True)
        return antwoord


@require_http_methods(["GET", "HEAD", "POST"])
def bewerken(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit profile, room and places on one page: everything is kept together, or nothing."""
    eigen = Initiatief.objects.van(request.user)
    if request.method == "POST":
        eigen = eigen.select_for_update(no_key=True)  # colleagues save one after the other
    initiatief = get_object_or_404(eigen, slug=slug)
    nu, data = versie(initiatief), request.POST or None
    formulieren = Bladzijdeformulieren(initiatief, data)
    botst = False
    if data and formulieren.is_valid():
        if data.get("doe") == "voorbeeld":
            return formulieren.voorbeeld(request)
        botst = data.get("versie") != nu
        if not botst:
            return _bewaar(request, formulieren)
    return render(request, "initiatieven/bewerken.html", _context(formulieren, nu, botst=botst))


def _bewaar(request: HttpRequest, formulieren: Bladzijdeformulieren) -> HttpResponse:
    bewaar_bladzijde(
        initiatief=formulieren.initiatief,
        profiel=formulieren.profiel,
        plekken=formulieren.plekken,
        locaties=formulieren.locaties,
        door=request.user,
    )
    if formulieren.initiatief.wijzigingen.wachtend().exists():
        messages.success(request, "Opgeslagen. Wat een beheerder eerst bekijkt, staat bij “Dit wacht nog”.")
    else:
        messages.success(request, "Opgeslagen.")
    return redirect("initiatieven:beheer")


def _context(formulieren: Bladzijdeformulieren, nu: str, *, botst: bool) -> dict:
    profiel, plekken, locaties = formulieren.profiel, formulieren.plekken, formulieren.locaties
    return {
        "initiatief": formulieren.initiatief,
        "profiel": profiel,
        "plekken": plekken,
        "locaties": locaties,
        "versie": nu,
        "botst": botst,
        "verschillen": formulieren.verschillen() if botst else [],
        "voorstellen": formulieren.voorstellen,
        "vragen": vragen_terug(profiel, *plekken, *locaties),
        "losse_vragen": [*plekken.non_form_errors(), *locaties.non_form_errors()],
    }


@require_POST
def plekken_kloppen(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm with one press that the room is still as it says."""
    initiatief = get_object_or_404(Initiatief.objects.van(request.user), slug=slug)
    bevestig_plekken(initiatief=initiatief)
    messages.success(request, f"Genoteerd: bij {initiatief} kloppen de plekken vandaag nog.")
    return redirect("initiatieven:beheer")
