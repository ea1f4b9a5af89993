"""A family asks a place: where that stands, what may follow what, who moves it, and after how many days.

The place moves most of it, the family may always take the question back, and the clock moves what nobody answered.
How long what is kept: docs/privacy.md gives the reasons.
"""

from datetime import date, timedelta

from django.db.models import TextChoices

from collectief.werkdagen import is_werkdag

HERINNER_NA = 3  # working days without an answer, after which the place is reminded once
VERLOOPT_NA = timedelta(days=30)  # then the family hears that this place did not answer
WIS_NA = timedelta(days=90)  # then everything that tells who asked is erased
LINK_EINDIGT_NA = timedelta(days=30)  # after erasing; until then the family may still say what came of it
NET_VERSTUURD = timedelta(hours=1)  # until then nobody is asked what came of it
GEVONDEN_NA = (30, 90)  # days after which we ask once whether a place was found
MEEST = 3  # places that one question may go to


class Contactstand(TextChoices):
    """Where the question of a family stands at one place; the label is what both sides read."""

    NIEUW = "nieuw", "wacht op antwoord"
    IN_GESPREK = "in_gesprek", "in gesprek"
    KENNISMAKING = "kennismaking", "kennismaking afgesproken"
    GEEN_PLEK = "geen_plek", "nu geen plek"
    GEEN_REACTIE = "geen_reactie", "geen reactie"
    INGETROKKEN = "ingetrokken", "ingetrokken"


class Reden(TextChoices):
    """Why a place has no room now. It is counted, so that the core team sees where places lack."""

    VOL = "vol", "we zitten vol"
    WACHTLIJST = "wachtlijst", "er is een wachtlijst"
    LEEFTIJD = "leeftijd", "de leeftijd past niet bij onze groep"
    AFSTAND = "afstand", "het is te ver weg"
    ANDERE_PLEK = "andere_plek", "een ander soort plek past beter"
    NIET_BEREIKT = "niet_bereikt", "we konden elkaar niet bereiken"
    ANDERS = "anders", "iets anders"


class Beweger(TextChoices):
    """Who moves a question on."""

    PLEK = "plek", "de plek"
    GEZIN = "gezin", "wie het vroeg"
    KLOK = "klok", "de tijd"


NIEUW, IN_GESPREK, KENNISMAKING, GEEN_PLEK, GEEN_REACTIE, INGETROKKEN = Contactstand
PLEK, GEZIN, KLOK = Beweger

# From: to, and who may move it there. From "no room" and "no answer" there is a way back: a place may come free.
STAPPEN: dict[Contactstand, dict[Contactstand, Beweger]] = {
    NIEUW: {IN_GESPREK: PLEK, KENNISMAKING: PLEK, GEEN_PLEK: PLEK, GEEN_REACTIE: KLOK, INGETROKKEN: GEZIN},
    IN_GESPREK: {KENNISMAKING: PLEK, GEEN_PLEK: PLEK, INGETROKKEN: GEZIN},
    KENNISMAKING: {IN_GESPREK: PLEK, GEEN_PLEK: PLEK, INGETROKKEN: GEZIN},
    GEEN_PLEK: {IN_GESPREK: PLEK, KENNISMAKING: PLEK, INGETROKKEN: GEZIN},
    GEEN_REACTIE: {IN_GESPREK: PLEK, KENNISMAKING: PLEK, GEEN_PLEK: PLEK, INGETROKKEN: GEZIN},
    INGETROKKEN: {},
}
LOOPT = (IN_GESPREK, KENNISMAKING)
KLAAR = (GEEN_PLEK, GEEN_REACTIE, INGETROKKEN)


def mogelijk(van: Contactstand, beweger: Beweger) -> list[Contactstand]:
    """Return where `beweger` may move it from here."""
    return [naar for naar, wie in STAPPEN[van].items() if wie == beweger]


def belemmering(van: Contactstand, naar: Contactstand, *, beweger: Beweger, reden: str = "") -> str:
    """Return what stands in the way of this step by `beweger`, as a sentence in Dutch; empty when nothing does.

    `reden` is a value of Reden, and goes with GEEN_PLEK only.
    """
    if van == INGETROKKEN:
        return "Deze vraag is ingetrokken. Neem geen contact meer op."
    if STAPPEN[van].get(naar) != beweger:
        return f"Deze stap kan nu niet. Het staat nu op: {van.label}."
    if naar == GEEN_PLEK and reden not in Reden.values:
        return "Kies waarom er nu geen plek is. Dat helpt het gezin verder."
    if naar != GEEN_PLEK and reden:
        return "Een reden hoort alleen bij: nu geen plek."
    return ""


def herinner_vanaf(gevraagd: date) -> date:
    """Return the day on which a place that was asked then is reminded: the third working day after it."""
    dag, over = gevraagd, HERINNER_NA
    while over:
        dag += timedelta(days=1)
        over -= is_werkdag(dag)
    return dag
