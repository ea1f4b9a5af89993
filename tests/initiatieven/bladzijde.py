"""A page with everything on it, for tests that open each of its addresses."""

from io import BytesIO

from django.utils import timezone

from collectief.beeld import Foto, maak_foto
from initiatieven.actions import bewaar_foto
from initiatieven.links import Doel, maak_token
from initiatieven.models import Initiatief, Versheid
from tests.initiatieven.factories import VerbondgenootFactory
from tests.trajecten.momenten import beeld


def foto() -> Foto:
    return maak_foto(BytesIO(beeld()))


def token_van(initiatief: Initiatief, soort: str = "versheid") -> str:
    """The token of the links that go out now about this page; core team has to call it as well."""
    rij, _ = Versheid.objects.get_or_create(
        initiatief=initiatief,
        defaults={"volgende_op": timezone.localdate(), "bellen_sinds": timezone.localdate(), "bellen_waarom": "stil"},
    )
    return maak_token(Doel.VERSHEID, f"{initiatief.pk}:{rij.ronde}:{soort}")


def argumenten_van_bladzijde(initiatief: Initiatief) -> dict[str, dict]:
    """Give the page a photo and a story, and return what the addresses of these need."""
    rij = bewaar_foto(initiatief=initiatief, foto=foto(), alt="De werkplaats", door=None, openbaar=True)
    verhaal = initiatief.verhalen.create(titel="Een dag", tekst="Er was soep.")
    door = initiatief.rollen.nu().first().gebruiker
    openbaar = initiatief.verhalen.create(
        titel="De eerste week", tekst="Dat mocht.", openbaar_op=timezone.now(), openbaar_door=door
    )
    eigen = {"slug": initiatief.slug}
    wacht = initiatief.wijzigingen.create(
        onderdeel="naam", oud={"naam": initiatief.naam}, nieuw={"naam": "Iets anders"}, door=door
    )
    verbondgenoot = VerbondgenootFactory().pk
    Initiatief.objects.filter(pk=initiatief.pk).update(telefoon="0570 12 34 56")
    return {
        "initiatieven:foto": {"sleutel": rij.pk},
        "initiatieven:bevestigen": {"token": token_van(initiatief), "antwoord": "klopt"},
        "initiatieven:verbondgenoot": {"pk": verbondgenoot},
        "initiatieven:verbondgenoot_contact": {"pk": verbondgenoot},
        "initiatieven:gebeld": {"pk": initiatief.pk},
        "initiatieven:melding_klaar": {"pk": initiatief.meldingen.create(wat="waar").pk},
        "initiatieven:wijziging_besluit": {"pk": wacht.pk},
        "initiatieven:wijziging_intrekken": eigen | {"pk": wacht.pk},
        "initiatieven:terugzetten": eigen | {"pk": initiatief.events.order_by("pgh_id").last().pgh_id},
        **dict.fromkeys(("initiatieven:eigen_foto", "initiatieven:foto_anders"), eigen | {"sleutel": rij.pk}),
        "initiatieven:verhaal": {"pk": openbaar.pk},
        "initiatieven:verhaal_anders": eigen | {"pk": verhaal.pk},
    }
