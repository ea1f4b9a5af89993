"""The ladder of reminders for one contact moment, and the days on which its steps fall.

Nothing ever goes to core team or admins; the last step makes no mail but stands on the initiative's own board.
Source: the reminders of aftercare in docs/ontwerp.md, which each initiative may soften within the limits of `TREDEN`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db.models import TextChoices

from collectief.werkdagen import OCHTEND, WEEKDAGEN, ochtend, werkdag_vanaf


class Stap(TextChoices):
    """The rungs, lowest first. The label says when it comes as agreed for everybody."""

    VOORAF = "vooraf", "drie dagen vooraf"
    VANDAAG = "vandaag", "op de dag zelf"
    DAARNA = "daarna", "vier dagen daarna"
    COORDINATOR = "coordinator", "tien dagen daarna"
    BORD = "bord", "dertig dagen daarna"


class Ontvanger(TextChoices):
    """Who gets a step: whose contact it is, who stands in for her, who looks after the initiative."""

    EIGENAAR = "eigenaar"
    WAARNEMER = "waarnemer"
    COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Trede:
    """Where one step lies, in days from the planned one, and who gets it."""

    dagen: int  # as agreed for everybody
    uiterst: int  # how late an initiative may put it
    ontvangers: tuple[Ontvanger, ...]


TREDEN: dict[Stap, Trede] = {
    Stap.VOORAF: Trede(-3, -1, (Ontvanger.EIGENAAR,)),
    Stap.VANDAAG: Trede(0, 3, (Ontvanger.EIGENAAR,)),
    Stap.DAARNA: Trede(4, 21, (Ontvanger.EIGENAAR, Ontvanger.WAARNEMER)),
    Stap.COORDINATOR: Trede(10, 42, (Ontvanger.COORDINATOR,)),
    Stap.BORD: Trede(30, 90, ()),  # no mail: it stands on the initiative's own board as a forgotten little flame
}
DAGEN = {stap: trede.dagen for stap, trede in TREDEN.items()}
UITERST_UUR = 12  # the morning ends
RUSTIG_VANAF = 18  # nothing new from six o'clock on, unless an initiative chooses another hour
RUSTIG_GRENZEN = (15, 20)


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
        highest stays. A step beforehand is left out when it would fall on the planned day itself or later.
        """
        momenten: dict[Stap, datetime] = {}
        de_dag = ochtend(gepland_op, self.uur)
        for stap in reversed(Stap):
            if (dagen := self.dagen[stap]) is None:
                continue
            is_daarna = DAGEN[stap] > DAGEN[Stap.VANDAAG]
            op = self._ochtend((uiterlijk if uiterlijk and is_daarna else gepland_op) + timedelta(days=dagen))
            if op not in momenten.values() and (dagen >= 0 or op < de_dag):
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

    `dagen` has every step: how many days after the planned one (before it: less than zero), or None when it is off. The
    order stays, a step can be later or off, and the last one is always there.
    """
    wat = {}
    for stap, trede in TREDEN.items():
        dag = dagen[stap]
        if dag is None:
            if stap == Stap.BORD:
                wat[stap] = "Deze stap blijft altijd aan: zo raakt geen vlammetje vergeten."
        elif not trede.dagen <= dag <= trede.uiterst:
            wat[stap] = f"Kies een getal van {_grenzen(trede.dagen, trede.uiterst)}."
    volgorde = [stap for stap in Stap if dagen[stap] is not None and stap not in wat]
    for eerder, later in pairwise(volgorde):
        if dagen[eerder] >= dagen[later]:
            wat[later] = "Deze stap komt na de vorige. Kies een later moment."
    return wat


def _grenzen(eerste: int, laatste: int) -> str:
    van, tot = sorted((abs(eerste), abs(laatste)))
    return f"{van} tot en met {tot}"
