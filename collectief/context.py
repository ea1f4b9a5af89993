"""Template context that every page has. Touches neither the user nor the session."""

from django.conf import settings
from django.http import HttpRequest


def algemeen(request: HttpRequest | None) -> dict:
    """Whether these are demo data, and which version this is."""
    return {"demo": settings.DEMO, "versie": settings.VERSIE}
