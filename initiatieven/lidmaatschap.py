"""How an initiative becomes a member: which steps there are, what may follow what, what stands in the way.

This is the one place with these rules; the models apply them and the database refuses what they forbid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices


class Toestand(TextChoices):
    """Where an application stands."""

    CONCEPT = "concept", "concept"
    INGEDIEND = "ingediend", "ingediend"
    KENNISMAKING = "kennismaking", "in kennismaking"
    BESLOTEN = "besloten", "besloten"
    INGETROKKEN = "ingetrokken", "ingetrokken"


class Besluit(TextChoices):
    """What was decided."""

    LID = "lid", "lid van het collectief"
    AANGEHOUDEN = "aangehouden", "aangehouden"
    AFGEWEZEN = "afgewezen", "afgewezen"


class Stap(TextChoices):
    """What somebody can do with an application."""

    INDIENEN = "indienen", "aangemeld"
    TOETSEN = "toetsen", "toets beoordeeld"
    KENNISMAKEN = "kennismaken", "kennismaking begonnen"
    LID_MAKEN = "lid_maken", "besloten: lid"
    AANHOUDEN = "aanhouden", "besloten: aangehouden"
    AFWIJZEN = "afwijzen", "besloten: afgewezen"
    HERVATTEN = "hervatten", "weer opgepakt"
    INTREKKEN = "intrekken", "ingetrokken"
    TWEEDE_VRAAG = "tweede_vraag", "een tweede lezer gevraagd"
    TWEEDE_LEZER = "tweede_lezer", "de tweede lezer las mee"


class Toetssoort(TextChoices):
    """The three checks of membership (source document 002, "een paar korte checks")."""

    BESTAAT_EEN_JAAR = "bestaat_een_jaar", "Bestaat minstens een jaar"
    VIJF_JONGEREN = "vijf_jongeren", "Begeleidt minstens vijf jongeren"
    ONTWIKKELINGSGERICHT = "ontwikkelingsgericht", "Herkent zich in de ontwikkelingsgerichte benadering"


class Oordeel(TextChoices):
    """What an admin thinks of one check."""

    OPEN = "open", "nog open"
    VOLDOET = "voldoet", "voldoet"
    VOLDOET_NIET = "voldoet_niet", "voldoet nog niet"


class TweedeOordeel(TextChoices):
    """What a second admin thinks of rejecting; optional, and binding once it was asked for."""

    GEVRAAGD = "gevraagd", "gevraagd"
    EENS = "eens", "eens met afwijzen"
    ONEENS = "oneens", "niet eens met afwijzen"


# From where an application stands: each step that may be taken, and where it leads.
OVERGANGEN: dict[Toestand, dict[Stap, Toestand]] = {
    Toestand.CONCEPT: {
        Stap.INDIENEN: Toestand.INGEDIEND,
        Stap.INTREKKEN: Toestand.INGETROKKEN,
    },
    Toestand.INGEDIEND: {
        Stap.TOETSEN: Toestand.INGEDIEND,
        Stap.KENNISMAKEN: Toestand.KENNISMAKING,
        Stap.INTREKKEN: Toestand.INGETROKKEN,
    },
    Toestand.KENNISMAKING: {
        Stap.TOETSEN: Toestand.KENNISMAKING,
        Stap.LID_MAKEN: Toestand.BESLOTEN,
        Stap.AANHOUDEN: Toestand.BESLOTEN,
        Stap.AFWIJZEN: Toestand.BESLOTEN,
        Stap.INTREKKEN: Toestand.INGETROKKEN,
        Stap.TWEEDE_VRAAG: Toestand.KENNISMAKING,
        Stap.TWEEDE_LEZER: Toestand.KENNISMAKING,
    },
    Toestand.BESLOTEN: {
        Stap.HERVATTEN: Toestand.KENNISMAKING,  # only after "aangehouden"
    },
    Toestand.INGETROKKEN: {},
}

BESLUIT_VAN: dict[Stap, Besluit] = {
    Stap.LID_MAKEN: Besluit.LID,
    Stap.AANHOUDEN: Besluit.AANGEHOUDEN,
    Stap.AFWIJZEN: Besluit.AFGEWEZEN,
}

KAN_NIET: dict[Toestand, str] = {
    Toestand.CONCEPT: "Deze aanmelding is nog niet ingediend.",
    Toestand.INGEDIEND: "Dit kan pas na de kennismaking.",
    Toestand.KENNISMAKING: "De kennismaking is al begonnen.",
    Toestand.BESLOTEN: "Over deze aanmelding is al besloten.",
    Toestand.INGETROKKEN: "Deze aanmelding is ingetrokken.",
}


@dataclass(frozen=True)
class Stand:
    """All that the rules need to know of an application."""

    toestand: str
    besluit: str
    beweringen: Mapping[str, str]  # per check: what the applicant says
    oordelen: Mapping[str, str]  # per check: what the admins think
    tweede: str = ""  # a TweedeOordeel, or empty when nobody was asked
    wacht_op: str = ""  # what the conversation waits for, if anything: see `Wachtend`


class Wachtend(TextChoices):
    """What the conversation about an application waits for; its label says whose turn it is."""

    ANTWOORD = "antwoord", "de aanmelder antwoordt"
    TIJD = "tijd", "de aanmelder kiest een tijd"
    ONS = "ons", "wij antwoorden de aanmelder"


def aan_zet(stand: Stand, *, tot: date | None, vandaag: date) -> str:
    """Say in a sentence who is to do what now; an empty string when nobody has to do anything.

    `tot` is the day until which the application is held, if it is.
    """
    if stand.toestand == Toestand.CONCEPT:
        return "de aanmelder maakt de aanmelding af"
    if stand.wacht_op and stand.toestand in (Toestand.INGEDIEND, Toestand.KENNISMAKING):
        return Wachtend(stand.wacht_op).label
    if stand.toestand == Toestand.INGEDIEND:
        return "wij gaan kennismaken"
    if stand.toestand == Toestand.KENNISMAKING:
        if stand.tweede == TweedeOordeel.GEVRAAGD:
            return "een tweede lezer kijkt mee"
        is_open = any(stand.oordelen.get(soort, Oordeel.OPEN) == Oordeel.OPEN for soort in Toetssoort)
        return "wij beoordelen de toetsen" if is_open else "wij besluiten"
    if stand.besluit == Besluit.AANGEHOUDEN:
        return "wij pakken hem weer op" if tot and tot <= vandaag else "de aanmelder groeit verder"
    return ""


def belemmering(stap: Stap, stand: Stand, *, waarom: str = "", tot: date | None = None, vandaag: date) -> str:
    """Name what stands in the way of `stap`, in a sentence for the screen; an empty string when nothing does.

    `waarom` is what is said about a decision, `tot` the day until which it is held, `vandaag` today in the Netherlands.
    """
    if stap not in OVERGANGEN[Toestand(stand.toestand)]:
        return KAN_NIET[Toestand(stand.toestand)]
    if stap == Stap.INDIENEN and not all(stand.beweringen.get(soort, "").strip() for soort in Toetssoort):
        return "Vul bij elk van de drie toetsen iets in."
    if stap == Stap.HERVATTEN and stand.besluit != Besluit.AANGEHOUDEN:
        return "Alleen een aangehouden aanmelding kun je weer oppakken."
    if stap in (Stap.TWEEDE_VRAAG, Stap.TWEEDE_LEZER):
        return _belemmering_tweede(stap, stand, waarom)
    if stap in BESLUIT_VAN:
        return _belemmering_besluit(stap, stand, waarom=waarom, tot=tot, vandaag=vandaag)
    return ""


def _belemmering_besluit(stap: Stap, stand: Stand, *, waarom: str, tot: date | None, vandaag: date) -> str:
    oordelen = {soort: stand.oordelen.get(soort, Oordeel.OPEN) for soort in Toetssoort}
    if open_toetsen := [soort.label.lower() for soort in Toetssoort if oordelen[soort] == Oordeel.OPEN]:
        return f"Eerst nog beoordelen: {', '.join(open_toetsen)}."
    voldoet_niet = [soort.label.lower() for soort in Toetssoort if oordelen[soort] == Oordeel.VOLDOET_NIET]
    if stap == Stap.LID_MAKEN and voldoet_niet:
        return f"Lid worden kan nog niet. Deze toets voldoet nog niet: {', '.join(voldoet_niet)}."
    if stap == Stap.AFWIJZEN and stand.tweede == TweedeOordeel.GEVRAAGD:
        return "Afwijzen kan pas als de tweede lezer heeft meegekeken."
    if stap == Stap.AFWIJZEN and stand.tweede == TweedeOordeel.ONEENS:
        return "De tweede lezer is het niet eens met afwijzen. Praat samen verder, en vraag daarna opnieuw."
    if not waarom.strip():
        return "Schrijf op waarom je dit besluit. De aanmelder leest het in de mail."
    if stap == Stap.AANHOUDEN and (tot is None or tot <= vandaag):
        return "Kies een datum na vandaag waarop we de aanmelding weer oppakken."
    return ""


def _belemmering_tweede(stap: Stap, stand: Stand, waarom: str) -> str:
    is_gevraagd = stand.tweede == TweedeOordeel.GEVRAAGD
    if stap == Stap.TWEEDE_VRAAG and is_gevraagd:
        return "Er is al een tweede lezer gevraagd."
    if stap == Stap.TWEEDE_LEZER and not is_gevraagd:
        return "Er is geen tweede lezer gevraagd."
    if stap == Stap.TWEEDE_LEZER and not waarom.strip():
        return "Schrijf op wat je ervan vindt."
    return ""


# --- Once a year -----------------------------------------------------------------------------------------------------

MINSTE_JONGEREN = 5  # the second check of membership, asked again each year
VOORAF = timedelta(days=30)  # before the day: ask
RESPIJT = timedelta(days=60)  # after the day: wait, before the status says that we have to talk


class Jaarstand(TextChoices):
    """Where the yearly check of a member stands. None of these ends a membership."""

    GEVRAAGD = "gevraagd", "gevraagd"
    RESPIJT = "respijt", "nog even tijd"
    AANDACHT = "aandacht", "we willen praten"
    BEVESTIGD = "bevestigd", "klopt nog"


def jaarstand(*, voor: date, aantal: int | None, is_besproken: bool, vandaag: date) -> Jaarstand:
    """Say how it stands with the check for the day `voor`.

    `aantal` is how many young people were told, None for nothing yet; `is_besproken`: we talked about it since.
    """
    if is_besproken or (aantal is not None and aantal >= MINSTE_JONGEREN):
        return Jaarstand.BEVESTIGD
    if aantal is not None or vandaag > voor + RESPIJT:
        return Jaarstand.AANDACHT
    return Jaarstand.RESPIJT if vandaag > voor else Jaarstand.GEVRAAGD
