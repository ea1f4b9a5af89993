"""Front pages and error pages. The public ones read neither the visitor nor the session."""

from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bijeenkomsten.models import Bijeenkomst
from collectief.stijl import FASEN, ICONEN, VOORBEELDRIJEN, KortForm, VoorbeeldForm
from kaart.uitgeven import voorpagina


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What this is, one question, three doors, the path, stories, and the next meeting that everyone may know of."""
    volgende = Bijeenkomst.objects.openbaar().komend().first()
    return render(request, "pagina/home.html", {"volgende_bijeenkomst": volgende, "telling": voorpagina()})


@require_safe
@login_not_required
def over(request: HttpRequest) -> HttpResponse:
    return render(request, "pagina/over.html")


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pagina/privacy.html")


@require_safe
@login_not_required
def pers(request: HttpRequest) -> HttpResponse:
    """What somebody needs who writes about the collective."""
    return render(request, "pagina/pers.html", {"telling": voorpagina(), "contact": settings.CONTACT_ADRES})


@require_safe
@login_not_required
def beveiliging(request: HttpRequest) -> HttpResponse:
    """How to tell us of a leak, and what we promise whoever does."""
    return render(request, "pagina/beveiliging.html", {"contact": settings.CONTACT_ADRES})


@require_safe
@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """The same for programs: RFC 9116. Not there when nobody can be reached."""
    if not settings.CONTACT_ADRES:
        raise Http404
    tot = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=settings.BEVEILIGING_DAGEN)
    regels = {
        "Contact": f"mailto:{settings.CONTACT_ADRES}",
        "Expires": tot.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": settings.BASIS_URL + request.path,
        "Policy": settings.BASIS_URL + reverse("beveiliging"),
    }
    tekst = "".join(f"{naam}: {waarde}\n" for naam, waarde in regels.items())
    return HttpResponse(tekst, content_type="text/plain; charset=utf-8")


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    """Bring whoever just signed in to the page where her own work starts."""
    ik = request.user
    if ik.is_medewerker:
        return redirect("trajecten:vandaag")
    if ik.is_beheerder:
        return redirect("initiatieven:toetsing")
    if ik.is_kernteam or ik.is_verbondgenoot:
        return redirect("bijeenkomsten:mijn")
    return redirect("gebruikers:wat_mag_ik")


@require_safe
def stijl(request: HttpRequest) -> HttpResponse:
    """Show every part of the look on one page, to admins and while developing."""
    if not (settings.DEBUG or request.user.is_beheerder):
        raise Http404
    context = {
        "form": VoorbeeldForm(),
        "form_met_fouten": VoorbeeldForm({"datum": "morgen", "tekst": "Dit bleef staan."}, prefix="fout"),
        "los_veld": VoorbeeldForm(prefix="los")["tekst"],
        "kort_formulier": KortForm(prefix="kort"),
        "bladzijde": Paginator(range(50), 20).page(2),
        "rijen": VOORBEELDRIJEN,
        "fasen": FASEN,
        "iconen": ICONEN,
    }
    return render(request, "pagina/stijl.html", context)


def csrf_fout(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain an expired form; what was typed is still there after going back."""
    return render(request, "403_csrf.html", status=403)
