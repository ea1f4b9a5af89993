"""Handing over warmly: which step follows which, from which side it is taken, and what stands in the way.

Between two initiatives on the platform, ownership moves in the last step and in no other. To a place outside there is
nobody to receive on the platform: that step is left out, and the trajectory stays where it is.
Source: the warm handover in the approach of the collective (January 2024): nobody lets go before the other holds on.
Whose consent it takes is said in `trajecten/beslissen.py`.
"""

from django.db.models import TextChoices


class Overdrachtstand(TextChoices):
    """How far a handover is, in the order of the way there; at any moment it may turn out not to go on."""

    VOORGESTELD = "voorgesteld", "voorgesteld"
    TOESTEMMING = "toestemming", "er is toestemming"
    VOORBEREID = "voorbereid", "voorbereid"
    ONTVANGEN = "ontvangen", "ontvangen"
    SAMEN_OP_WEG = "samen_op_weg", "samen op weg"
    OVERGEDRAGEN = "overgedragen", "overgedragen"
    INGETROKKEN = "ingetrokken", "gaat nu niet door"


class Kant(TextChoices):
    """A side of a handover: where she is, where she goes, or both together."""

    GEVER = "gever", "van hier"
    ONTVANGER = "ontvanger", "van daar"
    SAMEN = "samen", "samen"


Stand = Overdrachtstand

# From, to: the sides that may take this step. Whoever has seen something may also say that it does not go on.
STAPPEN: dict[tuple[Stand, Stand], set[Kant]] = {
    (Stand.VOORGESTELD, Stand.TOESTEMMING): {Kant.GEVER},
    (Stand.TOESTEMMING, Stand.VOORBEREID): {Kant.GEVER},
    (Stand.VOORBEREID, Stand.ONTVANGEN): {Kant.ONTVANGER},
    (Stand.ONTVANGEN, Stand.SAMEN_OP_WEG): {Kant.GEVER, Kant.ONTVANGER},
    (Stand.SAMEN_OP_WEG, Stand.OVERGEDRAGEN): {Kant.GEVER},
    (Stand.VOORGESTELD, Stand.INGETROKKEN): {Kant.GEVER},
    (Stand.TOESTEMMING, Stand.INGETROKKEN): {Kant.GEVER},
    (Stand.VOORBEREID, Stand.INGETROKKEN): {Kant.GEVER, Kant.ONTVANGER},
    (Stand.ONTVANGEN, Stand.INGETROKKEN): {Kant.GEVER, Kant.ONTVANGER},
    (Stand.SAMEN_OP_WEG, Stand.INGETROKKEN): {Kant.GEVER, Kant.ONTVANGER},
}
NAAR_BUITEN = {van_naar: {Kant.GEVER} for van_naar in STAPPEN if Stand.ONTVANGEN not in van_naar} | {
    (Stand.VOORBEREID, Stand.SAMEN_OP_WEG): {Kant.GEVER}
}

KLAAR = (Stand.OVERGEDRAGEN, Stand.INGETROKKEN)
TE_ZIEN_DOOR_ONTVANGER = (Stand.VOORBEREID, Stand.ONTVANGEN, Stand.SAMEN_OP_WEG)
ZONDER_TOESTEMMING = (Stand.VOORGESTELD, Stand.INGETROKKEN)


def stappen(*, is_buiten: bool) -> dict[tuple[Stand, Stand], set[Kant]]:
    """Return each step (from, to) with the sides that may take it; `is_buiten`: to a place outside the platform."""
    return NAAR_BUITEN if is_buiten else STAPPEN


def volgende(stand: Stand, *, is_buiten: bool) -> Stand | None:
    """Return the next step on the way; None when it is finished."""
    vervolg = [naar for van, naar in stappen(is_buiten=is_buiten) if van == stand and naar != Stand.INGETROKKEN]
    return vervolg[0] if vervolg else None


def belemmering(
    van: Stand, naar: Stand, *, is_buiten: bool, kanten: set[Kant], heeft_toestemming: bool, heeft_begeleider: bool
) -> str:
    """Return what stands in the way of this step, as a sentence in Dutch; empty when nothing does.

    `kanten` are the sides that the person who tries stands on; `heeft_toestemming`: everybody who decides said yes and
    that still holds; `heeft_begeleider`: the other side chose who will be the steady counsellor.
    """
    if van in KLAAR:
        return "Deze overdracht is klaar en verandert niet meer."
    mogelijk = stappen(is_buiten=is_buiten)
    if (van, naar) not in mogelijk:
        return f"Deze stap kan nu niet. De overdracht is nu: {van.label}."
    if not mogelijk[van, naar] & kanten:
        return "Deze stap zet de andere kant."
    if naar not in ZONDER_TOESTEMMING and not heeft_toestemming:
        return "Er is nog geen geldige toestemming. Schrijf eerst op wie er ja zegt."
    if naar in (Stand.ONTVANGEN, Stand.SAMEN_OP_WEG, Stand.OVERGEDRAGEN) and not is_buiten and not heeft_begeleider:
        return "Kies eerst wie daar de vaste begeleider wordt."
    return ""
