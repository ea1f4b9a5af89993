"""Who decides about a young person, and whose yes is still missing.

Source: Burgerlijk Wetboek 7:447 and 7:450 and Jeugdwet 7.3.4. Under 12 the parents with authority decide, from 12 to
15 they and the young person together, and from 16 the young person alone. When the birth date is not known we ask
both. The database has the same rule, for what somebody of another place may read (`toestemming_geldt`).
"""

from collections.abc import Hashable

from django.db.models import TextChoices


class Beslist(TextChoices):
    """Who decides; the label is how a page says it."""

    OUDERS = "ouders", "de ouders"
    BEIDEN = "beiden", "de jongere en de ouders samen"
    JONGERE = "jongere", "de jongere zelf"


# The last border that was passed: 0, 12, 16 or 18; None when the birth date is not known.
VANAF = {None: Beslist.BEIDEN, 0: Beslist.OUDERS, 12: Beslist.BEIDEN, 16: Beslist.JONGERE, 18: Beslist.JONGERE}

DE_JONGERE = None
EEN_OUDER = "een ouder met gezag"  # nobody is written down yet who could say yes


def wie_beslist(bereikt: int | None) -> Beslist:
    """Return who decides for somebody who passed this border last: a key of VANAF, in years."""
    return VANAF[bereikt]


def wie_is_nodig(beslist: Beslist, *, met_gezag: set[Hashable], ontvanger: Hashable = None) -> set[Hashable]:
    """Return whose yes is needed: DE_JONGERE and, by their keys, the parents with authority.

    `ontvanger` is the key of the person whom it is about: a parent with authority needs no yes of another parent.
    """
    nodig: set[Hashable] = set()
    if beslist != Beslist.OUDERS:
        nodig.add(DE_JONGERE)
    if beslist != Beslist.JONGERE and ontvanger not in met_gezag:
        nodig |= met_gezag or {EEN_OUDER}
    return nodig
