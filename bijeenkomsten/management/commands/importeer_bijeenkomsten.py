"""Read a year planning from a CSV file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from bijeenkomsten.importeren import OnleesbaarBestand, Plan, maak_plan, voer_uit
from bijeenkomsten.models import Bijeenkomst

PLANNING = Path(__file__).resolve().parents[2] / "data" / "planning_2023_2024.csv"


class Command(BaseCommand):
    help = "Lees een jaarplanning in (CSV met volgnummer, datum, soort, begin, eind). Twee keer inlezen kan geen kwaad."

    def add_arguments(self, parser):
        parser.add_argument("bestand", nargs="?", type=Path, default=PLANNING, help="standaard: planning 2023-2024")
        parser.add_argument("--proef", action="store_true", help="laat alleen zien wat er zou gebeuren")

    def handle(self, *, bestand: Path, proef: bool, **opties):
        try:
            plan = maak_plan(bestand.read_bytes())
        except OSError as fout:
            raise CommandError(f"{bestand} is niet te openen: {fout.strerror}.") from fout
        except OnleesbaarBestand as fout:
            raise CommandError(f"{bestand.name}: {fout}") from fout
        if not proef:
            voer_uit(plan)
        self._toon(plan)
        aantal = f"{len(plan.nieuw)} nieuw, {len(plan.gewijzigd)} gewijzigd, {len(plan.ongewijzigd)} ongewijzigd"
        self.stdout.write(f"{'Proef, er is niets opgeslagen' if proef else 'Klaar'}: {aantal}.")
        if plan.fouten:
            raise CommandError(f"{len(plan.fouten)} overgeslagen, zie hierboven.")

    def _toon(self, plan: Plan) -> None:
        for kop, bijeenkomsten in (("nieuw", plan.nieuw), ("gewijzigd", plan.gewijzigd)):
            for bijeenkomst in bijeenkomsten:
                self.stdout.write(f"{kop}: {_regel(bijeenkomst)}")
        for regelnummer, reden in plan.fouten:
            self.stderr.write(f"regel {regelnummer}: {reden}")


def _regel(bijeenkomst: Bijeenkomst) -> str:
    return f"{bijeenkomst.get_soort_display()}, {bijeenkomst.wanneer} ({bijeenkomst.get_status_display()})"
