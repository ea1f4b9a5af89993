"""What is done to a meeting together with its guests: inviting, moving, calling off, and the mail about it."""

from collections.abc import Iterable
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bijeenkomsten.brieven import brieven, dag_en_tijd, groep, stilte
from bijeenkomsten.models import Belangstelling, Bijeenkomst, Document, Prikgast, Rondmail, Uitnodiging, Voorbereider
from bijeenkomsten.veranderd import zin
from collectief.beeld import Foto
from collectief.bestanden import bewaar, verwijder, verwijder_wezen
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht
from initiatieven.actions import stel_verhaal_voor
from initiatieven.models import Plekverhaal, Verbondgenoot, Verbondgenootcontact


@transaction.atomic
def nodig_doelgroep_uit(*, bijeenkomst: Bijeenkomst) -> int:
    """Invite everyone whom this kind of meeting invites and who was not invited yet; return how many.

    Raises ValidationError when the meeting is not published or is over. Safe to repeat, also at the same time.
    """
    _moet_nog_komen(bijeenkomst.op_slot())
    uitnodigingen = Uitnodiging.objects.bulk_create(
        Uitnodiging(bijeenkomst=bijeenkomst, gebruiker=mens, initiatief_id=mens.via_initiatief)
        for mens in bijeenkomst.genodigden()
    )
    Bijeenkomst.objects.filter(pk=bijeenkomst.pk, groep_uitgenodigd_op=None).update(groep_uitgenodigd_op=timezone.now())
    _mail_uitnodigingen(bijeenkomst, uitnodigingen)
    return len(uitnodigingen)


def nodig_nieuwkomers_uit() -> int:
    """Invite who joined a group after it was invited, such as the staff of a new member; return how many."""
    aantal = 0
    for bijeenkomst in Bijeenkomst.objects.met_uitgenodigde_groep():
        with suppress(ValidationError):  # called off, or begun, at this very moment
            aantal += nodig_doelgroep_uit(bijeenkomst=bijeenkomst)
    return aantal


@transaction.atomic
def nodig_uit(*, bijeenkomst: Bijeenkomst, naam: str, adres: str) -> Uitnodiging:
    """Invite one person by address; someone with an account under that address is invited as herself.

    Raises ValidationError when she was invited before, or when the meeting is not published or is over.
    """
    _moet_nog_komen(bijeenkomst.op_slot())
    adres = adres.lower()
    gebruiker = Gebruiker.objects.filter(email=adres, is_active=True).first()
    wie = {"naam": naam, "adres": adres}
    if gebruiker:
        wie = {"gebruiker": gebruiker, "initiatief_id": _initiatief_van(gebruiker)}
    uitnodiging = Uitnodiging(bijeenkomst=bijeenkomst, **wie)
    uitnodiging.validate_constraints()
    uitnodiging.save()
    _mail_uitnodigingen(bijeenkomst, [uitnodiging])
    return uitnodiging


@transaction.atomic
def nodig_verbondgenoten_uit(
    *, bijeenkomst: Bijeenkomst, verbondgenoten: Iterable[Verbondgenoot], door: Gebruiker
) -> None:
    """Invite these allies at their address, all or none, and note that with what was spoken about.

    Raises ValidationError as `nodig_uit` does.
    """
    verbondgenoten = list(verbondgenoten)
    for een in verbondgenoten:
        nodig_uit(bijeenkomst=bijeenkomst, naam=een.contactpersoon or een.organisatie, adres=een.contact_email)
    Verbondgenootcontact.objects.bulk_create(
        Verbondgenootcontact(
            verbondgenoot=een, hoe=Verbondgenootcontact.Hoe.UITGENODIGD, tekst=str(bijeenkomst), door=door
        )
        for een in verbondgenoten
    )


@transaction.atomic
def meld_aan(*, bijeenkomst: Bijeenkomst, gebruiker: Gebruiker) -> Uitnodiging:
    """Give somebody who is welcome an invitation without a mail; she answers it next. Twice is the same as once.

    Raises ValidationError when this meeting is not open to her.
    """
    bijeenkomst.op_slot()
    if eerder := bijeenkomst.uitnodigingen.filter(gebruiker=gebruiker).first():
        return eerder
    if not bijeenkomst.is_welkom(gebruiker):
        raise ValidationError("Je kunt je voor deze bijeenkomst niet zelf aanmelden.", code="niet_welkom")
    return Uitnodiging.objects.create(
        bijeenkomst=bijeenkomst, gebruiker=gebruiker, initiatief_id=_initiatief_van(gebruiker)
    )


def _initiatief_van(gebruiker: Gebruiker) -> int | None:
    """For which initiative somebody comes: the first that was made, when there are more."""
    return min(gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF), default=None)


@transaction.atomic
def wijzig(*, bijeenkomst: Bijeenkomst) -> bool:
    """Store an edited meeting; when time or place changed, tell everyone who did not say no. Return whether it did.

    Raises ValidationError when fewer people fit than said yes.
    """
    eerder = bijeenkomst.op_slot()
    is_verplaatst = bijeenkomst.bewaar_wijziging()
    mail_aanbiedingen(bijeenkomst=bijeenkomst)
    if is_verplaatst and bijeenkomst.is_gepubliceerd and not bijeenkomst.is_voorbij:
        Bericht.objects.laat_vervallen(_herinneringen(bijeenkomst))
        _laat_weten(
            bijeenkomst,
            soort="bijeenkomst_verplaatst",
            sleutel=f"verplaatst-{bijeenkomst.volgnummer_agenda}",
            methode="REQUEST",
            woorden={"veranderd": zin(eerder, bijeenkomst)},
        )
    return is_verplaatst


@transaction.atomic
def gelast_af(*, bijeenkomst: Bijeenkomst, omdat: str = "") -> None:
    """Call a meeting off and tell everyone who did not say no. Mail about it that still waits falls silent."""
    bijeenkomst.gelast_af(omdat=omdat)
    Bericht.objects.laat_vervallen([groep(bijeenkomst.pk), *_herinneringen(bijeenkomst)])
    _laat_weten(bijeenkomst, soort="bijeenkomst_afgelast", sleutel="afgelast", methode="CANCEL")


@transaction.atomic
def beantwoord(*, uitnodiging: Uitnodiging, antwoord: str, **hoe) -> bool:
    """Apply an answer as `Uitnodiging.beantwoord` does, and tell who gets the seat that it set free."""
    is_toegepast = uitnodiging.beantwoord(antwoord, **hoe)
    if is_toegepast:  # a reminder that waits and does not fit any more
        Bericht.objects.laat_vervallen(
            stilte(uitnodiging.pk, wie) for wie in Rondmail.past_niet_meer(uitnodiging.antwoord)
        )
    mail_aanbiedingen(bijeenkomst=uitnodiging.bijeenkomst)
    return is_toegepast


@transaction.atomic
def zet_wensen(*, uitnodiging: Uitnodiging, wensen: dict[str, str], meegenomen: int | None) -> None:
    """Write down what somebody needs, and how many people she brings (None: as it was).

    Raises ValidationError, and then nothing has changed, when so many people cannot come.
    """
    if meegenomen is not None and meegenomen != uitnodiging.meegenomen:
        beantwoord(uitnodiging=uitnodiging, antwoord=Uitnodiging.Antwoord.JA, meegenomen=meegenomen)
    Uitnodiging.objects.filter(pk=uitnodiging.pk).update(**wensen)


@transaction.atomic
def help_mee(*, bijeenkomst: Bijeenkomst, gebruiker: Gebruiker) -> bool:
    """Join the preparation group, or leave it when she is in it; return whether she is in it now."""
    bijeenkomst.op_slot()
    if bijeenkomst.voorbereiders.filter(gebruiker=gebruiker).delete()[0]:
        return False
    Voorbereider.objects.create(bijeenkomst=bijeenkomst, gebruiker=gebruiker, initiatief_id=_initiatief_van(gebruiker))
    return True


@transaction.atomic
def toon_belangstelling(*, bijeenkomst: Bijeenkomst, gebruiker: Gebruiker) -> bool:
    """Say that she wants to be invited, or not any more; return whether she wants it now."""
    bijeenkomst.op_slot()
    if bijeenkomst.belangstelling.filter(gebruiker=gebruiker).delete()[0]:
        return False
    Belangstelling.objects.create(bijeenkomst=bijeenkomst, gebruiker=gebruiker)
    return True


@transaction.atomic
def bied_bezoek_aan(*, bezoek: Bijeenkomst, door: Gebruiker) -> None:
    """Announce a visit to one's own place; who offers it leads it."""
    bezoek.status = Bijeenkomst.Status.GEPUBLICEERD
    bezoek.save()
    bezoek.trekkers.add(door)


def vertel_over_bezoek(
    *, bezoek: Bijeenkomst, door: Gebruiker, titel: str, tekst: str, foto: Foto | None, alt: str
) -> None:
    """Lay the story of a visit before the place that was visited; one story for each visit and teller."""
    stel_verhaal_voor(
        initiatief=bezoek.gastheer,
        titel=titel,
        tekst=tekst,
        door=door,
        herkomst=Plekverhaal.Herkomst.BEZOEK,
        bron=f"bijeenkomst:{bezoek.pk}:{door.pk}",
        foto=foto,
        alt=alt,
    )


@transaction.atomic
def bewaar_document(*, document: Document, inhoud: bytes, door: Gebruiker) -> None:
    """Keep a document with its content, that was looked at before."""
    document.door = door
    document.save(force_insert=True)
    bewaar(document.bestand, inhoud)


@transaction.atomic
def haal_document_weg(*, document: Document) -> None:
    """Take a document away, and its file once that is sure."""
    naam = document.bestand
    Document.objects.filter(pk=document.pk).delete()
    transaction.on_commit(lambda: verwijder(naam))


def ruim_documenten_op() -> int:
    """Remove files that belong to no document any more; return how many."""
    return verwijder_wezen(Document.MAP, Document.objects.all())


@transaction.atomic
def vergeet_namen() -> int:
    """Forget who was asked to a meeting or for a date two years ago, and who wanted to hear of one; return how many."""
    geprikt, _ = Prikgast.objects.van_lang_geleden().delete()
    geboeid, _ = Belangstelling.objects.filter(bijeenkomst__in=Bijeenkomst.objects.van_lang_geleden()).delete()
    return geprikt + geboeid + Uitnodiging.objects.wis_wie_het_was()


@transaction.atomic
def haal_concept_weg(*, bijeenkomst: Bijeenkomst) -> None:
    """Throw a draft away with its documents. Raises ValidationError for a meeting that people may know of."""
    for document in bijeenkomst.documenten.order_by("pk"):
        haal_document_weg(document=document)
    bijeenkomst.haal_weg()


@transaction.atomic
def schuif_door(*, bijeenkomst: Bijeenkomst) -> None:
    """Let the waiting list move: who took too long makes room, and who comes next hears about it."""
    bijeenkomst.op_slot().schuif_door()
    mail_aanbiedingen(bijeenkomst=bijeenkomst)


def mail_aanbiedingen(*, bijeenkomst: Bijeenkomst) -> None:
    """Tell everyone for whom a seat is kept, once per seat."""
    aanbod = bijeenkomst.uitnodigingen.wacht().filter(aanbod_tot__isnull=False).select_related("gebruiker")
    leg_klaar_samen(brief for uitnodiging in aanbod for brief in _aanbieding(bijeenkomst, uitnodiging))


def _aanbieding(bijeenkomst: Bijeenkomst, uitnodiging: Uitnodiging) -> Iterable[Bericht]:
    """The letter that says until when a seat is kept."""
    woorden = {"tot": dag_en_tijd(uitnodiging.aanbod_tot)}
    sleutel = f"plek-{int(uitnodiging.aanbod_tot.timestamp())}"
    return brieven(bijeenkomst, [uitnodiging], soort="bijeenkomst_plek", sleutel=sleutel, woorden=woorden)


def stuur_uitnodiging_opnieuw(*, uitnodiging: Uitnodiging) -> None:
    """Send the invitation as it is now to one guest whose program asks for it; at most once a day."""
    sleutel = f"opnieuw-{uitnodiging.bijeenkomst.volgnummer_agenda}-{timezone.localdate():%Y%m%d}"
    if uitnodiging.bijeenkomst.is_gepubliceerd and not uitnodiging.bijeenkomst.is_voorbij:
        _mail_uitnodigingen(uitnodiging.bijeenkomst, [uitnodiging], sleutel=sleutel)


def _moet_nog_komen(bijeenkomst: Bijeenkomst) -> None:
    if not bijeenkomst.is_gepubliceerd:
        raise ValidationError("Publiceer de bijeenkomst eerst. Daarna kun je mensen uitnodigen.", code="status")
    if bijeenkomst.is_voorbij:
        raise ValidationError("Deze bijeenkomst is al geweest. Uitnodigen kan niet meer.", code="voorbij")


def _herinneringen(bijeenkomst: Bijeenkomst) -> list[str]:
    """What every reminder of this meeting falls silent with."""
    if not bijeenkomst.rondmails.herinneringen().exists():
        return []
    genodigden = bijeenkomst.uitnodigingen.values_list("pk", flat=True)
    return [stilte(pk, wie) for pk in genodigden for wie in Rondmail.Wie.values]


def _laat_weten(bijeenkomst: Bijeenkomst, **brief) -> None:
    """Write to everyone who did not say no."""
    wie = bijeenkomst.uitnodigingen.rekent_erop().select_related("gebruiker").order_by("pk")
    leg_klaar_samen(brieven(bijeenkomst, wie, **brief))


def _mail_uitnodigingen(
    bijeenkomst: Bijeenkomst, uitnodigingen: Iterable[Uitnodiging], *, sleutel: str = "uitnodiging"
) -> None:
    eigen = bijeenkomst.rondmails.filter(soort=Rondmail.Soort.UITNODIGING).first()
    brief = {"soort": "bijeenkomst_uitnodiging", "sleutel": sleutel, "methode": "REQUEST"}
    woorden = {"tekst": eigen.tekst.replace("\r\n", "\n")} if eigen else {}
    leg_klaar_samen(brieven(bijeenkomst, uitnodigingen, woorden=woorden, **brief))
