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
SCHEIDING = "\n## "


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
    delen = [KOP, f"Measured on {dag.isoformat()}: {waar}.\n", *(_deel(meting) for meting in metingen)]
    return "\n".join(delen)


def met_losse_meting(verslag: str, meting: Meting, waar: str, dag: date) -> str:
    """The report with this section, which was measured apart, in place of the former one of that name, at the end."""
    overig, los = _splits(verslag)
    los = [deel for deel in los if not deel.startswith(f"{meting.naam}\n")]
    return "".join([overig, *(SCHEIDING + deel for deel in los), "\n", _deel(meting, f"On {dag.isoformat()}: {waar}.")])


def met_metingen(verslag: str, metingen: Sequence[Meting], waar: str, dag: date) -> str:
    """The report with these sections in place of the former ones of those names; each says when it was measured."""
    overig, los = _splits(verslag)
    begin, *delen = overig.split(SCHEIDING)
    nieuw = {meting.naam: _deel(meting, f"On {dag.isoformat()}: {waar}.").removeprefix("## ") for meting in metingen}
    delen = [nieuw.pop(deel.partition("\n")[0], deel).rstrip("\n") for deel in delen]
    delen += [deel.rstrip("\n") for deel in nieuw.values()]
    return "".join([begin.rstrip("\n"), *(f"\n{SCHEIDING}{deel}" for deel in [*delen, *los])]).rstrip("\n") + "\n"


def met_losse_metingen_van(oud: str, verslag: str) -> str:
    """A new report with what was measured apart in the old one."""
    return "".join([verslag, *(SCHEIDING + deel for deel in _splits(oud)[1])])


def _splits(verslag: str) -> tuple[str, list[str]]:
    """A report without, and the sections of, what was measured apart: their names have an option in them."""
    eerste, *delen = verslag.split(SCHEIDING)
    los = [deel for deel in delen if " --" in deel.partition("\n")[0]]
    return SCHEIDING.join([eerste, *(deel for deel in delen if deel not in los)]), los


def _deel(meting: Meting, waar: str = "") -> str:
    regels = [f"## {meting.naam}\n\n{meting.werk}; against: {meting.tegen}.\n", *([f"{waar}\n"] if waar else [])]
    regels.append("| what | measured | promised | |\n|---|---|---|---|")
    regels += [f"| {r.wat} | {r.waarde} | {r.belofte} | {r.oordeel} |" for r in meting.regels]
    return "\n".join([*regels, ""])
