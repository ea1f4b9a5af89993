"""The directory as a table, with the filters of the address."""

from django.db import models
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from collectief.rekenblad import csv_antwoord
from initiatieven.forms import ZoekForm
from initiatieven.jsonld import volledig
from initiatieven.models import Initiatief
from initiatieven.permissions import mag_gids_meenemen
from initiatieven.vinden import alle_gevonden

KOP = ["naam", "soort", "plaatsen", "provincies", "leeftijd van", "leeftijd tot en met", "voor wie", "begeleiding",
       "domein", "bekostiging", "is er plek", "gekeken op", "e-mail", "telefoon", "website", "lid sinds",
       "bevestigd op", "bladzijde"]  # fmt: skip


def _rij(initiatief: Initiatief) -> list[object]:
    """Public fields only, in the order of KOP. Reads `locaties` and `plekken`."""
    plek = initiatief.plek_nu
    return [
        initiatief.naam,
        initiatief.get_soort_display(),
        initiatief.plaatsen,
        ", ".join(sorted({locatie.provincie for locatie in initiatief.locaties.all() if locatie.provincie})),
        initiatief.leeftijd_van,
        initiatief.leeftijd_tot,
        ", ".join(initiatief.doelgroepen_tekst),
        ", ".join(initiatief.begeleiding_tekst),
        initiatief.get_domein_display(),
        ", ".join(initiatief.bekostiging_tekst),
        plek.toestand_nu_tekst if plek else "onbekend",
        plek.per_datum if plek else "",
        initiatief.email,
        initiatief.telefoon,
        initiatief.website,
        initiatief.lid_sinds,
        initiatief.bevestigd_op,
        volledig(initiatief.get_absolute_url()),
    ]


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows for the same question, all of it at once."""
    if not mag_gids_meenemen(request.user):
        raise Http404
    vraag = ZoekForm(request.GET).vraag()
    gevonden = (
        Initiatief.objects.vindbaar()
        .filter(pk__in=alle_gevonden(q=vraag.q, gekozen=vraag.gekozen))
        .op_naam()
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("locaties", "plekken")
    )
    return csv_antwoord("initiatieven", KOP, [_rij(initiatief) for initiatief in gevonden])
