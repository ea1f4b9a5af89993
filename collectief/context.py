"""Template context that every page has. Touches neither the user nor the session."""

from django.conf import settings


def algemeen(request) -> dict:
    return {"demo": settings.DEMO, "modus": settings.MODUS, "versie": settings.VERSIE}
