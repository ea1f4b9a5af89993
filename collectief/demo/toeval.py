"""Chance that comes out the same every time: one source of it, with the day that counts as today."""

import random
import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from collectief.werkdagen import AMSTERDAM, werkdag_vanaf


class Toeval(random.Random):
    """A random generator with a seed and a today."""

    def __init__(self, zaad: int, vandaag: date) -> None:
        super().__init__(zaad)
        self.vandaag = vandaag

    def __reduce__(self):
        raise TypeError("a Toeval is not copied: its order of questions is what makes it repeatable")

    def sleutel(self) -> uuid.UUID:
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def soms(self, kans: float) -> bool:
        return self.random() < kans

    def een_van(self, keuzes: Sequence[str], **woorden: str) -> str:
        """Pick one of these texts and fill in its words."""
        return self.choice(keuzes).format(**woorden)

    def dag(self, van: date, tot: date) -> date:
        """A day from `van` up to and including `tot`."""
        return van + timedelta(days=self.randint(0, max(0, (tot - van).days)))

    def werkdag(self, van: date, tot: date) -> date:
        """A working day from about `van`, not after `tot`."""
        return min(werkdag_vanaf(self.dag(van, tot)), tot)

    def moment_op(self, dag: date) -> datetime:
        """Some time of a working day, when somebody would sit down to write."""
        return datetime.combine(dag, time(self.randint(9, 17), self.randint(0, 59)), tzinfo=AMSTERDAM)
