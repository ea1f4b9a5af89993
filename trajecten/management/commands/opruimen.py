"""Work out the terms, propose what may go, and carry out what was decided a fortnight ago."""

from django.core.management.base import BaseCommand

from trajecten.opruimen import ruim_op


class Command(BaseCommand):
    help = "Rekent bewaartermijnen na, stelt voor wat weg mag, en haalt weg wat veertien dagen geleden besloten is."

    def handle(self, *args, **options) -> None:
        gedaan = ruim_op()
        self.stdout.write(f"{gedaan.herrekend} bewaartermijnen bijgewerkt.")
        self.stdout.write(f"{gedaan.weggehaald} trajecten weggehaald, {gedaan.bleven} besluiten golden niet meer.")
