"""The four phases, and what may follow what.

Source: the development-oriented approach of the collective (January 2024). Development is a crooked line: from
every phase there is a way back in one step, and nothing is ever closed.
"""

from typing import NamedTuple

from django.db.models import TextChoices


class Fase(TextChoices):
    """The phases in their order; going through them in that order is no duty."""

    LANDING = "landing", "Landingsfase – herstellen"
    ONDERZOEKEND = "onderzoekend", "Onderzoekende fase – verkennen"
    ORIENTATIE = "orientatie", "Oriëntatiefase – doorstromen"
    WAAKVLAM = "waakvlam", "Waakvlamfase – nazorg"

    @property
    def kort(self) -> str:
        """The name without the subtitle: `Landingsfase`."""
        return self.label.split(" – ")[0]


class Stap(TextChoices):
    """What kind of move leads from one phase to another. None is better than the others."""

    VOLGENDE = "volgende_stap", "volgende stap"
    SPRONG = "sprong", "sprong"
    TERUG = "terug", "terug"
    TERUGKEER = "terugkeer", "terugkeer"


STAPPEN: dict[tuple[Fase | None, Fase], Stap] = {
    (None, Fase.LANDING): Stap.VOLGENDE,
    (Fase.LANDING, Fase.ONDERZOEKEND): Stap.VOLGENDE,
    (Fase.LANDING, Fase.ORIENTATIE): Stap.SPRONG,
    (Fase.LANDING, Fase.WAAKVLAM): Stap.SPRONG,
    (Fase.ONDERZOEKEND, Fase.LANDING): Stap.TERUG,
    (Fase.ONDERZOEKEND, Fase.ORIENTATIE): Stap.VOLGENDE,
    (Fase.ONDERZOEKEND, Fase.WAAKVLAM): Stap.SPRONG,
    (Fase.ORIENTATIE, Fase.LANDING): Stap.TERUG,
    (Fase.ORIENTATIE, Fase.ONDERZOEKEND): Stap.TERUG,
    (Fase.ORIENTATIE, Fase.WAAKVLAM): Stap.VOLGENDE,
    (Fase.WAAKVLAM, Fase.LANDING): Stap.TERUGKEER,
    (Fase.WAAKVLAM, Fase.ONDERZOEKEND): Stap.TERUGKEER,
    (Fase.WAAKVLAM, Fase.ORIENTATIE): Stap.TERUGKEER,
}


class Belemmering(NamedTuple):
    """What stands in the way of a step, in Dutch, and which answer has to change for it."""

    reden: str
    veld: str


def belemmering(
    van: Fase | None, naar: Fase, *, toelichting: str = "", heeft_nazorg: bool = False
) -> Belemmering | None:
    """Return what stands in the way of moving from `van` (None: not begun) to `naar`; None when nothing does.

    `toelichting` is what the counsellor says about it. `heeft_nazorg`: there is an aftercare agreement, or "de deur
    staat open, zonder afspraken" was chosen.
    """
    stap = STAPPEN.get((van, naar))
    if stap is None:
        nu = "Een traject begint in de landingsfase." if van is None else "Daar is deze jongere nu al."
        return Belemmering(nu, "naar")
    if stap == Stap.SPRONG and not toelichting.strip():
        return Belemmering("Dit is een sprong. Schrijf er kort bij waarom die nu past.", "toelichting")
    if naar == Fase.WAAKVLAM and not heeft_nazorg:
        nazorg = "Maak eerst een nazorgafspraak, of kies ‘de deur staat open, zonder afspraken’."
        return Belemmering(nazorg, "vormen")
    return None


def mogelijke_stappen(van: Fase | None) -> list[tuple[Fase, Stap]]:
    """Return where a trajectory can go from `van` (None: not begun) and by which step, in the order of the phases."""
    return [(naar, STAPPEN[van, naar]) for naar in Fase if (van, naar) in STAPPEN]
