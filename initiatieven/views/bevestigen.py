"""Is the page still right? By a link from a mail, without signing in: GET shows, only POST does."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from collectief.getallen import als_getal
from initiatieven.bladzijde import op_leeftijd
from initiatieven.forms import AndersForm
from initiatieven.links import Doel, lees_token
from initiatieven.models import Bevestiging, Initiatief
from initiatieven.opfrissen import bevestig, bevestig_plekken, heeft_coordinator, meld_dat_het_anders_is
from initiatieven.versheid import Antwoord

PLEKKEN = "plekken_versheid"


def _waarover(token: str) -> tuple[Initiatief, int, str] | None:
    """The initiative, the round and the kind of question of a link; None when it is not ours or answered already."""
    wie, _, rest = (lees_token(Doel.VERSHEID, token) or "").partition(":")
    welke, _, soort = rest.partition(":")
    pk, ronde = als_getal(wie), als_getal(welke)
    if pk is None or ronde is None:
        return None
    openbaar = Initiatief.objects.openbaar().prefetch_related("locaties", "plekken")
    initiatief = openbaar.filter(pk=pk, versheid__ronde=ronde).first()
    return (initiatief, ronde, soort) if initiatief else None


@csrf_exempt  # whoever has the link may answer, from any program; the token is what says so
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def bevestigen(request: HttpRequest, token: str, antwoord: str) -> HttpResponse:
    """Show what one is about to say, and note it when the button is pressed: a scanner that looks confirms nothing."""
    waarover = _waarover(token)
    if waarover is None:
        return render(request, "initiatieven/bevestigen_klaar.html", {"gedaan": "eerder"}, status=404)
    initiatief, ronde, soort = waarover
    form = AndersForm(request.POST or None)
    kan_zelf = antwoord == "gestopt" and heeft_coordinator(initiatief)
    context = {"initiatief": initiatief, "kan_zelf": kan_zelf}
    if request.method == "POST" and (antwoord != "wijzigen" or form.is_valid()):
        gedaan = _zeg(initiatief, ronde, soort, antwoord, form)
        return render(request, "initiatieven/bevestigen_klaar.html", context | {"gedaan": gedaan})
    context |= {"token": token, "antwoord": antwoord, "alleen_plekken": soort == PLEKKEN, "form": form}
    return render(request, "initiatieven/bevestigen.html", context | {"plekken": op_leeftijd(initiatief)})


def _zeg(initiatief: Initiatief, ronde: int, soort: str, antwoord: str, form: AndersForm) -> str:
    """Note the answer; `eerder` when somebody else was just before."""
    if antwoord == "wijzigen":
        gelukt = meld_dat_het_anders_is(initiatief=initiatief, ronde=ronde, tekst=form.cleaned_data["tekst"])
    elif antwoord == "klopt" and soort == PLEKKEN:
        bevestig_plekken(initiatief=initiatief)
        gelukt = True
    else:
        gelukt = bevestig(initiatief=initiatief, ronde=ronde, antwoord=Antwoord(antwoord), weg=Bevestiging.Weg.LINK)
    return antwoord if gelukt else "eerder"
