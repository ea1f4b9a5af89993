"""`manage.py hersleutel`: after a new key in front of COLLECTIEF_SLEUTELS, so that the old one can be taken away."""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from collectief.hersleutel import hersleutel


class Command(BaseCommand):
    help = "Versleutel alles opnieuw met de eerste sleutel van COLLECTIEF_SLEUTELS."

    def handle(self, **opties):
        if settings.DATABASE_ROL != "eigenaar":
            raise CommandError("Dit kan alleen de eigenaar van de tabellen: zet COLLECTIEF_DATABASE_ROL=eigenaar.")
        try:
            geteld = hersleutel()
        except InvalidToken as fout:
            raise CommandError(
                "Op een waarde past geen van de sleutels. Zet de ontbrekende erbij; er is niets veranderd."
            ) from fout
        for tabel, aantal in geteld.items():
            self.stdout.write(f"{tabel}: {aantal}")
        self.stdout.write("Alles staat nu onder de eerste sleutel. De oude kun je weghalen.")
