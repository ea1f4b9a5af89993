"""Pages about people: what may I, invite, accept an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collectief.gebruikers.actions import aanvaard_met_nieuw_account, nodig_uit
from collectief.gebruikers.forms import AanvaardForm, UitnodigForm, ZoekMensForm
from collectief.gebruikers.models import Gebruiker, Rol, RolNogNodig, Roluitnodiging, UitnodigingOngeldig
from collectief.gebruikers.permissions import mag_beeindigen, mag_uitnodigen

PER_BLADZIJDE = 50


@require_GET
def wat_mag_ik(request: HttpRequest) -> HttpResponse:
    """Show the signed-in user her own roles and what each allows."""
    rollen = request.user.rollen.nu().select_related("initiatief").order_by("soort", "initiatief__naam")
    return render(request, "gebruikers/wat_mag_ik.html", {"rollen": rollen})


def _zichtbare_uitnodigingen(gebruiker: Gebruiker):
    uitnodigingen = Roluitnodiging.objects.select_related("initiatief", "door").order_by("-verstuurd_op")
    if not gebruiker.is_beheerder:
        uitnodigingen = uitnodigingen.filter(initiatief__in=gebruiker.initiatieven_als(Rol.Soort.COORDINATOR))
    return uitnodigingen


@require_http_methods(["GET", "POST"])
def uitnodigen(request: HttpRequest) -> HttpResponse:
    """Invite a colleague, and see who was invited."""
    if not mag_uitnodigen(request.user):
        raise Http404
    form = UitnodigForm(request.POST or None, door=request.user)
    if form.is_valid():
        uitnodiging = nodig_uit(uitnodiging=form.save(commit=False))
        messages.success(request, f"We hebben {uitnodiging.naam} een uitnodiging gemaild.")
        return redirect("gebruikers:uitnodigen")
    return render(
        request,
        "gebruikers/uitnodigen.html",
        {"form": form, "uitnodigingen": _zichtbare_uitnodigingen(request.user)[:50]},
    )


@require_POST
def trek_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation that was not used yet."""
    if not mag_uitnodigen(request.user):
        raise Http404
    uitnodiging = get_object_or_404(_zichtbare_uitnodigingen(request.user), pk=pk)
    Roluitnodiging.objects.open().filter(pk=uitnodiging.pk).update(ingetrokken_op=timezone.now())
    messages.success(request, "De uitnodiging is ingetrokken.")
    return redirect("gebruikers:uitnodigen")


@require_GET
def rollen(request: HttpRequest) -> HttpResponse:
    """Show who holds which role now, with a way to end it."""
    if not mag_uitnodigen(request.user):
        raise Http404
    form = ZoekMensForm(request.GET)
    zoek = form.cleaned_data["q"] if form.is_valid() else ""
    gevonden = Rol.objects.nu().te_beheren_door(request.user).van_wie(zoek).select_related("gebruiker", "initiatief")
    bladzijde = Paginator(gevonden.op_naam(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "gebruikers/rollen.html", {"form": form, "zoek": zoek, "bladzijde": bladzijde})


@require_POST
def beeindig(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's role; she loses what it opened on her next request."""
    if not mag_uitnodigen(request.user):
        raise Http404
    te_beheren = Rol.objects.nu().te_beheren_door(request.user).select_related("gebruiker", "initiatief")
    rol = get_object_or_404(te_beheren, pk=pk)
    if not mag_beeindigen(request.user, rol):
        messages.error(request, "Je eigen rol kun je niet beëindigen. Vraag het een collega of een beheerder.")
        return redirect("gebruikers:rollen")
    try:
        rol.beeindig()
    except RolNogNodig as nodig:
        messages.error(request, str(nodig))
        return redirect("gebruikers:rollen")
    messages.success(request, f"{rol.gebruiker.naam} is geen {rol.get_soort_display()} meer. Dat geldt meteen.")
    return redirect("gebruikers:rollen")


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def aanvaard(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with a new account, or signed in with the invited address."""
    uitnodiging = get_object_or_404(Roluitnodiging.objects.select_related("initiatief", "door"), token=token)
    if request.method == "POST" and uitnodiging.aanvaard_op:
        return redirect(request.path)  # pressed twice: however late the second comes, it ends on the same page
    if not uitnodiging.is_open:
        return render(request, "gebruikers/uitnodiging_verlopen.html", {"uitnodiging": uitnodiging}, status=410)
    if Gebruiker.objects.met_adres(uitnodiging.email).exists():
        return _aanvaard_met_account(request, uitnodiging)
    form = AanvaardForm(request.POST or None, email=uitnodiging.email, initial={"naam": uitnodiging.naam})
    if form.is_valid():
        try:
            aanvaard_met_nieuw_account(uitnodiging=uitnodiging, **form.cleaned_data)
        except UitnodigingOngeldig:
            return redirect(request.path)
        messages.success(request, "Welkom! Je account staat klaar. Log in om verder te gaan.")
        return redirect("account_login")
    return render(request, "gebruikers/aanvaard.html", {"uitnodiging": uitnodiging, "form": form})


def _aanvaard_met_account(request: HttpRequest, uitnodiging: Roluitnodiging) -> HttpResponse:
    """Give the role to an existing account, only when its owner is signed in and says yes."""
    is_eigen = request.user.is_authenticated and uitnodiging.geldt_voor(request.user)
    if request.method == "POST" and is_eigen:
        try:
            uitnodiging.aanvaard(request.user)
        except UitnodigingOngeldig:
            return redirect(request.path)
        messages.success(request, "Je rol is toegevoegd.")
        return redirect("gebruikers:wat_mag_ik")
    return render(request, "gebruikers/aanvaard_rol.html", {"uitnodiging": uitnodiging, "is_eigen": is_eigen})
