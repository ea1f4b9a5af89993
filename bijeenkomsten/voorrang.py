"""Who is heard first: a question of an initiative that had no place at the table lately goes before the others.

Looked at are the last meetings that were meant for everybody. Loudness counts only after that: support of others
never pushes aside who was not heard.
"""

from collections.abc import Sequence
from datetime import datetime

from bijeenkomsten.soorten import Soort

LAATSTE = 3  # meetings that are looked back on
VOOR_IEDEREEN = (Soort.LANDELIJK, Soort.FYSIEK, Soort.ONLINE)


def volgorde(*, keren_aan_bod: int, keer_doorgeschoven: int, steun: int, ingebracht_op: datetime) -> tuple:
    """Return what to sort by: least heard, waited longest, most supported, brought in first."""
    return keren_aan_bod, -keer_doorgeschoven, -steun, ingebracht_op


def waarom(*, aan_bod: Sequence[str], keer_doorgeschoven: int, steun: int) -> str:
    """Say in words why a question stands where it stands; `aan_bod` names the meetings where its asker was heard."""
    if aan_bod:
        zinnen = [f"Kwam van de laatste {LAATSTE} keer {_keer(len(aan_bod))} aan bod: {', '.join(aan_bod)}."]
    else:
        zinnen = [f"Kwam de laatste {LAATSTE} keer niet aan bod."]
    if keer_doorgeschoven:
        zinnen.append(f"Deze vraag schoof al {_keer(keer_doorgeschoven)} door.")
    if steun:
        zinnen.append(f"{steun} {'ander initiatief steunt' if steun == 1 else 'andere initiatieven steunen'} hem.")
    return " ".join(zinnen)


def _keer(aantal: int) -> str:
    return "één keer" if aantal == 1 else f"{aantal} keer"
