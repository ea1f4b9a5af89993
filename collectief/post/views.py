"""The mail folder of the embedded mode, readable from this machine only."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

LOKAAL = {"127.0.0.1", "::1"}
MEEST = 100  # letters shown, newest first


def _postmap(request: HttpRequest) -> Path:
    """Return the mail folder; 404 anywhere but on this machine in embedded mode."""
    if not settings.MAIL_MAP or settings.MODUS == "productie" or request.META.get("REMOTE_ADDR") not in LOKAAL:
        raise Http404
    return settings.BASE_DIR / settings.MAIL_MAP


def _lees(pad: Path) -> EmailMessage:
    return email.message_from_bytes(pad.read_bytes(), policy=email.policy.default)


@require_GET
@login_not_required
@never_cache
def postmap(request: HttpRequest) -> HttpResponse:
    paden = sorted(_postmap(request).glob("*.eml"), key=lambda pad: pad.stat().st_mtime, reverse=True)
    brieven = [{"naam": pad.stem, "mail": _lees(pad)} for pad in paden[:MEEST]]
    return render(request, "post/postmap.html", {"brieven": brieven, "aantal": len(paden)})


@require_GET
@login_not_required
@never_cache
def brief(request: HttpRequest, naam: str) -> HttpResponse:
    pad = _postmap(request) / f"{naam}.eml"
    if pad.parent != _postmap(request) or not pad.is_file():
        raise Http404
    mail = _lees(pad)
    return render(request, "post/brief.html", {"mail": mail, "tekst": mail.get_body(("plain",)).get_content()})
