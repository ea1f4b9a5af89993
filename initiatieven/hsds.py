"""What everybody may read about members, for other programs: as a table, and in the shape of HSDS 3.0.

Open Referral's Human Services Data Specification: an organization with its services and locations. Only fields that
stand on the public page; a place at somebody's home is a rounded point without a street, because nothing else is kept.
"""

import json
import uuid
from collections.abc import Iterator
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import Count, Max

from initiatieven.forms.rij import ALLEEN_LEZEN, SLEUTEL, VELDEN
from initiatieven.forms.rijdelen import PLEK, RUIMTE, kolommen, naast_elkaar, plek_cellen, ruimte_cellen
from initiatieven.models import Initiatief, Locatie

PORTIE = 500


def openbare_initiatieven() -> models.QuerySet:
    return Initiatief.objects.vindbaar().op_naam().fetch_mode(models.FETCH_RAISE).prefetch_related("locaties")


def tabel() -> Iterator[list[object]]:
    """Everything that an import reads, with the names of the columns first; and what it ignores at the end.

    There are as many columns for places and for room as the initiative with the most needs.
    """
    vindbaar = Initiatief.objects.vindbaar()
    plekken, ruimte = (
        vindbaar.annotate(n=Count(wat)).aggregate(meeste=Max("n", default=0))["meeste"]
        for wat in ("locaties", "plekken")
    )
    yield [SLEUTEL, *VELDEN, *kolommen(PLEK, plekken), *kolommen(RUIMTE, ruimte), *ALLEEN_LEZEN]
    for initiatief in openbare_initiatieven().prefetch_related("plekken").iterator(PORTIE):
        waarden = (getattr(initiatief, naam) for naam in VELDEN)
        vlak = [", ".join(waarde) if isinstance(waarde, list) else waarde for waarde in waarden]
        waar = [plek_cellen(locatie) for locatie in sorted(initiatief.locaties.all(), key=attrgetter("pk"))]
        kan = [ruimte_cellen(rij) for rij in sorted(initiatief.plekken.all(), key=attrgetter("leeftijd_van", "pk"))]
        yield [
            *(initiatief.slug, *vlak, *naast_elkaar(PLEK, waar, plekken), *naast_elkaar(RUIMTE, kan, ruimte)),
            *(initiatief.plaatsen, initiatief.lid_sinds, _adres(initiatief)),
        ]


def _adres(initiatief: Initiatief) -> str:
    return settings.BASIS_URL + initiatief.get_absolute_url()


def _id(soort: str, pk: int) -> str:
    """A UUID that stays the same in every export."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.BASIS_URL}/{soort}/{pk}"))


def hsds() -> Iterator[str]:
    """One JSON document, piece by piece: `{"organizations": [ … ]}`."""
    yield '{"organizations": ['
    for nummer, initiatief in enumerate(openbare_initiatieven().iterator(PORTIE)):
        yield (",\n" if nummer else "\n") + json.dumps(_organisatie(initiatief), ensure_ascii=False)
    yield "\n]}\n"


def _organisatie(initiatief: Initiatief) -> dict:
    return _zonder_leeg(
        {
            "id": _id("organization", initiatief.pk),
            "name": initiatief.naam,
            "description": initiatief.omschrijving,
            "email": initiatief.email,
            "website": initiatief.website,
            "year_incorporated": initiatief.opgericht_op and initiatief.opgericht_op.year,
            "uri": _adres(initiatief),
            "services": [_dienst(initiatief)],
            "locations": [_locatie(locatie) for locatie in initiatief.locaties.all()],
        }
    )


def _dienst(initiatief: Initiatief) -> dict:
    gebied = {"id": _id("service_area", initiatief.pk), "name": "Nederland", "extent": "NL", "extent_type": "text"}
    return _zonder_leeg(
        {
            "id": _id("service", initiatief.pk),
            "name": initiatief.naam,
            "description": initiatief.werkwijze,
            "url": _adres(initiatief),
            "status": "active",
            "minimum_age": initiatief.leeftijd_van,
            "maximum_age": initiatief.leeftijd_tot,
            "fees_description": initiatief.bekostiging_uitleg,
            "funding": [{"source": manier} for manier in initiatief.bekostiging_tekst],
            "attributes": [{"label": doelgroep} for doelgroep in initiatief.doelgroepen_tekst],
            "service_areas": [gebied] if initiatief.is_landelijk else [],
            "phones": [{"number": initiatief.telefoon}] if initiatief.telefoon else [],
        }
    )


def _locatie(locatie: Locatie) -> dict:
    adres = {"city": locatie.plaats, "state_province": locatie.provincie, "country": "NL", "address_type": "physical"}
    if not locatie.is_ongeveer:
        adres |= {"address_1": locatie.adres, "postal_code": locatie.pc4}
    return _zonder_leeg(
        {
            "id": _id("location", locatie.pk),
            "location_type": "virtual" if locatie.is_online else "physical",
            "name": locatie.naam,
            "latitude": locatie.lat,
            "longitude": locatie.lon,
            "addresses": [] if locatie.is_online else [_zonder_leeg(adres)],
        }
    )


def _zonder_leeg(waarden: dict) -> dict:
    return {naam: waarde for naam, waarde in waarden.items() if waarde not in (None, "", [])}
