"""A page with everything on it, for tests that open each of its addresses."""

from io import BytesIO

from collectief.beeld import Foto, maak_foto
from initiatieven.actions import bewaar_foto
from initiatieven.models import Initiatief
from tests.trajecten.momenten import beeld


def foto() -> Foto:
    return maak_foto(BytesIO(beeld()))


def argumenten_van_bladzijde(initiatief: Initiatief) -> dict[str, dict]:
    """Give the page a photo and a story, and return what the addresses of these need."""
    rij = bewaar_foto(initiatief=initiatief, foto=foto(), alt="De werkplaats", door=None, openbaar=True)
    verhaal = initiatief.verhalen.create(titel="Een dag", tekst="Er was soep.")
    eigen = {"slug": initiatief.slug}
    return {
        "initiatieven:foto": {"sleutel": rij.pk},
        **dict.fromkeys(("initiatieven:eigen_foto", "initiatieven:foto_anders"), eigen | {"sleutel": rij.pk}),
        "initiatieven:verhaal_anders": eigen | {"pk": verhaal.pk},
    }
