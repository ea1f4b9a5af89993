"""From a mail that came in to an answer that counts, or to a line that says why not.

Whoever writes is known by the address that was given to that one guest, never by what the mail says about itself. Read
twice or in another order, the same mails lead to the same answer: the newest one.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bijeenkomsten.actions import beantwoord, stuur_uitnodiging_opnieuw
from bijeenkomsten.antwoordadres import gelezen, klopt
from bijeenkomsten.brieven import brieven, zonder_sleutels
from bijeenkomsten.itip import ANTWOORD, Agendaantwoord, Brief, Deelnemer, lees
from bijeenkomsten.models import Antwoordmail, Bijeenkomst, Uitnodiging
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht

logger = logging.getLogger(__name__)
Uitkomst = Antwoordmail.Uitkomst

# Of two answers with the very same time the one further down counts, so that the order of arrival does not.
RANG = {"ja": 0, "wachtlijst": 0, "misschien": 1, "nee": 2}
# Programs that copy the time of the invitation into their answer (within this) are known by the date of their mail.
GEKOPIEERD = timedelta(minutes=1)
MEEST_PER_DAG = 10  # letters of one guest that are sent on to every trekker
STIL = {"voorbij", "status"}  # nothing that the guest has to hear about any more

ANDER_ADRES = "Het antwoord kwam van iemand anders dan wie is uitgenodigd."
TE_VEEL = "Van deze genodigde stuurden we vandaag al veel door. Deze staat nog in de postbus."
GEEN_ANTWOORD = "Er stond nog geen ja, nee of misschien in."
DOORGEGEVEN = "Een uitnodiging doorgeven aan iemand anders kan niet."
TEGENVOORSTEL = "Een andere tijd voorstellen vanuit de agenda kan niet."

# What the guest herself hears, in a mail to her own address.
UITLEG = {
    ANDER_ADRES: "Er kwam een antwoord op jouw uitnodiging, maar niet van jouw adres. We hebben er niets mee gedaan.",
    DOORGEGEVEN: "Je gaf je uitnodiging door aan iemand anders. Dat kan hier niet. Wil iemand anders komen, mail dan "
    "terug; dan nodigen we die zelf uit.",
    TEGENVOORSTEL: "Je stelde een andere tijd voor, maar de tijd staat vast voor iedereen. Past het je niet, mail dan "
    "terug; je bericht gaat naar de trekkers.",
}
OP_DE_WACHTLIJST = "De bijeenkomst is vol. Je staat nu op de wachtlijst. Komt er een plek vrij, dan hoor je het."


@dataclass(frozen=True)
class Oordeel:
    """What becomes of a mail."""

    uitkomst: str
    reden: str = ""
    antwoord: str = ""


def verwerk(ruw: bytes) -> Antwoordmail | None:
    """Read one mail and do what it says; None when it was read before."""
    with transaction.atomic():
        mail, is_nieuw = _begin(hashlib.sha256(ruw).hexdigest())
        if not is_nieuw:
            return None
        try:
            with transaction.atomic():
                _verwerk(mail, lees(ruw))
        except Exception:  # whatever one mail does to us, the others are read
            logger.exception("answer %s cannot be handled", mail.pk)
            mail.uitkomst, mail.reden = Uitkomst.ONLEESBAAR, "Er ging iets mis bij het lezen."
        mail.save()
    return mail


def weiger_te_groot(kop: bytes, *, kenmerk: str, grootte: int) -> Antwoordmail | None:
    """Note that a mail is too large to read, from its headers alone; None when that was noted before."""
    with transaction.atomic():
        mail, is_nieuw = _begin(kenmerk)
        if not is_nieuw:
            return None
        brief = _kop_van(mail, kop)
        mail.uitnodiging = _uitnodiging(brief)
        mail.van, mail.onderwerp = brief.van[:254], brief.onderwerp[:200]
        mail.reden = f"De mail is te groot ({grootte / 1_000_000:.0f} MB). Hij staat nog in de postbus."
        mail.save()
    return mail


def _kop_van(mail: Antwoordmail, kop: bytes) -> Brief:
    """What the headers say; nothing when they cannot be read, so that the mails behind it are."""
    try:
        return lees(kop)
    except Exception:
        logger.exception("headers of answer %s cannot be read", mail.pk)
        return Brief()


def _begin(kenmerk: str) -> tuple[Antwoordmail, bool]:
    leeg = {"uitkomst": Uitkomst.ONLEESBAAR, "reden": "nog niet gelezen"}
    return Antwoordmail.objects.get_or_create(kenmerk=kenmerk, defaults=leeg)


def _verwerk(mail: Antwoordmail, brief: Brief) -> None:
    mail.van, mail.onderwerp = brief.van[:254], brief.onderwerp[:200]
    mail.uitnodiging = uitnodiging = _uitnodiging(brief)
    oordeel = _zonder_uitnodiging(brief) if uitnodiging is None else _oordeel(uitnodiging, brief)
    mail.uitkomst, mail.reden, mail.antwoord = oordeel.uitkomst, oordeel.reden[:200], oordeel.antwoord


def _uitnodiging(brief: Brief) -> Uitnodiging | None:
    """The invitation whose own address this mail was sent to, with a mark that is ours."""
    for pk, gegeven in filter(None, map(gelezen, brief.adressen)):
        gevonden = Uitnodiging.objects.zichtbaar().select_related("gebruiker").filter(pk=pk).first()
        if gevonden and klopt(pk, gevonden.token, gegeven):
            return gevonden
    return None


def _zonder_uitnodiging(brief: Brief) -> Oordeel:
    if brief.is_automatisch:
        return Oordeel(Uitkomst.AUTOMATISCH)
    return Oordeel(Uitkomst.ONBEKEND, "Het adres is niet van een genodigde, of het klopt niet.")


def _oordeel(uitnodiging: Uitnodiging, brief: Brief) -> Oordeel:
    if brief.agenda:
        return _agenda(uitnodiging, brief, brief.agenda)
    if brief.is_automatisch:
        return Oordeel(Uitkomst.AUTOMATISCH)
    if brief.is_onleesbaar:
        return Oordeel(Uitkomst.ONLEESBAAR, "Het agendadeel van de mail is niet te lezen.")
    if not brief.tekst:
        return Oordeel(Uitkomst.ONLEESBAAR, "Er staat geen tekst in de mail.")
    if uitnodiging.antwoordmails.vandaag_doorgestuurd().count() >= MEEST_PER_DAG:
        return Oordeel(Uitkomst.GEWEIGERD, TE_VEEL)
    _stuur_door(uitnodiging, brief)
    return Oordeel(Uitkomst.DOORGESTUURD)


# --- Answers of calendar programs -----------------------------------------------------------------------------------


def _agenda(uitnodiging: Uitnodiging, brief: Brief, agenda: Agendaantwoord) -> Oordeel:
    if agenda.methode == "COUNTER":
        return _weiger(uitnodiging, TEGENVOORSTEL)
    if agenda.methode == "REFRESH":
        stuur_uitnodiging_opnieuw(uitnodiging=uitnodiging)
        return Oordeel(Uitkomst.AUTOMATISCH)
    if agenda.methode not in {"REPLY", ""}:
        uitkomst = Uitkomst.AUTOMATISCH if brief.is_automatisch else Uitkomst.GEWEIGERD
        return Oordeel(uitkomst, "Dit is geen antwoord, maar een afspraak van iemand anders.")
    if agenda.uid.lower() != str(uitnodiging.bijeenkomst.uid):
        return Oordeel(Uitkomst.GEWEIGERD, "Het antwoord gaat over een andere afspraak.")
    return _deelnemer(uitnodiging, brief, agenda)


def _deelnemer(uitnodiging: Uitnodiging, brief: Brief, agenda: Agendaantwoord) -> Oordeel:
    """Who answers has to be who was asked; for somebody else this address is no good."""
    if not agenda.deelnemers:
        return Oordeel(Uitkomst.ONLEESBAAR, "Er staat niet in wie er antwoordt.")
    deelnemer = _zelf(uitnodiging, agenda.deelnemers)
    if any(een.is_doorgegeven for een in agenda.deelnemers):
        return _weiger(uitnodiging, DOORGEGEVEN)
    if deelnemer is None:
        return _weiger(uitnodiging, ANDER_ADRES)
    antwoord = ANTWOORD.get(deelnemer.stand)
    if antwoord is None:
        return Oordeel(Uitkomst.AUTOMATISCH, GEEN_ANTWOORD)
    nu = uitnodiging.bijeenkomst.volgnummer_agenda
    if agenda.volgnummer is not None and agenda.volgnummer < nu:
        return Oordeel(Uitkomst.VEROUDERD, "Het antwoord ging over een eerdere tijd of plaats.", antwoord)
    return _beantwoord(uitnodiging, antwoord, _moment(uitnodiging, brief, agenda))


def _zelf(uitnodiging: Uitnodiging, deelnemers: tuple[Deelnemer, ...]) -> Deelnemer | None:
    eigen = _kaal(uitnodiging.mailadres)
    return next((een for een in deelnemers if _kaal(een.adres) == eigen), None)


def _kaal(adres: str) -> str:
    """An address without what mail programs add to it or leave out: a tag after the plus, and Gmail's dots."""
    naam, _, domein = adres.lower().strip().rpartition("@")
    naam, domein = naam.partition("+")[0], domein.replace("googlemail.com", "gmail.com")
    return f"{naam.replace('.', '') if domein == 'gmail.com' else naam}@{domein}"


def _moment(uitnodiging: Uitnodiging, brief: Brief, agenda: Agendaantwoord) -> datetime:
    """When it was answered: DTSTAMP, unless the program copied that of the invitation."""
    stempel = agenda.stempel
    if stempel and stempel > uitnodiging.aangemaakt_op + GEKOPIEERD:
        return stempel
    return brief.datum or stempel or timezone.now()


def _beantwoord(uitnodiging: Uitnodiging, antwoord: str, op: datetime) -> Oordeel:
    if uitnodiging.beantwoord_op == op and RANG[antwoord] < RANG[uitnodiging.antwoord]:
        return Oordeel(Uitkomst.VEROUDERD, antwoord=antwoord)
    try:
        with transaction.atomic():
            is_nieuwste = beantwoord(uitnodiging=uitnodiging, antwoord=antwoord, bron=Uitnodiging.Bron.AGENDA, op=op)
    except ValidationError as fout:
        reden = fout.messages[0]
        if fout.code not in STIL:
            _leg_uit(uitnodiging, reden, code=fout.code)
        return Oordeel(Uitkomst.GEWEIGERD, reden, antwoord)
    if is_nieuwste and antwoord == "ja" and uitnodiging.antwoord == Uitnodiging.Antwoord.WACHTLIJST:
        _leg_uit(uitnodiging, OP_DE_WACHTLIJST, code="wachtlijst")
    return Oordeel(Uitkomst.VERWERKT if is_nieuwste else Uitkomst.VEROUDERD, antwoord=antwoord)


# --- What others hear about it --------------------------------------------------------------------------------------


def _weiger(uitnodiging: Uitnodiging, reden: str) -> Oordeel:
    if not uitnodiging.bijeenkomst.is_voorbij:
        _leg_uit(uitnodiging, UITLEG[reden], code=reden[:12])
    return Oordeel(Uitkomst.GEWEIGERD, reden)


def _leg_uit(uitnodiging: Uitnodiging, uitleg: str, *, code: str) -> None:
    """Tell the guest, at the address that was invited and at most once a day for each reason."""
    sleutel = f"antwoord-{hashlib.sha256(code.encode()).hexdigest()[:8]}-{timezone.localdate():%Y%m%d}"
    brief = {"soort": "bijeenkomst_antwoord", "sleutel": sleutel, "woorden": {"uitleg": uitleg}}
    leg_klaar_samen(brieven(uitnodiging.bijeenkomst, [uitnodiging], **brief))


def _stuur_door(uitnodiging: Uitnodiging, brief: Brief) -> None:
    """Send what a guest wrote on to the trekkers; they answer her straight away, other guests see nothing."""
    bijlage = "\n\nBij deze mail zat een bijlage. Die staat nog in de postbus." if brief.heeft_bijlage else ""
    tekst = zonder_sleutels(brief.tekst, uitnodiging)
    kenmerk = hashlib.sha256((brief.bericht_id or brief.tekst).encode()).hexdigest()[:16]
    leg_klaar_samen(
        Bericht(
            sleutel=f"bijeenkomst:reactie-{kenmerk}:{uitnodiging.pk}:{trekker.pk}",
            soort="tekst",
            aan=trekker,
            antwoord_aan=uitnodiging.mailadres,
            gegevens={
                "onderwerp": f"Reactie op {uitnodiging.bijeenkomst}",
                "tekst": f"{uitnodiging.wie} schrijft over {uitnodiging.bijeenkomst}:\n\n{tekst}{bijlage}",
            },
        )
        for trekker in _trekkers(uitnodiging.bijeenkomst)
    )


def _trekkers(bijeenkomst: Bijeenkomst) -> list[Gebruiker]:
    """Who leads the meeting; when nobody was chosen, the core team."""
    trekkers = bijeenkomst.trekkers.filter(is_active=True).order_by("pk")
    return list(trekkers or Gebruiker.objects.met_rol(Rol.Soort.KERNTEAM).order_by("pk"))
