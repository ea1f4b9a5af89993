"""Make the ground of the map anew, after the outlines or places changed."""

from django.conf import settings
from django.core.management.base import BaseCommand

from kaart import ondergrond

MAP = settings.BASE_DIR / "static" / "kaart"


class Command(BaseCommand):
    help = "Maak static/kaart/nederland.json en nederland.svg opnieuw."

    def handle(self, *args, **options) -> None:
        MAP.mkdir(exist_ok=True)
        for naam, inhoud in (("nederland.json", ondergrond.geojson()), ("nederland.svg", ondergrond.svg())):
            (MAP / naam).write_text(inhoud, encoding="utf-8")
            self.stdout.write(f"static/kaart/{naam}: {len(inhoud)} tekens")
