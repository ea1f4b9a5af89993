"""Make the ground of the map and the table of postcodes anew, after the outlines or places changed."""

from django.conf import settings
from django.core.management.base import BaseCommand

from kaart import ondergrond

BESTANDEN = {
    "nederland.json": ondergrond.lijnen,
    "nederland.svg": ondergrond.svg,
    "postcodes.json": ondergrond.postcodes,
}
MAP = settings.BASE_DIR / "static" / "kaart"


class Command(BaseCommand):
    help = "Maak de bestanden in static/kaart opnieuw."

    def handle(self, *args, **options) -> None:
        MAP.mkdir(exist_ok=True)
        for naam, maak in BESTANDEN.items():
            inhoud = maak()
            (MAP / naam).write_text(inhoud, encoding="utf-8")
            self.stdout.write(f"static/kaart/{naam}: {len(inhoud)} tekens")
