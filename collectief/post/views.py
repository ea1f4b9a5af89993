"""What people choose about our mail; and the mail folder of the embedded mode, readable from this machine only."""

import base64
import email
import email.policy
import hashlib
import re
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from collectief.post.actions import meld_af, meld_weer_aan
from collectief.post.afmelden import lees_token
from collectief.post.models import Afmelding

LOKAAL = {"127.0.0.1", "::1"}
MEEST = 100  # letters shown, newest first


def _postmap(request: HttpRequest) -> Path:
    """Return the mail folder; 404 anywhere but on this machine in embedded mode."""
    if not settings.MAIL_MAP or settings.MODUS == "productie" or request.META.get("REMOTE_ADDR") not in LOKAAL:
        raise Http404
    return settings.BASE_DIR / settings.MAIL_MAP


def _lees(pad: Path) -> EmailMessage:
    return email.message_from_bytes(pad.read_bytes(), policy=email.policy.default)


def _inhoud(deel: EmailMessage | None) -> str:
    """The words of a part of a letter, as far as they can be read; it need not be one of ours."""
    if deel is None:
        return ""
    try:
        return deel.get_content()
    except LookupError:  # a character set that nobody knows, or a part without any words
        return (deel.get_payload(decode=True) or b"").decode(errors="replace")


@require_GET
@login_not_required
@never_cache
def postmap(request: HttpRequest) -> HttpResponse:
    paden = [pad for pad in _postmap(request).glob("*.eml") if pad.is_file()]
    paden.sort(key=lambda pad: pad.stat().st_mtime, reverse=True)
    brieven = [{"naam": pad.stem, "mail": _lees(pad)} for pad in paden[:MEEST]]
    return render(request, "post/postmap.html", {"brieven": brieven, "aantal": len(paden)})


def _brief(request: HttpRequest, naam: str) -> EmailMessage:
    map_ = _postmap(request)
    pad = map_ / f"{naam}.eml"
    if pad.parent != map_ or not pad.is_file():
        raise Http404
    return _lees(pad)


@require_GET
@login_not_required
@never_cache
@csp_override({**settings.SECURE_CSP, "frame-src": [CSP.SELF]})
def brief(request: HttpRequest, naam: str) -> HttpResponse:
    """Show the text of a letter, and its HTML in a frame that may do nothing."""
    mail = _brief(request, naam)
    context = {"mail": mail, "naam": naam, "tekst": _inhoud(mail.get_body(("plain",)))}
    return render(request, "post/brief.html", context | {"heeft_opmaak": mail.get_body(("html",)) is not None})


@require_GET
@login_not_required
@never_cache
@xframe_options_sameorigin
def opmaak(request: HttpRequest, naam: str) -> HttpResponse:
    """The HTML of a letter as a mail program would get it: no script, no picture, only the style it brought along."""
    deel = _brief(request, naam).get_body(("html",))
    if deel is None:
        raise Http404
    html = _inhoud(deel)
    antwoord = HttpResponse(html)
    sommen = " ".join(f"'sha256-{_som(stijl)}'" for stijl in re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    regels = ["default-src 'none'", f"style-src {sommen or CSP.NONE}", "sandbox", "frame-ancestors 'self'"]
    antwoord.headers["Content-Security-Policy"] = "; ".join(regels)
    return antwoord


def _som(stijl: str) -> str:
    return base64.b64encode(hashlib.sha256(stijl.encode()).digest()).decode()


@csrf_exempt
@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def afmelden(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail. Looking does nothing, so a scanner that opens every link stops nobody's mail.

    Without a check of cookies, because mail programs post here themselves (RFC 8058); the link is the secret.
    """
    wie_en_wat = lees_token(token)
    if wie_en_wat is None or not get_user_model().objects.filter(pk=wie_en_wat[0]).exists():
        return render(request, "post/afmelden_onbekend.html", status=404)
    gebruiker_id, soort = wie_en_wat
    if request.method == "POST":
        (meld_weer_aan if request.POST.get("weer") else meld_af)(gebruiker_id=gebruiker_id, soort=soort)
    is_af = Afmelding.objects.filter(gebruiker=gebruiker_id, soort=soort).exists()
    return render(request, "post/afmelden.html", {"soort": soort.label, "is_af": is_af})


@require_http_methods(["GET", "POST"])
def mailkeuze(request: HttpRequest) -> HttpResponse:
    """Which mail somebody wants of us; what she needs to sign in always comes."""
    if request.method == "POST" and request.POST.get("soort") in Afmelding.Soort:
        soort = Afmelding.Soort(request.POST["soort"])
        (meld_weer_aan if request.POST.get("weer") else meld_af)(gebruiker_id=request.user.pk, soort=soort)
        messages.success(request, "Bewaard. Dat geldt meteen.")
        return redirect("post:mailkeuze")
    af = set(Afmelding.objects.filter(gebruiker=request.user).values_list("soort", flat=True))
    soorten = [{"waarde": soort.value, "naam": soort.label, "is_af": soort in af} for soort in Afmelding.Soort]
    return render(request, "post/mailkeuze.html", {"soorten": soorten})
