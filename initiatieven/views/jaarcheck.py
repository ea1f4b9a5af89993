"""Once a year, and when the text of the approach changes: what members answer and admins see."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatieven.forms.jaarcheck import BenaderingForm, BesprokenForm, JaarcheckForm
from initiatieven.forms.velden import vragen_terug
from initiatieven.jaarcheck import beantwoord, bespreek, die_wachten, onderschrijf, stand_van_ronde, stel_vast
from initiatieven.models import Benadering, Initiatief, Jaarcheck
from initiatieven.permissions import mag_toetsen
from initiatieven.views.toegang import alleen_toetsers


@require_http_methods(["GET", "HEAD", "POST"])
def jaarcheck(request: HttpRequest, slug: str) -> HttpResponse:
    """The question of this year, for the staff of a member."""
    initiatief = get_object_or_404(Initiatief.objects.van(request.user), slug=slug)
    check = initiatief.jaarchecks.select_related("door").first()
    form = JaarcheckForm(request.POST or None)
    if check and form.is_valid():
        gegevens = {veld: form.cleaned_data[veld] for veld in ("aantal", "toelichting")}
        beantwoord(check=check, bron=Jaarcheck.Bron.EIGEN, door=request.user, **gegevens)
        messages.success(request, "Dank je wel. Tot volgend jaar.")
        return redirect("initiatieven:jaarcheck", slug)
    context = {"initiatief": initiatief, "check": check, "form": form, "vragen": vragen_terug(form)}
    return render(request, "initiatieven/jaarcheck.html", context)


@require_safe
def jaarchecks(request: HttpRequest) -> HttpResponse:
    """The checks that wait, the oldest first."""
    alleen_toetsers(request)
    return _checks(request)


def _checks(request: HttpRequest, pk: int | None = None, form: BesprokenForm | None = None) -> HttpResponse:
    rijen = [(check, form if check.pk == pk else BesprokenForm(prefix=str(check.pk))) for check in die_wachten()]
    return render(request, "initiatieven/jaarchecks.html", {"rijen": rijen})


@require_POST
def besproken(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was agreed with a member whose check was not enough, or came not."""
    alleen_toetsers(request)
    check = get_object_or_404(Jaarcheck.objects.filter(besproken_op=None), pk=pk)
    form = BesprokenForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _checks(request, pk, form)
    bespreek(check=check, door=request.user, waarom=form.cleaned_data["waarom"])
    messages.success(request, "Opgeslagen.")
    return redirect("initiatieven:jaarchecks")


@require_safe
def benadering(request: HttpRequest) -> HttpResponse:
    """The text that members stand for, who of one's own does, and the counter of this round."""
    if not (request.user.is_medewerker or mag_toetsen(request.user)):
        raise Http404
    nu = Benadering.objects.nu()
    stand = stand_van_ronde(nu)
    if request.htmx:
        return render(request, "initiatieven/benadering.html#teller", {"benadering": nu, "stand": stand})
    eigen = Initiatief.objects.van(request.user).openbaar().op_naam()
    al = set(nu.onderschrijvingen.filter(initiatief__in=eigen).values_list("initiatief", flat=True))
    context = {"benadering": nu, "stand": stand, "eigen": [(mijn, mijn.pk in al) for mijn in eigen]}
    return render(request, "initiatieven/benadering.html", context)


@require_POST
def onderschrijven(request: HttpRequest, slug: str) -> HttpResponse:
    """Say for one's own initiative that it stands for the version that was read."""
    initiatief = get_object_or_404(Initiatief.objects.van(request.user).openbaar(), slug=slug)
    nu = Benadering.objects.nu()
    if request.POST.get("versie") != str(nu.versie):
        messages.error(request, "De tekst is net vernieuwd. Lees hem nog eens.")
        return redirect("initiatieven:benadering")
    onderschrijf(benadering=nu, initiatief=initiatief, door=request.user)
    messages.success(request, f"Genoteerd: {initiatief} staat achter {nu}.")
    return redirect("initiatieven:benadering")


@require_http_methods(["GET", "HEAD", "POST"])
def nieuwe_benadering(request: HttpRequest) -> HttpResponse:
    """Write a new version; every member is asked whether it stands for it."""
    alleen_toetsers(request)
    nu = Benadering.objects.nu()
    form = BenaderingForm(request.POST or None, initial={"tekst": nu.tekst})
    if form.is_valid():
        nieuwe = stel_vast(**form.cleaned_data, door=request.user)
        messages.success(request, f"Vastgesteld: {nieuwe}. De leden krijgen een mail.")
        return redirect("initiatieven:benadering")
    context = {"nu": nu, "form": form, "vragen": vragen_terug(form)}
    return render(request, "initiatieven/benadering_nieuw.html", context)
