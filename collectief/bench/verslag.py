"""How results are shown: on the screen, and in docs/benchmarks.md."""

import os
import platform
from collections.abc import Sequence
from datetime import date

from django.db import connection

from collectief.bench.belasting import generator
from collectief.bench.meting import Meting

KOP = """# Benchmarks

Written by `./dev bench`; do not edit. Ratios within one run count, because machines are noisy: every peer was measured
in the same run, in turn with the platform itself. "Holds" is about the floor that was promised; the goal is what we
are after. `./dev bench NAME --schaal klein|groot` repeats one of them.
"""


def machine(schaal: str) -> str:
    """One line that says where the figures come from."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgres,) = cursor.fetchone()
    kernen = len(os.sched_getaffinity(0))
    return (
        f"{kernen} cores ({platform.machine()}), Python {platform.python_version()}, PostgreSQL {postgres}, "
        f"load by {generator()}, scale {schaal}, load average at the start {os.getloadavg()[0]:.1f}"
    )


def als_tekst(meting: Meting) -> str:
    regels = [f"{meting.naam}: {meting.werk}", f"  against: {meting.tegen}"]
    breedte = max(len(regel.wat) for regel in meting.regels)
    for regel in meting.regels:
        belofte = f"  {regel.oordeel} ({regel.belofte})" if regel.belofte else ""
        regels.append(f"  {regel.wat:<{breedte}}  {regel.waarde}{belofte}")
    return "\n".join(regels)


def als_markdown(metingen: Sequence[Meting], waar: str, dag: date) -> str:
    delen = [KOP, f"Measured on {dag.isoformat()}: {waar}.\n"]
    for meting in metingen:
        delen.append(f"## {meting.naam}\n\n{meting.werk}; against: {meting.tegen}.\n")
        delen.append("| what | measured | promised | |\n|---|---|---|---|")
        delen += [f"| {r.wat} | {r.waarde} | {r.belofte} | {r.oordeel} |" for r in meting.regels]
        delen.append("")
    return "\n".join(delen)
