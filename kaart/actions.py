"""What happens to a question of a family, with the mail that goes with it.

Mail to a family holds no word of the question and no name of a place: anybody may fill in somebody else's address.
Mail to staff holds a link behind sign-in.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar, leg_klaar_samen
from collectief.post.models import Bericht
from initiatieven.models import Initiatief
from initiatieven.models.initiatief import heeft_lezers
from kaart.contactstanden import LOOPT, Beweger, Contactstand
from kaart.models import Contactplek, Contactverzoek

# Mail to people without an account; its row holds their address readable, so it goes as soon as it was dealt with.
AAN_GEZIN = ("contact_gevraagd", "contact_nieuws", "contact_geen_reactie", "contact_gestopt", "contact_gevonden")


def te_vragen() -> QuerySet[Initiatief]:
    """Public initiatives where somebody can read a question: with staff who can sign in."""
    return Initiatief.objects.openbaar().filter(heeft_lezers("pk"))


@transaction.atomic
def vraag_aan(*, verzoek: Contactverzoek, initiatieven: Iterable[Initiatief]) -> None:
    """Ask these places. Call it as the holder of the key (`met_sleutel`).

    Raises IntegrityError when the same form was sent before.
    """
    verzoek.save(force_insert=True)
    plekken = Contactplek.objects.bulk_create(
        Contactplek(verzoek=verzoek, initiatief=initiatief) for initiatief in initiatieven
    )
    mail_gezin(verzoek, "contact_gevraagd")
    mail_staf(plekken, "contact_nieuw")


@transaction.atomic
def beweeg(*, plek: Contactplek, naar: Contactstand, door: Gebruiker, uit: str, reden: str = "") -> None:
    """Let the place move the question on, and tell the family that there is news. Raises ContactGeweigerd."""
    plek.zet(naar, beweger=Beweger.PLEK, door=door, uit=uit, reden=reden)
    mail_gezin(plek.verzoek, "contact_nieuws", bij=f"{plek.pk}:{naar}")


@transaction.atomic
def trek_in(*, verzoek: Contactverzoek) -> None:
    """Take a question back: who asked is erased, and a place that was busy with it hears that it need not go on."""
    bezig = list(verzoek.plekken.filter(stand__in=LOOPT))
    verzoek.trek_in()
    Bericht.objects.laat_vervallen([verzoek.groep])  # also what a worker has in hand
    wis_mail(verzoek)
    mail_staf(bezig, "contact_ingetrokken")


def mail_gezin(verzoek: Contactverzoek, soort: str, *, bij: str = "") -> None:
    """Send the family their private link; nothing when we do not know any more who they are."""
    if verzoek.email:
        leg_klaar(
            sleutel=f"{soort}:{verzoek.pk}:{bij}",
            soort=soort,
            aan_adres=verzoek.email,
            pad=reverse("kaart:contact_stand", args=[verzoek.token]),
            groep=verzoek.groep,
        )


def wis_mail(verzoek: Contactverzoek, *, behalve: str = "") -> None:
    """Erase mail about this question, sent or not, `behalve` one kind: the family's address stands in it."""
    mail = Bericht.objects.filter(groep=verzoek.groep).exclude(toestand=Bericht.Toestand.BEZIG)
    mail.exclude(soort=behalve).delete()


def mail_staf(plekken: Iterable[Contactplek], soort: str) -> None:
    """Tell the coördinators of these places, or where there is none the counsellors, that something waits."""
    plekken = {plek.initiatief_id: plek for plek in plekken}
    rollen = Rol.objects.van_medewerkers().filter(initiatief__in=plekken, gebruiker__is_active=True)
    rollen = list(rollen.select_related("gebruiker").order_by("pk"))
    met_coordinator = {rol.initiatief_id for rol in rollen if rol.soort == Rol.Soort.COORDINATOR}
    leg_klaar_samen(
        {
            (sleutel := f"{soort}:{plekken[rol.initiatief_id].pk}:{rol.gebruiker_id}"): Bericht(
                sleutel=sleutel,
                groep="" if soort == "contact_ingetrokken" else f"contact:{plekken[rol.initiatief_id].verzoek_id}",
                soort=soort,
                aan=rol.gebruiker,
                pad=reverse("kaart:vragen"),
                overdag=True,
            )
            for rol in rollen
            if rol.soort == Rol.Soort.COORDINATOR or rol.initiatief_id not in met_coordinator
        }.values()
    )
