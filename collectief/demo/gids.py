"""What makes the directory live: photos, stories, a change that waits, reports, and how fresh pages are."""

from datetime import date, datetime, time, timedelta

from collectief.demo.plekken import Plek
from collectief.demo.tekening import hang_op, maak_tekening
from collectief.demo.toeval import Toeval
from collectief.demo.woorden import bladzijde
from collectief.werkdagen import AMSTERDAM
from initiatieven.models import (
    Bladzijdemelding,
    Bladzijdewijziging,
    Initiatief,
    Plekfoto,
    Plekverhaal,
    Verbondgenoot,
    Verbondgenootcontact,
    Versheid,
)
from initiatieven.versheid import LABEL_VANAF, VERBORGEN_VANAF, Bellen

ZAAD = 51  # of its own, so that the rest of the demo stays as it is
MET_FOTOS = 3


def maak_gids(vandaag: date, plekken: list[Plek], kernteam: int) -> None:
    """Fill the pages of the first places, and put every public one somewhere on the ladder of freshness."""
    eigen = Toeval(ZAAD, vandaag)
    openbaar = [plek for plek in plekken if plek.heeft_trajecten]
    for plek in openbaar[:MET_FOTOS]:
        _maak_fotos(eigen, plek)
    _maak_verhalen(eigen, [plek for plek in openbaar if plek.coordinator])
    _maak_versheid(eigen, openbaar)
    Bladzijdewijziging.objects.create(
        initiatief_id=openbaar[0].id,
        onderdeel="leeftijd",
        oud={"leeftijd_van": openbaar[0].leeftijd_van, "leeftijd_tot": openbaar[0].leeftijd_tot},
        nieuw={"leeftijd_van": openbaar[0].leeftijd_van, "leeftijd_tot": openbaar[0].leeftijd_tot + 2},
        door_id=openbaar[0].coordinator,
    )
    for plek, wat, tekst in zip(
        openbaar[:2], ("contact", "plek"), ("Er neemt niemand op onder dit nummer.", ""), strict=False
    ):
        Bladzijdemelding.objects.create(initiatief_id=plek.id, wat=wat, tekst=tekst)
    for nummer, verbondgenoot in enumerate(Verbondgenoot.objects.order_by("pk")[:3]):
        Verbondgenootcontact.objects.create(
            verbondgenoot=verbondgenoot,
            dag=vandaag - timedelta(days=20 + 40 * nummer),
            hoe="gesproken",
            tekst="Over wat we elkaar dit jaar kunnen brengen.",
            door_id=kernteam,
        )
    Verbondgenoot.objects.update(contactpersoon="Sam Voorbeeld", contact_email="contact@voorbeeld.example")


def _maak_fotos(eigen: Toeval, plek: Plek) -> None:
    for nummer, alt in enumerate(bladzijde.FOTOS):
        beeld = maak_tekening(eigen)
        rij = Plekfoto(
            pk=eigen.sleutel(),
            initiatief_id=plek.id,
            alt=alt,
            breedte=beeld.breedte,
            hoogte=beeld.hoogte,
            volgorde=nummer,
            is_openbaar=True,
            door_id=plek.coordinator or None,
        )
        hang_op(rij, beeld)


def _maak_verhalen(eigen: Toeval, plekken: list[Plek]) -> None:
    """A story by each of these places itself, and one of a visit to the first that waits for its word."""
    op = datetime.combine(eigen.vandaag - timedelta(days=12), time(10), tzinfo=AMSTERDAM)
    for plek, (titel, tekst) in zip(plekken, bladzijde.VERHALEN, strict=False):
        Plekverhaal.objects.create(
            initiatief_id=plek.id,
            titel=titel,
            tekst=tekst,
            foto=Plekfoto.objects.filter(initiatief=plek.id).last(),
            door_id=plek.coordinator,
            openbaar_op=op,
            openbaar_door_id=plek.coordinator,
        )
    titel, tekst = bladzijde.BEZOEK
    Plekverhaal.objects.create(
        initiatief_id=plekken[0].id, titel=titel, tekst=tekst, herkomst="bezoek", bron="demo:bezoek"
    )


def _maak_versheid(eigen: Toeval, openbaar: list[Plek]) -> None:
    """Most were confirmed in the last three months, some stay silent, and a few wait for a call."""
    rijen = []
    for nummer, plek in enumerate(openbaar):
        stiltes = {17: VERBORGEN_VANAF, 23: LABEL_VANAF, 31: VERBORGEN_VANAF, 41: LABEL_VANAF}.get(nummer % 50, 0)
        belt = stiltes == VERBORGEN_VANAF
        rijen.append(
            Versheid(
                initiatief_id=plek.id,
                stiltes=stiltes,
                gevraagd_op=eigen.vandaag - timedelta(days=30) if stiltes else None,
                volgende_op=eigen.vandaag + timedelta(days=eigen.randint(5, 85)),
                bellen_sinds=eigen.vandaag - timedelta(days=nummer % 9 + 1) if belt else None,
                bellen_waarom=Bellen.STIL if belt else "",
            )
        )
    Versheid.objects.bulk_create(rijen, batch_size=2_000)
    Initiatief.objects.filter(versheid__stiltes=0).update(bevestigd_op=eigen.vandaag - timedelta(days=30))
    Initiatief.objects.filter(versheid__stiltes=VERBORGEN_VANAF).update(is_vindbaar=False)
