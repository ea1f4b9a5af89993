"""From outbox to mail server: claim, render, hand over, note."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from collectief.post.models import Bericht

logger = logging.getLogger(__name__)
PORTIE = 20  # messages per claim: a killed worker holds up at most this many, for one lease


def stel_op(bericht: Bericht) -> EmailMultiAlternatives:
    """Render a message to text and simple HTML. The link leads below BASIS_URL."""
    context = {
        **bericht.gegevens,
        "link": settings.BASIS_URL + bericht.pad if bericht.pad else "",
        "basis_url": settings.BASIS_URL,
    }
    if bericht.soort == "tekst":
        onderwerp, tekst = bericht.gegevens["onderwerp"], bericht.gegevens["tekst"]
    else:
        onderwerp = render_to_string(f"post/{bericht.soort}.onderwerp.txt", context)
        tekst = render_to_string(f"post/{bericht.soort}.txt", context).strip()
    mail = EmailMultiAlternatives(
        subject=" ".join(onderwerp.split()),
        body=tekst,
        to=[bericht.adres],
        headers={"Message-ID": bericht.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("post/bericht.html", {"tekst": tekst}), "text/html")
    return mail


def verstuur_alles() -> int:
    """Send everything that is due; return how many messages were handed over.

    Safe to run many times and side by side: each message is claimed by one worker at a time.
    """
    aantal = 0
    with mailers.default as verbinding:
        while berichten := Bericht.objects.neem(PORTIE):
            aantal += sum(_verstuur(bericht, verbinding) for bericht in berichten)
    return aantal


def _verstuur(bericht: Bericht, verbinding: BaseEmailBackend) -> bool:
    try:
        mail = stel_op(bericht)
        mail.message()  # writes the headers: an address that cannot stand in one comes to light here
    except Exception:
        logger.exception("message %s cannot be rendered", bericht.pk)
        bericht.noteer_onbestelbaar("niet op te stellen")
        return False
    if not bericht.bied_aan():
        return False
    try:
        verbinding.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as fout:
        _noteer_weigering(bericht, *next(iter(fout.recipients.values())))
    except smtplib.SMTPResponseException as fout:
        _noteer_weigering(bericht, fout.smtp_code, fout.smtp_error)
    except (smtplib.SMTPException, OSError) as fout:
        bericht.noteer_later(type(fout).__name__)
        verbinding.close()
    except Exception as fout:  # whatever one message does to the mail library, the others go out
        logger.exception("message %s cannot be handed over", bericht.pk)
        bericht.noteer_later(type(fout).__name__)
    else:
        bericht.noteer_verstuurd()
        return True
    logger.warning("message %s was not taken by the mail server", bericht.pk)
    return False


def _noteer_weigering(bericht: Bericht, code: int, uitleg: bytes) -> None:
    """A 5xx answer is final, anything else passes."""
    if 500 <= code < 600:
        bericht.noteer_onbestelbaar(f"SMTP {code}")
    else:
        bericht.noteer_later(f"SMTP {code}")
