"""The people around a young person: who counsels, who stands in, who else is there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trajecten.actions import draag_over, neem_afscheid
from trajecten.forms.mensen import BetrokkeneForm, MensForm, OverdraagForm, WaarnemerForm
from trajecten.models import Betrokkene, Traject, wie_schrijft_nog
from trajecten.permissions import mag_afscheid_noteren, mag_begeleiding_wijzigen
from trajecten.views.laden import alleen_post, open_traject

SOORTEN = {"overdragen": OverdraagForm, "waarnemer": WaarnemerForm, "betrokkene": BetrokkeneForm}


@require_http_methods(["GET", "POST"])
def mensen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everybody, and let a colleague take over or stand in, or write down who else is there."""
    traject = open_traject(request, pk, "mensen")
    mag_wijzigen = mag_begeleiding_wijzigen(request.user, traject)
    soort = request.POST.get("soort", "")
    formulieren = _formulieren(request, traject, soort)
    form = formulieren.get(soort)
    if form and form.is_valid():
        if soort != "betrokkene" and not mag_wijzigen:
            raise Http404
        return _doe(request, traject, form, soort)
    context = {"traject": traject, "formulieren": formulieren, "mag_wijzigen": mag_wijzigen}
    return render(request, "trajecten/mensen.html", context | _mensen(request, traject, mag_begeleiding=mag_wijzigen))


def _mensen(request: HttpRequest, traject: Traject, *, mag_begeleiding: bool) -> dict:
    """Everybody now and before; `mag_weg` says of whom this visitor may write down that she left."""
    allen = list(traject.betrokkenen.select_related("gebruiker").order_by("van", "id"))
    nu = [mens for mens in allen if not mens.tot]
    vaste = [mens for mens in nu if mens.rol == Betrokkene.Rol.VASTE_BEGELEIDER]
    for mens in nu:
        mag = mag_afscheid_noteren(request.user, mens, mag_begeleiding=mag_begeleiding)
        mens.mag_weg = mag and vaste != [mens]
    eerder = [mens for mens in allen if mens.tot]
    return {"nu": nu, "eerder": eerder, "heeft_vaste": bool(vaste), "concepten": wie_schrijft_nog([traject.pk])}


def _formulieren(request: HttpRequest, traject: Traject, soort: str) -> dict:
    """The three forms of this page; only the one that was sent is bound."""
    return {
        naam: Form(request.POST if naam == soort else None, auto_id=f"id_{naam}_%s", traject=traject)
        for naam, Form in SOORTEN.items()
    }


def _doe(request: HttpRequest, traject: Traject, form, soort: str) -> HttpResponse:
    """Carry out one form and say what happened."""
    if soort == "overdragen":
        aan = form.cleaned_data["aan"]
        draag_over(traject=traject, aan=aan, blijft_waarnemer=form.cleaned_data["blijft"])
        messages.success(request, f"{aan.naam} is nu de vaste begeleider van {traject.jongere.roepnaam}.")
        is_er_nog = Traject.objects.zichtbaar_voor(request.user).filter(pk=traject.pk).exists()
        return redirect("trajecten:mensen", pk=traject.pk) if is_er_nog else redirect("trajecten:vandaag")
    if soort == "waarnemer":
        wie = form.cleaned_data["wie"]
        Betrokkene.objects.get_or_create(traject=traject, gebruiker=wie, rol=Betrokkene.Rol.WAARNEMER, tot=None)
        messages.success(request, f"{wie.naam} neemt waar.")
    else:
        betrokkene = form.save(commit=False)
        betrokkene.traject = traject
        betrokkene.save(force_insert=True)
        messages.success(request, f"{betrokkene.naam} staat erbij.")
    return redirect("trajecten:mensen", pk=traject.pk)


@require_http_methods(["GET", "POST"])
def mens(request: HttpRequest, pk: UUID, mens_pk: UUID) -> HttpResponse:
    """Look at one person around the young person, and mend what is written down. Who counsels has a page of her own."""
    traject = open_traject(request, pk, "mensen")
    zonder_account = traject.betrokkenen.exclude(rol__in=Betrokkene.BEGELEIDENDE_ROLLEN)
    gevonden = get_object_or_404(zonder_account, pk=mens_pk)
    form = MensForm(request.POST or None, instance=gevonden, traject=traject)
    if form.is_valid():
        form.instance.save(update_fields=form.Meta.fields)
        messages.success(request, "Bewaard.")
        return redirect("trajecten:mensen", pk=pk)
    return render(request, "trajecten/mens.html", {"traject": traject, "mens_pk": mens_pk, "form": form})


@alleen_post
def afscheid(request: HttpRequest, pk: UUID, mens_pk: UUID) -> HttpResponse:
    """End somebody's part. The last steady counsellor stays until there is another."""
    traject = open_traject(request, pk, "mensen")
    mens = get_object_or_404(traject.betrokkenen.nu().select_related("gebruiker"), pk=mens_pk)
    mag_begeleiding = mag_begeleiding_wijzigen(request.user, traject)
    if not mag_afscheid_noteren(request.user, mens, mag_begeleiding=mag_begeleiding):
        raise Http404
    if not neem_afscheid(betrokkene=mens):
        messages.warning(request, "Kies eerst wie de vaste begeleider wordt. Zo is er altijd iemand.")
    else:
        messages.success(request, f"{mens.noem} staat nu bij eerdere mensen.")
    is_er_nog = Traject.objects.zichtbaar_voor(request.user).filter(pk=pk).exists()
    return redirect("trajecten:mensen", pk=pk) if is_er_nog else redirect("trajecten:vandaag")
