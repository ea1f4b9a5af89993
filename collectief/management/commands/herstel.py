"""`manage.py herstel`: put a backup back beside what there is, look whether it is whole, and only then use it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from collectief import reservekopie
from collectief.hartslag import noteer


class Command(BaseCommand):
    help = "Zet een reservekopie terug in een nieuwe database en controleer of alles er is."

    def add_arguments(self, parser):
        parser.add_argument("kopie", type=Path, help="de map die `reservekopie` maakte")
        parser.add_argument("--sleutel", type=Path, required=True, help="bestand met de geheime sleutel")
        parser.add_argument(
            "--bestanden", type=Path, help="map waarin de foto's komen; standaard een nieuwe naast de kopie"
        )
        daarna = parser.add_mutually_exclusive_group()
        daarna.add_argument("--oefen", action="store_true", help="gooi wat terugkwam daarna weer weg")
        daarna.add_argument(
            "--neem-over",
            action="store_true",
            help="ga er daarna mee verder; de oude database blijft onder een andere naam",
        )

    def handle(self, *, kopie, sleutel, bestanden, oefen, neem_over, **opties):
        eigenaar, bron = settings.DATABASE_OWNER_URL, settings.RESERVEKOPIE_DATABASE_URL
        if not eigenaar or not bron:
            raise CommandError("Zet DATABASE_OWNER_URL en RESERVEKOPIE_DATABASE_URL.")
        naam = f"collectief_hersteld_{timezone.now():%Y%m%d%H%M%S}"
        try:
            self._zet_terug(kopie, sleutel, naam, bestanden or kopie.with_name(f"{kopie.name}-bestanden"), oefen=oefen)
            if oefen:
                noteer("oefening")
                self.stdout.write("Het was een oefening: de teruggezette database is weer weg.")
            elif neem_over:
                connection.close()  # ours too: a database that anybody is connected to gets no other name
                connection.close_pool()
                oud = reservekopie.neem_over(eigenaar, naam)
                self.stdout.write(f"De site gebruikt nu wat terugkwam. Wat er was, heet {oud}.")
            else:
                self.stdout.write(f"Het staat klaar in de database {naam}. Met --neem-over ga je ermee verder.")
        except (reservekopie.KopieMislukt, OSError) as fout:
            raise CommandError(str(fout)) from fout

    def _zet_terug(self, kopie: Path, sleutel: Path, naam: str, bestanden: Path, *, oefen: bool) -> None:
        eigenaar, bron = settings.DATABASE_OWNER_URL, settings.RESERVEKOPIE_DATABASE_URL
        if oefen:
            inhoud, fotos = reservekopie.oefen(kopie, sleutel=sleutel, eigenaar_url=eigenaar, bron_url=bron, naam=naam)
        else:
            inhoud = reservekopie.herstel(kopie, sleutel=sleutel, eigenaar_url=eigenaar, bron_url=bron, naam=naam)
            fotos = reservekopie.zet_bestanden_terug(kopie, sleutel=sleutel, doel=bestanden)
            self.stdout.write(f"De foto's staan in {bestanden}.")
        rijen, bewaking = sum(inhoud.rijen.values()), inhoud.bewaking
        self.stdout.write(
            f"Teruggezet en nageteld: {rijen} rijen in {len(inhoud.rijen)} tabellen, {fotos} bestanden, "
            f"{bewaking['policies']} policies en {bewaking['geldige voorwaarden']} voorwaarden."
        )
