"""The ladder of reminders for one contact moment, and the days on which its steps fall.

Nothing ever goes to core team or admins; the last step makes no mail but stands on the initiative's own board.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db.models import TextChoices

from collectief.werkdagen import OCHTEND, WEEKDAGEN, ochtend, werkdag_vanaf


class Stap(TextChoices):
    VOORAF = "vooraf", "drie dagen vooraf"
    VANDAAG = "vandaag", "op de dag zelf"
    DAARNA = "daarna", "vier dagen daarna"
    COORDINATOR = "coordinator", "tien dagen daarna"
    BORD = "bord", "dertig dagen daarna"


class Ontvanger(TextChoices):
    EIGENAAR = "eigenaar"
    WAARNEMER = "waarnemer"
    COORDINATOR = "coordinator"


DAGEN: dict[Stap, int] = {
    Stap.VOORAF: -3,
    Stap.VANDAAG: 0,
    Stap.DAARNA: 4,
    Stap.COORDINATOR: 10,
    Stap.BORD: 30,
}

VOOR_ELK_CONTACT = (Stap.VOORAF, Stap.VANDAAG)

# How late an initiative may put a step; the first day is the one that was agreed for everybody.
UITERST: dict[Stap, int] = {
    Stap.VOORAF: -1,
    Stap.VANDAAG: 3,
    Stap.DAARNA: 21,
    Stap.COORDINATOR: 42,
    Stap.BORD: 90,
}
UITERST_UUR = 12  # the morning ends
RUSTIG_VANAF = 18  # nothing new from six o'clock on, unless an initiative chooses another hour
RUSTIG_GRENZEN = (15, 20)

ONTVANGERS: dict[Stap, tuple[Ontvanger, ...]] = {
    Stap.VOORAF: (Ontvanger.EIGENAAR,),
    Stap.VANDAAG: (Ontvanger.EIGENAAR,),
    Stap.DAARNA: (Ontvanger.EIGENAAR, Ontvanger.WAARNEMER),
    Stap.COORDINATOR: (Ontvanger.COORDINATOR,),
    Stap.BORD: (),  # no mail: it stands on the initiative's own board as a forgotten little flame
}


@dataclass(frozen=True)
class Ladder:
    """How the steps lie for one initiative: days after the planned one (None: off), hour, and days of the week."""

    dagen: Mapping[Stap, int | None]
    uur: int = OCHTEND.hour
    werkdagen: tuple[int, ...] = WEEKDAGEN

    def momenten(self, gepland_op: date, uiterlijk: date | None = None) -> dict[Stap, datetime]:
        """Return when each step is due: in the morning in Amsterdam, on a day on which the initiative works.

        What comes after the day counts from `uiterlijk`, the end of the room that was agreed around it.
        A step that would fall on a free day moves to the next working day. Of steps that fall together only the
        highest stays. The step beforehand is left out when it would fall on the planned day itself or later.
        """
        momenten: dict[Stap, datetime] = {}
        for stap in reversed(Stap):
            dagen = self.dagen[stap]
            vanaf = uiterlijk if uiterlijk and stap not in VOOR_ELK_CONTACT else gepland_op
            op = None if dagen is None else self._ochtend(vanaf + timedelta(days=dagen))
            if op and op not in momenten.values() and not (stap == Stap.VOORAF and op >= ochtend(gepland_op, self.uur)):
                momenten[stap] = op
        return dict(reversed(momenten.items()))

    def eenmalig(self) -> "Ladder":
        """The same hours, and one step: on the day itself."""
        return replace(self, dagen={stap: 0 if stap == Stap.VANDAAG else None for stap in Stap})

    def _ochtend(self, dag: date) -> datetime:
        return ochtend(werkdag_vanaf(dag, self.werkdagen), self.uur)


STANDAARD = Ladder(DAGEN)


def momenten_van_stappen(gepland_op: date) -> dict[Stap, datetime]:
    """Return when each step of the ordinary ladder is due; see `Ladder.momenten`."""
    return STANDAARD.momenten(gepland_op)


def belemmering(dagen: Mapping[Stap, int | None]) -> dict[Stap, str]:
    """Tell per step what is wrong with a ladder, in Dutch; empty when it may be so.

    The order stays, a step can be later or off, and the last one is always there.
    """
    wat = {}
    for stap, eerste in DAGEN.items():
        dag = dagen[stap]
        if dag is None:
            if stap == Stap.BORD:
                wat[stap] = "Deze stap blijft altijd aan: zo raakt geen vlammetje vergeten."
        elif not eerste <= dag <= UITERST[stap]:
            wat[stap] = f"Kies een getal van {_grenzen(eerste, UITERST[stap])}."
    volgorde = [stap for stap in Stap if dagen[stap] is not None and stap not in wat]
    for eerder, later in pairwise(volgorde):
        if dagen[eerder] >= dagen[later]:
            wat[later] = "Deze stap komt na de vorige. Kies een later moment."
    return wat


def _grenzen(eerste: int, laatste: int) -> str:
    van, tot = sorted((abs(eerste), abs(laatste)))
    return f"{van} tot en met {tot}"
