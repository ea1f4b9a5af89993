"""How PostgreSQL is started: it refuses to run as root, so root lends it another identity.

First choice for root is a user namespace in which root is called 65534: files stay root's, nothing needs to be
readable for others. Where that is forbidden (a chroot, some containers), setpriv really becomes user 65534 and keeps
one capability: passing file permissions, which it needs to reach a folder that is private to root.
An ordinary user needs neither.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .fouten import Startfout
from .processen import levenslijn, lukt

NIEMAND = 65534
_NAAMRUIMTE = ("unshare", "--user", f"--map-user={NIEMAND}", f"--map-group={NIEMAND}", "--")
_ALLEEN_BESTANDEN = "-all,+dac_override"
_WISSEL_KAAL = ("setpriv", f"--reuid={NIEMAND}", f"--regid={NIEMAND}", "--clear-groups")
_WISSEL = (
    *_WISSEL_KAAL, "--securebits=+no_setuid_fixup",  # or access(2), which initdb uses, would forget the capability
    f"--bounding-set={_ALLEEN_BESTANDEN}", f"--inh-caps={_ALLEEN_BESTANDEN}", f"--ambient-caps={_ALLEEN_BESTANDEN}",
)  # fmt: skip


@dataclass(frozen=True)
class Identiteit:
    """The prefix before a command, and the user who has to own the data."""

    voorzet: tuple[str, ...]
    uid: int

    def neem_over(self, map_: Path) -> None:
        """Make the data belong to this identity; root only, and only between root and 65534.

        Raises Startfout when the data are somebody else's.
        """
        eigenaar = map_.stat().st_uid
        if eigenaar == self.uid:
            return
        if os.geteuid() != 0 or eigenaar not in (0, NIEMAND):
            raise Startfout(f"De map {map_} is van een andere gebruiker. Start ./dev als die gebruiker.")
        for pad in (map_, *map_.rglob("*")):
            os.chown(pad, self.uid, self.uid, follow_symlinks=False)


def kies_identiteit(programma: Path, map_: Path) -> Identiteit:
    """The first way in which `programma` runs and can write in `map_`.

    Raises Startfout when there is none.
    """
    for voorzet, uid in _mogelijkheden():
        if lukt([*voorzet, "sh", "-c", 'test -w "$1" && "$2" --version', "sh", str(map_), str(programma)]):
            return Identiteit((*voorzet, *levenslijn()), uid)  # repeated inside: a change of identity clears it
    if os.geteuid() == 0:
        raise Startfout(
            "PostgreSQL draait niet als root, en unshare en setpriv werken hier niet. Start ./dev als gewone gebruiker."
        )
    raise Startfout(
        f"PostgreSQL kan hier niet draaien: {programma} is niet uit te voeren, of {map_} niet te schrijven."
    )


def _mogelijkheden() -> Sequence[tuple[tuple[str, ...], int]]:
    if os.geteuid() != 0:
        return [((), os.geteuid())]
    return [(_NAAMRUIMTE, 0), ((*_WISSEL, "--"), NIEMAND), ((*_WISSEL_KAAL, "--"), NIEMAND)]
