"""What several pages ask of whoever opens them."""

from django.http import Http404, HttpRequest

from initiatieven.permissions import mag_toetsen


def alleen_toetsers(request: HttpRequest) -> None:
    """404 for whoever does not vet applications."""
    if not mag_toetsen(request.user):
        raise Http404
