"""One row in every table about consent and handing over, for tests that go along all tables or addresses."""

from collectief.gebruikers.models import Gebruiker
from trajecten.models import Toestemming, Traject


def vul_kring(traject: Traject, door: Gebruiker) -> dict[str, dict]:
    """Fill the tables as `door`, whom the database has to know; return the arguments of addresses by their name."""
    ja = Toestemming.objects.create(
        traject=traject, doel="foto", initiatief_id=traject.initiatief_id, geldig_tot="2099-01-01", door=door
    )
    return {"toestemming_intrekken": {"toestemming_pk": ja.pk}}
