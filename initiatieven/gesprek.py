"""What happens around an application: it is written, talked about, met over, and comes back on its day.

The applicant has no account: mail carries a signed link and none of the words. Bodies of mail repeat nothing that was
typed by a stranger.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar, leg_klaar_samen
from collectief.post.models import Bericht
from initiatieven.actions import dien_in
from initiatieven.gespreksagenda import agendadeel
from initiatieven.lidmaatschap import Besluit, Stap, Toestand, Wachtend
from initiatieven.models import (
    Aanmeldconcept,
    Aanmelding,
    AanmeldingBericht,
    AanmeldingStap,
    Gespreksmoment,
    Initiatief,
    Referentie,
    StapGeweigerd,
    Toets,
)
from initiatieven.models.aanmelding import gevolgen

COLLECTIEF = "het Initiatieven Collectief"

# --- Writing ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_concept(*, email: str, antwoorden: dict[str, str]) -> Aanmeldconcept:
    """Keep the first step, and mail the link with which its writer goes on later."""
    concept = Aanmeldconcept.objects.create(email=email, antwoorden=antwoorden)
    leg_klaar(
        sleutel=f"aanmeldconcept:{concept.pk}",
        soort="aanmelding_bewaard",
        aan_adres=email,
        pad=reverse("initiatieven:verder", args=[concept.token]),
    )
    return concept


def verstuur_concept(*, concept: Aanmeldconcept, form) -> None:
    """Hand in what the valid form says, once: whoever presses twice sends one application."""
    try:
        with transaction.atomic():
            if Aanmeldconcept.objects.filter(pk=concept.pk).delete()[0]:
                dien_in(aanmelding=form.bewaar())
    except IntegrityError as fout:
        if "aanmelding_een_keer_tegelijk" not in str(fout):
            raise


def ruim_concepten_op() -> int:
    """Forget what nobody went on with for ninety days; return how many went."""
    return Aanmeldconcept.objects.verlopen().delete()[0]


@transaction.atomic
def vergeet_aanmeldingen() -> int:
    """Forget applications that ended two years ago without a member, with all that was said; return how many went."""
    _, per_soort = Aanmelding.objects.over_termijn().delete()
    return per_soort.get(Aanmelding._meta.label, 0)


# --- Talking ---------------------------------------------------------------------------------------------------------


def _mail_aanmelder(aanmelding: Aanmelding, *, sleutel: str, soort: str) -> None:
    leg_klaar(
        sleutel=sleutel,
        soort=soort,
        aan_adres=aanmelding.contact_email,
        pad=reverse("initiatieven:gesprek", args=[aanmelding.token]),
    )


def _mail_beheerder(aanmelding: Aanmelding, *, sleutel: str, soort: str, aan: Gebruiker | None) -> None:
    if aan is not None and aan.is_beheerder:
        leg_klaar(sleutel=sleutel, soort=soort, aan=aan, pad=aanmelding.get_absolute_url())


def _noteer(aanmelding: Aanmelding, *, wacht_op: str | None = None) -> None:
    """Something changed: who decides has to open the application again. Locks it for the rest of the transaction."""
    velden = {"veranderd_op": timezone.now()} | ({} if wacht_op is None else {"wacht_op": wacht_op})
    lopend = Aanmelding.objects.in_behandeling().filter(pk=aanmelding.pk)
    if not lopend.update(**velden):
        raise StapGeweigerd("Deze aanmelding loopt niet meer.")


@transaction.atomic
def schrijf_aan_aanmelder(*, aanmelding: Aanmelding, tekst: str, door: Gebruiker) -> None:
    """Write to the applicant; the mail says only that something waits. Raises StapGeweigerd."""
    _noteer(aanmelding, wacht_op=Wachtend.ANTWOORD)
    bericht = aanmelding.berichten.create(soort=AanmeldingBericht.Soort.VRAAG, tekst=tekst, door=door)
    _mail_aanmelder(aanmelding, sleutel=f"aanmeldingbericht:{bericht.pk}", soort="aanmelding_bericht")


@transaction.atomic
def antwoord(*, aanmelding: Aanmelding, tekst: str) -> None:
    """The applicant writes; whoever wrote last hears that. Raises StapGeweigerd."""
    _noteer(aanmelding, wacht_op=Wachtend.ONS)
    vorige = aanmelding.berichten.filter(soort=AanmeldingBericht.Soort.VRAAG).select_related("door").last()
    bericht = aanmelding.berichten.create(soort=AanmeldingBericht.Soort.ANTWOORD, tekst=tekst)
    aan = vorige.door if vorige else None
    _mail_beheerder(aanmelding, sleutel=f"aanmeldingbericht:{bericht.pk}", soort="aanmelding_antwoord", aan=aan)


@transaction.atomic
def noteer(*, aanmelding: Aanmelding, tekst: str, door: Gebruiker) -> None:
    """A note that only admins read, also after the decision."""
    Aanmelding.objects.filter(pk=aanmelding.pk).update(veranderd_op=timezone.now())
    aanmelding.berichten.create(soort=AanmeldingBericht.Soort.NOTITIE, tekst=tekst, door=door)


def stuur_nieuwe_link(*, aanmelding: Aanmelding) -> None:
    """Mail a link that works again to the contact person, whoever asks; at most once a day."""
    sleutel = f"aanmelding:{aanmelding.pk}:link:{timezone.localdate()}"
    _mail_aanmelder(aanmelding, sleutel=sleutel, soort="aanmelding_link")


# --- Meeting ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def bied_tijden_aan(*, aanmelding: Aanmelding, tijden: list[datetime], minuten: int, hoe: str, door: Gebruiker) -> None:
    """Offer times for the introduction call and ask the applicant to choose. Raises StapGeweigerd."""
    _noteer(aanmelding, wacht_op=Wachtend.TIJD)
    if aanmelding.gespreksmomenten.gekozen().exists():
        raise StapGeweigerd("Er is al een tijd gekozen.")
    Gespreksmoment.objects.bulk_create(
        [
            Gespreksmoment(aanmelding=aanmelding, begint_op=tijd, minuten=minuten, hoe=hoe, aangeboden_door=door)
            for tijd in tijden
        ],
        ignore_conflicts=True,
    )
    sleutel = f"aanmelding:{aanmelding.pk}:tijden:{aanmelding.gespreksmomenten.count()}"  # only new times are news
    _mail_aanmelder(aanmelding, sleutel=sleutel, soort="aanmelding_tijden")


@transaction.atomic
def kies_tijd(*, aanmelding: Aanmelding, moment_pk: int) -> Gespreksmoment:
    """The applicant chooses one of the offered times; both sides get it for their calendar. Raises StapGeweigerd."""
    _noteer(aanmelding, wacht_op="")
    if aanmelding.gespreksmomenten.gekozen().exists():
        raise StapGeweigerd("Er is al een tijd gekozen.")
    moment = aanmelding.gespreksmomenten.te_kiezen().select_related("aangeboden_door").filter(pk=moment_pk).first()
    if moment is None:
        raise StapGeweigerd("Deze tijd kan niet meer. Kies een andere.")
    moment.gekozen_op = timezone.now()
    moment.save(update_fields=["gekozen_op"])
    leg_klaar_samen(_brieven(aanmelding, moment))
    return moment


def _brieven(aanmelding: Aanmelding, moment: Gespreksmoment) -> list[Bericht]:
    """The chosen time for both sides. What a stranger typed is not in it, not even her name."""
    pad, sleutel = reverse("initiatieven:gesprek", args=[aanmelding.token]), f"gespreksmoment:{moment.pk}"
    heen = Bericht(sleutel=f"{sleutel}:aanmelder", soort="aanmelding_gesprek", aan_adres=aanmelding.contact_email)
    wij = Bericht(sleutel=f"{sleutel}:beheerder", soort="aanmelding_gesprek_wij", aan=moment.aangeboden_door)
    heen.pad, heen.agenda = pad, agendadeel(moment, met=COLLECTIEF, pad=pad)
    wij.pad = aanmelding.get_absolute_url()
    wij.agenda = agendadeel(moment, met="een aanmelder", pad=wij.pad)
    return [heen, wij] if moment.aangeboden_door.is_beheerder else [heen]


# --- Asking members --------------------------------------------------------------------------------------------------


@transaction.atomic
def vraag_referentie(*, aanmelding: Aanmelding, initiatief: Initiatief, door: Gebruiker) -> None:
    """Ask the coördinatoren of a member what they know of the applicant. Raises StapGeweigerd."""
    _noteer(aanmelding)
    referentie, is_nieuw = Referentie.objects.get_or_create(
        aanmelding=aanmelding, initiatief=initiatief, defaults={"gevraagd_door": door}
    )
    if not is_nieuw:
        raise StapGeweigerd("Dit initiatief is al gevraagd.")
    leg_klaar_samen(
        Bericht(
            sleutel=f"referentie:{referentie.pk}:{rol.gebruiker_id}",
            soort="referentie_gevraagd",
            aan=rol.gebruiker,
            pad=reverse("initiatieven:referentie", args=[referentie.pk]),
        )
        for rol in initiatief.rollen.nu().filter(soort=Rol.Soort.COORDINATOR).select_related("gebruiker")
    )


@transaction.atomic
def geef_referentie(*, referentie: Referentie, tekst: str, door: Gebruiker) -> None:
    """Keep what a member knows; a later text takes the place of the first while nothing is decided."""
    _noteer(referentie.aanmelding)
    referentie.tekst, referentie.door, referentie.op = tekst, door, timezone.now()
    referentie.save(update_fields=["tekst", "door", "op"])
    aan = referentie.gevraagd_door
    _mail_beheerder(
        referentie.aanmelding, sleutel=f"referentie:{referentie.pk}:terug", soort="referentie_terug", aan=aan
    )


@transaction.atomic
def vraag_tweede_lezer(*, aanmelding: Aanmelding, door: Gebruiker) -> None:
    """Ask the other admins to look along before anybody rejects. Raises StapGeweigerd."""
    aanmelding.vraag_tweede_lezer(door=door)
    stap = aanmelding.stappen.last()
    leg_klaar_samen(
        Bericht(
            sleutel=f"aanmeldingstap:{stap.pk}:tweede:{ander.pk}",
            soort="aanmelding_meelezen",
            aan=ander,
            pad=aanmelding.get_absolute_url(),
        )
        for ander in Gebruiker.objects.met_rol(Rol.Soort.BEHEERDER).exclude(pk=door.pk)
    )


# --- Coming back -----------------------------------------------------------------------------------------------------


@transaction.atomic
def hervat_op_datum() -> int:
    """Take up what was held until a day that has come; return how many. Twice, or side by side, is the same as once."""
    vandaag = timezone.localdate()
    klaar = list(Aanmelding.objects.te_hervatten(vandaag).select_for_update(of=["self"], skip_locked=True))
    na = gevolgen(Stap.HERVATTEN, Toestand.BESLOTEN)
    Aanmelding.objects.filter(pk__in=[aanmelding.pk for aanmelding in klaar]).update(**na)
    AanmeldingStap.objects.bulk_create(
        AanmeldingStap(aanmelding=aanmelding, stap=Stap.HERVATTEN, van=Toestand.BESLOTEN, naar=na["toestand"])
        for aanmelding in klaar
    )
    leg_klaar_samen(
        Bericht(
            sleutel=f"aanmelding:{aanmelding.pk}:hervat:{aanmelding.aangehouden_tot}",
            soort="aanmelding_hervat",
            aan_adres=aanmelding.contact_email,
            pad=reverse("initiatieven:gesprek", args=[aanmelding.token]),
        )
        for aanmelding in klaar
    )
    return len(klaar)


OVER_TE_SCHRIJVEN = ["naam", "soort", "omschrijving", "pc4", "plaats", "adres", "lat", "lon", "website"]
OVER_TE_SCHRIJVEN += ["opgericht_op", "aantal_jongeren", "leeftijd_van", "leeftijd_tot", "benadering", "is_demo"]
OVER_TE_SCHRIJVEN += ["is_online", "is_landelijk"]
OVER_TE_SCHRIJVEN += ["contactpersoon", "contact_email", "contact_telefoon"]


@transaction.atomic
def maak_bezwaar(*, aanmelding: Aanmelding, tekst: str) -> Aanmelding:
    """The applicant does not agree: a new application begins, with the old one attached. Raises StapGeweigerd."""
    oude = Aanmelding.objects.select_for_update(of=["self"]).get(pk=aanmelding.pk)
    if oude.besluit != Besluit.AFGEWEZEN:
        raise StapGeweigerd("Bezwaar maken kan alleen als wij jullie hebben afgewezen.")
    if Aanmelding.objects.filter(bezwaar_tegen=oude).exists():
        raise StapGeweigerd("We hebben je bezwaar al. Je hoort van ons.")
    if Aanmelding.objects.loopt_al(oude.naam, oude.contact_email):
        raise StapGeweigerd("Er loopt al een nieuwe aanmelding van jullie.")
    nieuwe = Aanmelding(bezwaar_tegen=oude, **{veld: getattr(oude, veld) for veld in OVER_TE_SCHRIJVEN})
    nieuwe.save()
    Toets.objects.bulk_create(
        Toets(aanmelding=nieuwe, soort=toets.soort, bewering=toets.bewering, bewijs=toets.bewijs)
        for toets in oude.toetsen.all()
    )
    dien_in(aanmelding=nieuwe)
    nieuwe.berichten.create(soort=AanmeldingBericht.Soort.ANTWOORD, tekst=tekst)
    Aanmelding.objects.filter(pk=nieuwe.pk).update(wacht_op=Wachtend.ONS)
    return nieuwe
