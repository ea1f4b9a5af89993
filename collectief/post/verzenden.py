"""From outbox to mail server: claim, render, hand over, note."""

import email.policy
import logging
import smtplib
import time
from collections.abc import Iterator
from email.message import EmailMessage

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from collectief import trace
from collectief.agenda import als_agendapost
from collectief.post.afmelden import afmeldlink
from collectief.post.lijn import Lijn
from collectief.post.models import Bericht

logger = logging.getLogger(__name__)
PORTIE = 50  # messages per claim: a killed worker holds up at most this many, for one lease
RONDE = 240  # seconds: a run ends by itself, long before Celery's time limit would end it in the middle of a mail


class Mail(EmailMultiAlternatives):
    """A mail that is built once: looking whether it can be built at all is most of the work of sending it."""

    gebouwd: EmailMessage | None = None
    agenda: dict | None = None  # what the calendar part says, as collectief.agenda reads it
    alineas: list[dict[str, object]]  # the text in paragraphs, with buttons where its links are

    def message(self, *, policy: email.policy.Policy = email.policy.SMTP) -> EmailMessage:
        if self.gebouwd is None:
            self.gebouwd = super().message(policy=policy)
            if self.agenda:
                self._voeg_agenda_toe(self.gebouwd)
        return self.gebouwd

    def _voeg_agenda_toe(self, mail: EmailMessage) -> None:
        """As the last of the alternatives, with the method in its type (RFC 6047, 2.4): then it shows as an invitation.

        In base64, so that no mail server on the way breaks its lines differently.
        """
        soort = {"method": self.agenda["methode"], "charset": "UTF-8"}
        mail.add_alternative(als_agendapost(self.agenda), maintype="text", subtype="calendar", params=soort)


def stel_op(bericht: Bericht) -> Mail:
    """Render a message to text and simple HTML. The link leads below BASIS_URL."""
    link = settings.BASIS_URL + bericht.pad if bericht.pad else ""
    stoppad = bericht.gegevens.get("stoppad")  # of mail to somebody without an account
    afmelden = settings.BASIS_URL + stoppad if stoppad else afmeldlink(bericht.soort, bericht.aan_id)
    knoppen = [{"tekst": tekst, "link": settings.BASIS_URL + pad} for tekst, pad in bericht.gegevens.get("knoppen", ())]
    context = {**bericht.gegevens, "link": link, "basis_url": settings.BASIS_URL, "afmelden": afmelden}
    context["knoppen"] = knoppen
    if bericht.soort == "tekst":
        onderwerp, tekst = bericht.gegevens["onderwerp"], bericht.gegevens["tekst"]
    else:
        onderwerp = render_to_string(f"post/{bericht.soort}.onderwerp.txt", context)
        tekst = render_to_string(f"post/{bericht.soort}.txt", context).strip()
    headers = {"Message-ID": bericht.message_id, "Auto-Submitted": "auto-generated"}
    if afmelden:  # RFC 8058: a mail program may do it by one POST; a GET only shows the page
        headers |= {"List-Unsubscribe": f"<{afmelden}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    onderwerp = " ".join(onderwerp.split())
    aan_wie = [bericht.antwoord_aan] if bericht.antwoord_aan else None
    mail = Mail(subject=onderwerp, body=tekst, to=[bericht.adres], headers=headers, reply_to=aan_wie)
    mail.agenda = bericht.agenda
    mail.alineas = list(_alineas(tekst, link, knoppen))
    opmaak = {"onderwerp": onderwerp, "alineas": mail.alineas, "link": link}
    mail.attach_alternative(render_to_string("post/bericht.html", opmaak), "text/html")
    return mail


def _alineas(tekst: str, link: str, knoppen: list[dict[str, str]]) -> Iterator[dict[str, object]]:
    """The paragraphs of a text; a button takes the place of the link that one ends in, and of a list of links."""
    rij = "\n".join(f"{knop['tekst']}: {knop['link']}" for knop in knoppen)
    for alinea in tekst.split("\n\n"):
        heeft_knop = bool(link) and alinea.endswith(link)
        if rij and alinea.strip() == rij:
            yield {"tekst": "", "heeft_knop": False, "knoppen": knoppen}
        else:
            yield {"tekst": alinea.removesuffix(link).strip() if heeft_knop else alinea, "heeft_knop": heeft_knop}


def verstuur_alles() -> int:
    """Send everything that is due; return how many messages were handed over.

    Safe to run many times and side by side: each message is claimed by one worker at a time. When the mail server does
    not answer nothing is claimed, and the next sweep tries again. Without mail it is not called.
    """
    if not Bericht.objects.is_er_werk():
        return 0
    aantal, einde = 0, time.monotonic() + RONDE
    lijn = Lijn()
    try:
        while time.monotonic() < einde and lijn.is_open():
            berichten = Bericht.objects.neem(PORTIE)
            if not berichten:
                break
            aantal += _verstuur_portie(berichten, lijn, einde)
    finally:
        lijn.sluit()
    return aantal


def _verstuur_portie(berichten: list[Bericht], lijn: Lijn, einde: float) -> int:
    """Hand these over one by one. That one was taken is noted when the next is offered, at once and in one statement.

    When the mail server is gone or the time is up, the rest goes back as if it had never been claimed.
    """
    brieven = [(bericht, mail) for bericht in berichten if (mail := _opgesteld(bericht))]
    aantal, vorige = 0, None
    for nummer, (bericht, mail) in enumerate(brieven):
        if time.monotonic() > einde or not lijn.is_open():
            Bericht.objects.laat_los(rest for rest, _ in brieven[nummer:])
            break
        is_van_ons = bericht.bied_aan(na=vorige)
        vorige = bericht if is_van_ons and _bezorg(bericht, mail, lijn) else None
        aantal += vorige is not None
    if vorige:
        vorige.noteer_verstuurd()
    return aantal


def _opgesteld(bericht: Bericht) -> Mail | None:
    """The mail, or None when it can't be made or its account was closed.

    An address that cannot stand in a header comes to light here.
    """
    if bericht.is_voor_gesloten_account:
        bericht.noteer_vervallen()
        return None
    try:
        mail = stel_op(bericht)
        mail.message()
    except Exception:
        logger.exception("message %s cannot be rendered", bericht.pk)
        bericht.noteer_onbestelbaar("niet op te stellen")
        return None
    return mail


def _bezorg(bericht: Bericht, mail: Mail, lijn: Lijn) -> bool:
    """Hand one over and note what went wrong; True when the mail server took it. Logged under what asked for it."""
    with trace.onder(bericht.trace or trace.huidige()):
        return _geef_af(bericht, mail, lijn)


def _geef_af(bericht: Bericht, mail: Mail, lijn: Lijn) -> bool:
    try:
        lijn.geef_af(bericht, mail)
    except smtplib.SMTPRecipientsRefused as fout:
        _noteer_weigering(bericht, lijn, next(iter(fout.recipients.values()))[0])
    except smtplib.SMTPSenderRefused as fout:  # about us and not about her: mending a setting mends this too
        bericht.noteer_later(f"SMTP {fout.smtp_code}")
        lijn.hang_op()
    except smtplib.SMTPResponseException as fout:
        _noteer_weigering(bericht, lijn, fout.smtp_code)
    except OSError as fout:  # an SMTPException is one too
        bericht.noteer_later(type(fout).__name__)
        lijn.hang_op()
    except Exception as fout:  # whatever one message does to the mail library, the others go out
        logger.exception("message %s cannot be handed over", bericht.pk)
        bericht.noteer_later(type(fout).__name__)
    else:
        logger.info("message %s (%s) was handed over", bericht.pk, bericht.soort)
        return True
    return False


def _noteer_weigering(bericht: Bericht, lijn: Lijn, code: int) -> None:
    """A 5xx answer is final, anything else passes; with 421 the server also hangs up (RFC 5321, 3.8)."""
    if 500 <= code < 600:
        bericht.noteer_onbestelbaar(f"SMTP {code}")
    else:
        bericht.noteer_later(f"SMTP {code}")
    if code == 421:
        lijn.hang_op()
