"""`manage.py nazorg_controle`: is everything out that should be out? Ends with an error when it is not."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trajecten.controle import controleer
from trajecten.storingen import GEDULD


class Command(BaseCommand):
    help = "Bewijs uit de tabellen dat er geen herinnering is blijven liggen. Anders eindigt dit met een fout."

    def add_arguments(self, parser):
        minuten = int(GEDULD.total_seconds() // 60)
        uitleg = f"hoeveel minuten iets onderweg mag zijn (standaard: {minuten})"
        parser.add_argument("--marge", type=int, default=minuten, metavar="MINUTEN", help=uitleg)

    def handle(self, *, marge, **opties):
        bevindingen = controleer(timezone.now(), timedelta(minutes=max(marge, 0)))
        if bevindingen:
            raise CommandError("\n".join(f"{bevinding.aantal} {bevinding.wat}" for bevinding in bevindingen))
        self.stdout.write("Er is niets blijven liggen.")
