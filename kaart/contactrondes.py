"""What time does to questions of families: let run out, remind, ask whether it helped, and erase.

Each round is safe to run often and side by side: a row is locked, and what was done stands on the row itself.
"""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_taak
from kaart.actions import AAN_GEZIN, mail_gezin, mail_staf, wis_mail
from kaart.contactstanden import GEVONDEN_NA, HERINNER_NA, VERLOOPT_NA, Beweger, Contactstand
from kaart.models import Contactcijfer, Contactplek, Contactverzoek

PORTIE = 500  # rows a round; the next round takes the rest


def loop_na() -> None:
    """One round of everything, in this order: what ran out needs no reminder, and asking comes before erasing."""
    with als_taak(Contactverzoek.TAAK):
        zeg_dat_het_stopte()
        verloop()
        herinner()
        vraag_of_het_lukte()
        wis()
        Contactcijfer.objects.tel_opnieuw()
    ruim_mail_op()


def _wachtend(plekken: QuerySet[Contactplek]) -> QuerySet[Contactplek]:
    """What nobody answered, longest first, locked; what another round has in hand is passed over."""
    nieuw = plekken.nieuw().order_by("gevraagd_op", "pk")
    return nieuw.select_related("verzoek").select_for_update(skip_locked=True, of=("self",))


def _oud(dagen: timedelta) -> QuerySet[Contactplek]:
    return _wachtend(Contactplek.objects.filter(gevraagd_op__lte=timezone.now() - dagen))


def zeg_dat_het_stopte() -> None:
    """A place that stopped will not answer any more: the family hears that at once, and what else they can do."""
    for plek in _wachtend(Contactplek.objects.bij_gestopt())[:PORTIE]:
        plek.zet(Contactstand.GEEN_REACTIE, beweger=Beweger.KLOK)
        mail_gezin(plek.verzoek, "contact_gestopt")


def verloop() -> None:
    """After thirty days without an answer the family hears that, and what else they can do."""
    for plek in _oud(VERLOOPT_NA)[:PORTIE]:
        plek.zet(Contactstand.GEEN_REACTIE, beweger=Beweger.KLOK)
        mail_gezin(plek.verzoek, "contact_geen_reactie")


def herinner() -> None:
    """Remind a place once, on the third working day without an answer."""
    plekken = [
        plek for plek in _oud(timedelta(days=HERINNER_NA)).filter(herinnerd_op=None)[:PORTIE] if plek.mag_herinnerd
    ]
    mail_staf(plekken, "contact_herinnering")
    Contactplek.objects.filter(pk__in=[plek.pk for plek in plekken]).update(herinnerd_op=timezone.now())


def vraag_of_het_lukte() -> None:
    """Ask once after thirty and once after ninety days. Who was away for long hears only the last question."""
    for na in sorted(GEVONDEN_NA, reverse=True):
        verzoeken = Contactverzoek.objects.te_vragen(na).order_by("aangemaakt_op", "pk")
        for verzoek in verzoeken.select_for_update(skip_locked=True)[:PORTIE]:
            mail_gezin(verzoek, "contact_gevonden", bij=str(na))
            Contactverzoek.objects.filter(pk=verzoek.pk).update(gevraagd_na=na)


def wis() -> None:
    """Erase who asked, ninety days later. The last mail is on its way then, and goes once it was sent."""
    verzoeken = Contactverzoek.objects.te_wissen().order_by("aangemaakt_op", "pk")
    for verzoek in verzoeken.select_for_update(skip_locked=True)[:PORTIE]:
        verzoek.wis()
        wis_mail(verzoek, behalve="contact_gevonden")


def ruim_mail_op() -> None:
    """Erase mail to families that was dealt with: their address stood readable in the outbox."""
    Bericht.objects.filter(soort__in=AAN_GEZIN).afgehandeld().delete()
