"""Mail of the core team to the guests of a meeting: a reminder in time, a message at once, a proof to oneself."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bijeenkomsten.brieven import proefbrief, rondbrieven
from bijeenkomsten.models import Bijeenkomst, Rondmail
from bijeenkomsten.models.rondmail import VOORSTEL
from collectief.gebruikers.models import Gebruiker
from collectief.post.actions import leg_klaar_samen
from collectief.post.verzenden import Mail, stel_op


def voorbeeld(*, rondmail: Rondmail, gebruiker: Gebruiker) -> Mail:
    """What a guest would get, word for word; made and not sent."""
    brief = proefbrief(rondmail, gebruiker)
    brief.gegevens["is_proef"] = False
    return stel_op(brief)


def stuur_proef(*, rondmail: Rondmail, gebruiker: Gebruiker) -> None:
    """Send it to who writes it, and to nobody else."""
    leg_klaar_samen([proefbrief(rondmail, gebruiker)])


@transaction.atomic
def verstuur_bericht(*, rondmail: Rondmail) -> int:
    """Send a message to these guests at once; return to how many. The same form twice sends once, also at once.

    Raises ValidationError when there is nobody to send it to.
    """
    rondmail.bijeenkomst.op_slot()
    eerder = Rondmail.objects.filter(sleutel=rondmail.sleutel).first()
    if eerder:
        return eerder.aantal
    ontvangers = list(rondmail.ontvangers())
    if not ontvangers:
        raise ValidationError("Er is niemand aan wie dit bericht gaat. Kies een andere groep.", code="niemand")
    rondmail.save()
    leg_klaar_samen(rondbrieven(rondmail, ontvangers))
    rondmail.noteer_verstuurd(len(ontvangers))
    return len(ontvangers)


@transaction.atomic
def stel_herinneringen_voor(*, bijeenkomst: Bijeenkomst, door: Gebruiker) -> int:
    """Put the usual reminders ready for a meeting that has none yet; return how many there are then.

    One whose day has been is left out: it would go out at once, to people who were invited minutes ago.
    """
    bijeenkomst.op_slot()
    if aantal := bijeenkomst.rondmails.herinneringen().count():
        return aantal
    gewoon = {"bijeenkomst": bijeenkomst, "soort": Rondmail.Soort.HERINNERING, "door": door}
    rondmails = [Rondmail(wie=wie, dagen_vooraf=dagen, tekst=tekst, **gewoon) for wie, dagen, tekst in VOORSTEL]
    return len(Rondmail.objects.bulk_create(mail for mail in rondmails if mail.verstuurt_op > timezone.now()))


def zet_herinneringen_klaar() -> int:
    """Put every reminder whose time has come in the outbox; return how many mails. Safe to run twice and side by side.

    After a time in which nobody looked, a guest gets the last of what was due, not all of it.
    """
    nu, gehad, aantal = timezone.now(), set(), 0
    for rondmail in Rondmail.objects.nog_te_versturen():  # the one nearest to the meeting first
        if rondmail.verstuurt_op <= nu:
            aantal += _verstuur(rondmail.pk, is_ingehaald=(rondmail.bijeenkomst_id, rondmail.wie) in gehad)
            gehad.add((rondmail.bijeenkomst_id, rondmail.wie))
    return aantal


@transaction.atomic
def _verstuur(pk: int, *, is_ingehaald: bool) -> int:
    """Send one reminder, if nobody else does and it is still due."""
    rondmail = Rondmail.objects.nog_te_versturen().filter(pk=pk).op_slot()
    if rondmail is None:
        return 0
    ontvangers = [] if is_ingehaald else list(rondmail.ontvangers())
    leg_klaar_samen(rondbrieven(rondmail, ontvangers))
    rondmail.noteer_verstuurd(len(ontvangers))
    return len(ontvangers)
