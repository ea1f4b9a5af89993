"""`manage.py bench`, called by `./dev bench`: measure what was promised."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from collectief.bench.alle import BENCHES
from collectief.bench.belasting import Mislukt
from collectief.bench.gegevens import verbind, zet_klaar
from collectief.bench.meting import Meting, Tempo
from collectief.bench.opstelling import Opstelling
from collectief.bench.storing import meet as meet_storing
from collectief.bench.verslag import (
    als_markdown,
    als_tekst,
    machine,
    met_losse_meting,
    met_losse_metingen_van,
    met_metingen,
)
from collectief.demo.schaal import SCHALEN
from collectief.servers.processen import Werkmap

VERSLAG = settings.BASE_DIR / "docs" / "benchmarks.md"


def _verslag() -> str:
    return VERSLAG.read_text() if VERSLAG.exists() else ""


def _houd_log_apart(bestand: Path) -> None:
    """Put what the measured pages log in a file: it is written, as it is anywhere, but not between the figures."""
    for uitgang in logging.getLogger().handlers:
        if isinstance(uitgang, logging.StreamHandler):
            uitgang.setStream(bestand.open("w"))


class Command(BaseCommand):
    help = "Meet wat is beloofd. Zonder namen: alles, en het verslag komt in docs/benchmarks.md."

    def add_arguments(self, parser):
        parser.add_argument("namen", nargs="*", metavar="NAAM", help=", ".join(BENCHES))
        parser.add_argument("--schaal", choices=SCHALEN, default="groot", help="hoeveel gegevens (standaard: groot)")
        parser.add_argument("--storing", action="store_true", help="alleen bij herinneringen: dood onderweg van alles")
        parser.add_argument("--noteer", action="store_true", help="schrijf ook losse metingen in docs/benchmarks.md")

    def handle(self, *, namen, schaal, storing, noteer, **opties):
        if onbekend := set(namen) - set(BENCHES):
            raise CommandError(f"Onbekend: {', '.join(sorted(onbekend))}. Kies uit {', '.join(BENCHES)}.")
        if "COLLECTIEF_BENCHMAP" not in os.environ:
            raise CommandError("Meten gaat met ./dev bench: dat zorgt voor eigen servers en eigen gegevens.")
        werkmap = Werkmap(settings.BASE_DIR / os.environ["COLLECTIEF_BENCHMAP"])
        if storing:
            self._meet_storing(namen, Opstelling(werkmap, os.environ, schaal, Tempo()))
            return
        _houd_log_apart(werkmap.logs / "bench.log")
        self.stdout.write("Gegevens klaarzetten (de eerste keer duurt dat minuten) …")
        opstelling = zet_klaar(Opstelling(werkmap, os.environ, schaal, Tempo()))
        verbind(opstelling)
        waar = machine(schaal)
        self.stdout.write(f"{waar}\n")
        metingen = [self._meet(naam, opstelling) for naam in namen or BENCHES]
        if namen and noteer:
            self._schrijf_op(met_metingen(_verslag(), metingen, waar, timezone.localdate()))
        if not namen:
            self._schrijf_op(met_losse_metingen_van(_verslag(), als_markdown(metingen, waar, timezone.localdate())))
        if gebroken := [wat for meting in metingen for wat in meting.gebroken]:
            raise CommandError("Onder de vloer:\n  " + "\n  ".join(gebroken))

    def _meet_storing(self, namen: list[str], opstelling: Opstelling) -> None:
        if namen != ["herinneringen"]:
            raise CommandError("--storing hoort bij herinneringen: ./dev bench herinneringen --storing")
        waar = machine(opstelling.schaal)
        meting = meet_storing(opstelling)
        self.stdout.write(als_tekst(meting))
        self._schrijf_op(met_losse_meting(_verslag(), meting, waar, timezone.localdate()))
        if meting.gebroken:
            raise CommandError("Onder de vloer:\n  " + "\n  ".join(meting.gebroken))

    def _schrijf_op(self, verslag: str) -> None:
        VERSLAG.parent.mkdir(exist_ok=True)
        VERSLAG.write_text(verslag)
        self.stdout.write(f"Opgeschreven in {VERSLAG.relative_to(settings.BASE_DIR)}.")

    def _meet(self, naam: str, opstelling: Opstelling) -> Meting:
        try:
            meting = BENCHES[naam](opstelling)
        except Mislukt as fout:  # the others can still be measured
            meting = Meting(naam, "could not be measured", "–")
            meting.klopt(str(fout), "comes to an end", is_gehaald=False)
        self.stdout.write(als_tekst(meting) + "\n")
        return meting
