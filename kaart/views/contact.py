"""Asking places, and what comes of it: the public form, the family's own page, and the page of the places."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from collectief.gebruikers.tevaak import mag_nog_eens
from collectief.rijbeveiliging import met_sleutel
from initiatieven.forms.velden import vragen_terug
from kaart.actions import beweeg, trek_in, vraag_aan
from kaart.contactstanden import Contactstand
from kaart.forms.contact import ContactForm, GevondenForm, StandForm, gekozen_plekken
from kaart.models import ContactGeweigerd, Contactplek, Contactverzoek
from kaart.permissions import mag_vragen_lezen
from kaart.views.prive import lees_sleutel

TE_VEEL = "Er kwamen net veel vragen binnen. Wacht een uur en probeer het dan nog eens. Je tekst staat er nog."
KLAAR_OP_PAGINA = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    """Ask `?plek=de-wilgenhoek&plek=atelier-noord` whether there is room."""
    slugs = request.GET.getlist("plek")
    form = ContactForm(request.POST or None, slugs=slugs)
    if form.is_valid():
        if form.is_van_een_robot:
            return redirect("kaart:contact_dank")
        if mag_nog_eens(request, action="contact", key=form.cleaned_data["email"].lower()):
            return _stel_vraag(form)
        form.add_error(None, TE_VEEL)
    te_kiezen = list(form.fields["plekken"].queryset)
    anders = [plek for plek in gekozen_plekken(slugs) if plek not in te_kiezen]
    context = {"form": form, "vragen": vragen_terug(form), "te_kiezen": te_kiezen, "anders": anders}
    return render(request, "kaart/contact.html", context)


def _stel_vraag(form: ContactForm) -> HttpResponse:
    """Ask, and show where it stands. The same form sent twice is the same question; its link is in the mail."""
    verzoek = form.verzoek()
    try:
        with met_sleutel(verzoek.pk):
            vraag_aan(verzoek=verzoek, initiatieven=form.cleaned_data["plekken"])
    except IntegrityError as fout:
        if "kenmerk" not in str(fout):
            raise
        return redirect("kaart:contact_dank")
    return redirect("kaart:contact_stand", token=verzoek.token)


@require_safe
@login_not_required
def contact_dank(request: HttpRequest) -> HttpResponse:
    return render(request, "kaart/contact_dank.html")


def _verzoek(sleutel: UUID) -> Contactverzoek:
    """The question with this key; 404 once its link has ended."""
    verzoek = get_object_or_404(Contactverzoek, pk=sleutel)
    if verzoek.is_verlopen:
        raise Http404
    return verzoek


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def contact_stand(request: HttpRequest, token: str) -> HttpResponse:
    """Where the question stands, for whoever has the link; and whether a place was found."""
    sleutel = lees_sleutel(Contactverzoek, token)
    with met_sleutel(sleutel):
        verzoek = _verzoek(sleutel)
        form = GevondenForm(request.POST or None, initial={"gevonden": verzoek.gevonden})
        if form.is_valid():
            Contactverzoek.objects.filter(pk=sleutel).update(gevonden=form.cleaned_data["gevonden"])
            return redirect("kaart:contact_stand", token=token)
        plekken = verzoek.plekken.with_gelezen_op().select_related("initiatief").order_by("pk")
        plekken = [] if verzoek.gewist_op else list(plekken.prefetch_related("initiatief__locaties"))
    context = {"verzoek": verzoek, "plekken": plekken, "form": form}
    return render(request, "kaart/contact_stand.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def contact_intrekken(request: HttpRequest, token: str) -> HttpResponse:
    """Take the question back. Looking does nothing: a scanner that opens every link takes nothing back."""
    sleutel = lees_sleutel(Contactverzoek, token)
    with met_sleutel(sleutel):
        verzoek = _verzoek(sleutel)
        if verzoek.gewist_op:
            return redirect("kaart:contact_stand", token=token)
        if request.method == "POST":
            trek_in(verzoek=verzoek)
            return redirect("kaart:contact_stand", token=token)
    return render(request, "kaart/contact_intrekken.html", {"verzoek": verzoek})


@require_safe
def vragen(request: HttpRequest) -> HttpResponse:
    """What the initiatives of this user were asked: first what waits."""
    if not mag_vragen_lezen(request.user):
        raise Http404
    mijn = Contactplek.objects.zichtbaar_voor(request.user).met_vraag().order_by("gevraagd_op", "pk")
    groepen = {
        "nieuw": mijn.nieuw(),
        "loopt": mijn.loopt(),
        "klaar": mijn.klaar().order_by("-sinds", "pk")[:KLAAR_OP_PAGINA],
    }
    return render(request, "kaart/vragen.html", groepen)


@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: how to reach the family, what they tell, and where it stands."""
    plek = get_object_or_404(Contactplek.objects.zichtbaar_voor(request.user).met_vraag(), pk=pk)
    plek.noteer_inzage(request.user)
    form = StandForm(request.POST or None, plek=plek)
    if form.is_valid():
        try:
            beweeg(plek=plek, door=request.user, **form.stap)
        except ContactGeweigerd as geweigerd:
            form.add_error(None, str(geweigerd))
        else:
            messages.success(request, f"Bewaard: {Contactstand(plek.stand).label}. Het gezin krijgt een mailtje.")
            return redirect("kaart:vragen")
    return render(request, "kaart/vraag.html", {"plek": plek, "verzoek": plek.verzoek, "form": form})
