"""`manage.py reservekopie`: everything that people put in, encrypted; `manage.py herstel` puts it back."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

from collectief import reservekopie
from collectief.hartslag import noteer


class Command(BaseCommand):
    help = "Maak een versleutelde kopie van de database en de foto's, in een nieuwe map."

    def add_arguments(self, parser):
        parser.add_argument(
            "map", type=Path, help="waarin de kopie komt; met --nieuwe-sleutel het bestand van de sleutel"
        )
        parser.add_argument(
            "--nieuwe-sleutel",
            action="store_true",
            help="maak eerst eens een sleutel; bewaar het bestand op een andere computer dan deze",
        )

    def handle(self, *, map, nieuwe_sleutel, **opties):  # noqa: A002 - the name that stands in the help
        if nieuwe_sleutel:
            self._maak_sleutel(map)
            return
        if not settings.RESERVEKOPIE_DATABASE_URL or not settings.RESERVEKOPIE_ONTVANGER:
            raise CommandError(
                "Zet RESERVEKOPIE_DATABASE_URL en RESERVEKOPIE_ONTVANGER. Een sleutel maak je met --nieuwe-sleutel."
            )
        try:
            kopie = reservekopie.maak(
                map,
                ontvanger=settings.RESERVEKOPIE_ONTVANGER,
                bron_url=settings.RESERVEKOPIE_DATABASE_URL,
                mappen={"prive": Path(storages["prive"].location), "media": Path(settings.MEDIA_ROOT)},
            )
        except (reservekopie.KopieMislukt, OSError) as fout:
            raise CommandError(f"Er is geen kopie gemaakt. {fout}") from fout
        noteer("kopie")
        inhoud = reservekopie.lees_inhoud(kopie)
        self.stdout.write(f"{kopie}: {sum(inhoud.rijen.values())} rijen in {len(inhoud.rijen)} tabellen.")

    def _maak_sleutel(self, pad: Path) -> None:
        try:
            openbaar = reservekopie.nieuwe_sleutel(pad)
        except FileExistsError as fout:
            raise CommandError(f"{pad} bestaat al. Een sleutel wordt nooit overschreven.") from fout
        self.stdout.write(
            f"De geheime sleutel staat in {pad}. Bewaar hem niet op deze computer en niet bij de kopieën."
        )
        self.stdout.write(f"RESERVEKOPIE_ONTVANGER={openbaar}")
