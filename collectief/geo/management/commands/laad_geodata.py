"""Load postcodes and places: `laad_geodata`, or `laad_geodata --bestand NL.txt` for a newer GeoNames file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from collectief.geo.inlezen import lees, leg_vast
from collectief.geo.models import Plaats, Postcode


class Command(BaseCommand):
    help = "Laad postcodes en plaatsen. Mag vaker worden gedraaid; wat er al is, wordt bijgewerkt."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--als-leeg", action="store_true", help="Doe niets als er al postcodes zijn.")
        parser.add_argument("--bestand", type=Path, help="Een nieuwer NL.txt van GeoNames (met tabs, UTF-8).")

    def handle(self, *args, als_leeg: bool, bestand: Path | None, verbosity: int, **options) -> None:
        if als_leeg and Postcode.objects.exists():
            return
        try:
            uitslag = lees(bestand)
        except OSError as fout:
            raise CommandError(f"Het bestand {bestand} is niet te lezen: {fout.strerror}.") from fout
        except UnicodeDecodeError as fout:
            raise CommandError(f"Het bestand {bestand} is geen tekst in UTF-8. Pak een zip eerst uit.") from fout
        for regel, klacht in uitslag.fout:
            self.stderr.write(f"regel {regel}: {klacht}")
        if not uitslag.goed:
            raise CommandError("Er staat geen enkele bruikbare postcode in dit bestand. Er is niets veranderd.")
        leg_vast(uitslag)
        if verbosity:
            self.stdout.write(
                f"{len(uitslag.goed)} postcodes bijgewerkt, {len(uitslag.fout)} regels overgeslagen. "
                f"Nu bekend: {Postcode.objects.count()} postcodes en {Plaats.objects.count()} plaatsen."
            )
