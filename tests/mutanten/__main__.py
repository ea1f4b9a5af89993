"""`./dev mutanten`: put mistakes into the rules, one by one, and see whether the tests notice."""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from collectief.servers.scherm import zeg
from tests.mutanten.doelen import DOELEN, WORTEL
from tests.mutanten.plugin import DRAAIT_ROND, GEDOOD, LEEFT

GRENS = 90  # percent that has to be noticed


def main() -> int:
    lezer = argparse.ArgumentParser(prog="./dev mutanten", description="Fouten in de regels: merken de tests ze?")
    lezer.add_argument("doelen", nargs="*", metavar="MODULE", help="zoals trajecten/fases.py; zonder: alle")
    lezer.add_argument("--hoogstens", type=int, help="zoveel mutanten per module, geloot")
    lezer.add_argument("--zaad", type=int, default=1, help="een ander getal loot andere mutanten")
    keuze = lezer.parse_args()
    doelen = keuze.doelen or list(DOELEN)
    uitkomst = WORTEL / ".data/mutanten" / f"uitkomst-{os.getpid()}.jsonl"
    uitkomst.parent.mkdir(parents=True, exist_ok=True)
    tests = sorted({test for pad in doelen for test in DOELEN[pad]})
    opties = ["--zaad", str(keuze.zaad), "--uitkomst", str(uitkomst)]
    if keuze.hoogstens:
        opties += ["--hoogstens", str(keuze.hoogstens)]
    pytest = [sys.executable, "-m", "pytest", "-p", "tests.mutanten.plugin", "-p", "no:cacheprovider", "-q", "-s"]
    if code := subprocess.run([*pytest, *tests, *opties, "--doelen", *doelen], cwd=WORTEL, check=False).returncode:
        return code
    return verslag(uitkomst)


def verslag(uitkomst: Path) -> int:
    """Print how many died in each module and who survived; 0 when enough died."""
    rijen = [json.loads(regel) for regel in uitkomst.read_text().splitlines()]
    rijen = [rij for rij in rijen if rij["stand"] in (GEDOOD, DRAAIT_ROND, LEEFT)]
    alle, dood = Counter(rij["pad"] for rij in rijen), Counter(rij["pad"] for rij in rijen if rij["stand"] != LEEFT)
    for rij in rijen:
        if rij["stand"] != GEDOOD:
            hoe = "leeft nog" if rij["stand"] == LEEFT else "kwam niet klaar"
            zeg(f"{hoe}: {rij['pad']}:{rij['regel']} {rij['plek']}: {rij['wat']}")
    for pad in alle:
        zeg(f"{pad}: {dood[pad]} van {alle[pad]}")
    deel = 100 * dood.total() / alle.total()
    zeg(f"Samen: {dood.total()} van {alle.total()}, {deel:.1f} %.")
    return 0 if deel >= GRENS else 1


if __name__ == "__main__":
    sys.exit(main())
