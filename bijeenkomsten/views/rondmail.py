"""Mail to the guests of a meeting: the core team writes, looks at it, sends itself a proof, and lets it go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.forms.rondmail import FORMULIEREN, RondmailForm
from bijeenkomsten.models import Bijeenkomst, Rondmail
from bijeenkomsten.rondsturen import stel_herinneringen_voor, stuur_proef, verstuur_bericht, voorbeeld
from bijeenkomsten.views.kernteam import voor_kernteam

BEWAARD = {
    Rondmail.Soort.UITNODIGING: "Bewaard. Wie je vanaf nu uitnodigt, krijgt deze tekst.",
    Rondmail.Soort.HERINNERING: "Bewaard. De herinnering gaat vanzelf uit.",
}


@require_safe
@voor_kernteam
def rondmails(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is and will be mailed to the guests of one meeting."""
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    eigen = list(bijeenkomst.rondmails.select_related("door", "bijeenkomst"))
    context = {
        "bijeenkomst": bijeenkomst,
        "uitnodiging": next((een for een in eigen if een.soort == Rondmail.Soort.UITNODIGING), None),
        "herinneringen": bijeenkomst.rondmails.herinneringen().select_related("bijeenkomst"),
        "berichten": bijeenkomst.rondmails.berichten(),
    }
    return render(request, "bijeenkomsten/rondmails.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def schrijven(request: HttpRequest, pk: int, soort: str, mail_pk: int | None = None) -> HttpResponse:
    """Write one of them; every button keeps what was typed, and only the last one sends or stores."""
    rondmail = _rondmail(pk, soort, mail_pk)
    form = FORMULIEREN[soort](request.POST or None, instance=rondmail)
    context = {"form": form, "bijeenkomst": rondmail.bijeenkomst, "soort": soort, "rondmail": rondmail}
    if form.is_valid():
        rondmail.door = request.user
        if request.POST.get("knop") == "proef":
            stuur_proef(rondmail=rondmail, gebruiker=request.user)
            messages.success(request, f"De proefmail gaat naar {request.user.email}.")
        if request.POST.get("knop") == "klaar" and _is_klaar(request, form):
            return redirect("bijeenkomsten:rondmails", pk)
        context["voorbeeld"] = voorbeeld(rondmail=rondmail, gebruiker=request.user)
        context["aantal"] = rondmail.ontvangers().count()
    return render(request, "bijeenkomsten/rondmail.html", context)


def _rondmail(pk: int, soort: str, mail_pk: int | None) -> Rondmail:
    """The one that is there already, or a new one of this kind. A message that was sent is never written again."""
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    if soort not in FORMULIEREN or (mail_pk and soort != Rondmail.Soort.HERINNERING):
        raise Http404
    eigen = bijeenkomst.rondmails.filter(soort=soort)
    if mail_pk:
        return get_object_or_404(eigen, pk=mail_pk)
    eerder = eigen.first() if soort == Rondmail.Soort.UITNODIGING else None
    return eerder or Rondmail(bijeenkomst=bijeenkomst, soort=soort, wie=Rondmail.Wie.NIET_NEE)


def _is_klaar(request: HttpRequest, form: RondmailForm) -> bool:
    """Send a message, store anything else; say what happened. False, with a message at the form, when it could not."""
    if form.instance.soort != Rondmail.Soort.BERICHT:
        form.save()
        messages.success(request, BEWAARD[form.instance.soort])
        return True
    try:
        aantal = verstuur_bericht(rondmail=form.instance)
    except ValidationError as fout:
        form.add_error("wie", fout)
        return False
    messages.success(request, f"Verstuurd aan {aantal} {'mens' if aantal == 1 else 'mensen'}.")
    return True


@require_POST
@voor_kernteam
def herinneringen_voorstellen(request: HttpRequest, pk: int) -> HttpResponse:
    if stel_herinneringen_voor(bijeenkomst=get_object_or_404(Bijeenkomst, pk=pk), door=request.user):
        messages.success(request, "De gewone herinneringen staan klaar. Je kunt ze nog veranderen.")
    else:
        messages.warning(request, "Voor de gewone herinneringen is het te kort dag. Een bericht sturen kan altijd.")
    return redirect("bijeenkomsten:rondmails", pk)


@require_POST
@voor_kernteam
def rondmail_weg(request: HttpRequest, pk: int, mail_pk: int) -> HttpResponse:
    """Take away a text or a reminder. A message that was sent stays, so that everybody knows what was said."""
    weg = Rondmail.objects.filter(bijeenkomst=pk).exclude(soort=Rondmail.Soort.BERICHT)
    get_object_or_404(weg, pk=mail_pk).delete()
    messages.success(request, "Weggehaald.")
    return redirect("bijeenkomsten:rondmails", pk)
