"""What every page behind a private link begins with."""

from uuid import UUID

from django.http import Http404

from kaart.models import Contactverzoek, Zoekalarm


def lees_sleutel(soort: type[Contactverzoek | Zoekalarm], token: str) -> UUID:
    """Return the key of a link that we made for this kind of row. Raises Http404 for any other."""
    sleutel = soort.sleutel_van(token)
    if sleutel is None:
        raise Http404
    return sleutel
