"""What happens to everything that is planned at once: a pause, a ladder that is set differently."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Prefetch
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.werkdagen import ochtend
from trajecten.actions import wie_houdt_contact
from trajecten.ladder import Ladder, Stap
from trajecten.models import Contactmoment, Herinnering, Ladderinstelling, Nazorgpauze, Traject


class PauzeGeweigerd(Exception):
    """A pause that cannot be made now; the message says why, in Dutch."""


@transaction.atomic
def pauzeer(*, traject: Traject, tot: date, door: Gebruiker) -> Nazorgpauze:
    """Ask nothing until `tot`, at the wish of the young person; then comes one soft question, once.

    Who has the next contact asks it, else the steady counsellor. Contact that was planned before `tot` falls silent
    now, and so does every reminder that would come before it. Raises PauzeGeweigerd when there is nothing to pause or
    a pause already.
    """
    Traject.objects.select_for_update().get(pk=traject.pk)
    afspraak = traject.nazorgafspraken.nu().order_by("-van", "-pk").first()
    if afspraak is None:
        raise PauzeGeweigerd("Er is nu niets afgesproken, dus er valt niets te pauzeren. De deur staat open.")
    if traject.pauzes.nog_niet_voorbij().exists():
        raise PauzeGeweigerd("Er is al een pauze. Laat die eerst ophouden als je een andere wilt.")
    wacht = traject.contactmomenten.eerstvolgende()
    eigenaar = wacht.eigenaar if wacht else wie_houdt_contact(traject, door)
    pauze = Nazorgpauze.objects.create(traject=traject, tot=tot, door=door)
    traject.contactmomenten.filter(gepland_op__lt=tot).laat_vervallen()
    Herinnering.objects.filter(contactmoment__traject=traject, op__lt=ochtend(tot, 0)).leg_stil()
    Contactmoment.plan_op(afspraak=afspraak, dag=tot, eigenaar=eigenaar, is_zachte_vraag=True)
    return pauze


@transaction.atomic
def hervat(*, traject: Traject) -> None:
    """End the pause today. The soft question comes right away, on the next working day."""
    Traject.objects.select_for_update().get(pk=traject.pk)
    traject.beeindig_pauze()
    for contact in traject.contactmomenten.wacht().filter(is_zachte_vraag=True):
        contact.verplaats(timezone.localdate())


@transaction.atomic
def stel_ladder_in(*, instelling: Ladderinstelling, door: Gebruiker) -> None:
    """Keep how an initiative sets its ladder, and lay out anew what still has to come of every contact that waits.

    What went out stays as it was. A step that is due now and was not sent yet still goes out.
    """
    instelling.door = door
    instelling.gewijzigd_op = timezone.now()
    instelling.save()
    contacten = Contactmoment.objects.wacht().filter(traject__initiatief=instelling.initiatief_id)
    leg_opnieuw_uit(contacten, instelling.ladder)


def leg_opnieuw_uit(contacten: Iterable[Contactmoment], ladder: Ladder) -> None:
    """Give these contact moments the coming steps of this ladder, all in a few statements."""
    stappen = Herinnering.objects.filter(planningversie=F("contactmoment__planningversie"))
    pauzes = Nazorgpauze.objects.nog_niet_voorbij()
    rijen = contacten.select_related("traject").prefetch_related(
        Prefetch("herinneringen", stappen, to_attr="stappen"),
        Prefetch("traject__pauzes", pauzes, to_attr="pauzes_nog"),
    )
    nieuw, anders, stil = [], [], []
    for contact in rijen:
        _vergelijk(contact, contact.momenten_volgens(ladder, contact.traject.pauzes_nog), nieuw, anders, stil)
    Herinnering.objects.bulk_create(nieuw)
    Herinnering.objects.bulk_update(anders, ["op", "vervallen_op"], batch_size=500)
    Herinnering.objects.filter(pk__in=stil).leg_stil()


def _vergelijk(contact: Contactmoment, gewenst: dict, nieuw: list, anders: list, stil: list) -> None:
    """Sort out what to make, move and silence of the steps of one contact moment."""
    volgorde = list(Stap)
    gezet = max((volgorde.index(stap.stap) for stap in contact.stappen if stap.gezet_op), default=-1)
    bestaand = {stap.stap: stap for stap in contact.stappen}
    for stap in volgorde[gezet + 1 :]:
        er_is, op = bestaand.get(stap), gewenst.get(stap)
        if er_is and op:
            er_is.op, er_is.vervallen_op = op, None
            anders.append(er_is)
        elif op:
            nieuw.append(contact.herinnering(stap, op))
        elif er_is and er_is.op > timezone.now():
            stil.append(er_is.pk)
