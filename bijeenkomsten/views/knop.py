"""The buttons in a mail: looking shows what would be answered, only the button on the page answers."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bijeenkomsten.actions import beantwoord
from bijeenkomsten.brieven import van_knop
from bijeenkomsten.forms.bijeenkomst import AntwoordForm
from bijeenkomsten.models import Uitnodiging

STAND = {
    "ja": "je komt",
    "misschien": "je komt misschien",
    "nee": "je komt niet",
    "wachtlijst": "je staat op de wachtlijst",
}
VRAAG = {"ja": "Ja, ik kom", "misschien": "Ik kom misschien", "nee": "Nee, ik kom niet"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def knop(request: HttpRequest, token: str, antwoord: str) -> HttpResponse:
    """Ask once more what the button says, and take the answer. Touches no session, and never shows the online link."""
    if antwoord not in VRAAG:
        raise Http404
    uitnodiging = get_object_or_404(Uitnodiging.objects.zichtbaar(), pk=van_knop(token))
    fout = None
    if request.method == "POST":
        gekozen, fout = _neem(request, uitnodiging)
        if fout is None:
            return redirect(f"{reverse('bijeenkomsten:knop', args=[token, gekozen])}?bewaard")
    context = {
        "uitnodiging": uitnodiging,
        "bijeenkomst": uitnodiging.bijeenkomst,
        "stand": STAND.get(uitnodiging.antwoord, ""),
        "gevraagd": antwoord,
        "keuzes": VRAAG.items(),
        "fout": fout,
        "is_bewaard": "bewaard" in request.GET and fout is None,
    }
    return render(request, "bijeenkomsten/knop.html", context)


def _neem(request: HttpRequest, uitnodiging: Uitnodiging) -> tuple[str, str | None]:
    """Record the answer; return it with what is in the way, in Dutch, or None."""
    form = AntwoordForm(request.POST)
    if not form.is_valid():
        return "", form.errors["antwoord"][0]
    antwoord = form.cleaned_data["antwoord"]
    try:
        beantwoord(uitnodiging=uitnodiging, antwoord=antwoord, bron=Uitnodiging.Bron.MAIL)
    except ValidationError as fout:
        return antwoord, fout.messages[0]
    return antwoord, None
