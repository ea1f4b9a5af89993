"""`manage.py laad_demodata`: invented data to look at and to measure with."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from collectief.demo.laden import ZAAD, laad
from collectief.demo.schaal import SCHALEN
from collectief.geo.models import Postcode
from initiatieven.models import Initiatief
from trajecten.models import Traject


class Command(BaseCommand):
    help = "Laad bedachte gegevens: initiatieven, trajecten, bijeenkomsten en aanmeldingen."

    def add_arguments(self, parser):
        parser.add_argument("--schaal", choices=SCHALEN, default="klein", help="hoeveel (standaard: klein)")
        parser.add_argument(
            "--zaad", type=int, default=ZAAD, metavar="N", help="hetzelfde getal geeft dezelfde gegevens"
        )

    def handle(self, *, schaal, zaad, **opties):
        _weiger_waar_het_niet_hoort()
        if Initiatief.objects.filter(is_demo=True).exists():
            self.stdout.write("De demogegevens staan er al; er is niets veranderd.")
            return
        if Initiatief.objects.exists():
            raise CommandError("Er staan al echte gegevens in deze database. Bedachte gegevens horen daar niet tussen.")
        begin = time.monotonic()
        aantallen = laad(SCHALEN[schaal], zaad=zaad)
        self.stdout.write(
            f"{aantallen[Initiatief]} initiatieven en {aantallen[Traject]} trajecten geladen "
            f"in {time.monotonic() - begin:.1f} s (alles is bedacht)."
        )


def _weiger_waar_het_niet_hoort() -> None:
    """Raises CommandError with what to do about it."""
    if settings.MODUS == "productie":
        raise CommandError("Demogegevens horen niet in productie. Er is niets geladen.")
    if not settings.DEMO:
        raise CommandError("Zet COLLECTIEF_DEMO=ja: anders zegt geen pagina dat deze gegevens bedacht zijn.")
    if settings.DATABASE_ROL != "eigenaar":
        raise CommandError("Zet COLLECTIEF_DATABASE_ROL=eigenaar: alleen de eigenaar van de tabellen kan dit laden.")
    if not Postcode.objects.exists():
        raise CommandError("Laad eerst de postcodes: manage.py laad_geodata.")
