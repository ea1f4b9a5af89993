"""What the public page of an initiative is made of; its own staff look at the same thing before it is public."""

from django.db import models
from django.urls import reverse

from initiatieven.jsonld import beschrijf, datablok, volledig
from initiatieven.lidmaatschap import Besluit
from initiatieven.models import Initiatief, Plekken, Toets

VERHALEN = 3  # the newest that stand on the page


def op_leeftijd(initiatief: Initiatief) -> list[Plekken]:
    """The room per age group, young before old. Reads `plekken`."""
    return sorted(initiatief.plekken.all(), key=lambda plekken: (plekken.leeftijd_van, plekken.leeftijd_tot))


def toetsen_van(initiatief: Initiatief) -> list[Toets]:
    """The checks with which it became a member; empty when that was before we kept them."""
    toegelaten = (
        initiatief.aanmeldingen.filter(besluit=Besluit.LID)
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("toetsen")
        .order_by("-ingediend_op")
        .first()
    )
    return list(toegelaten.toetsen.all()) if toegelaten else []


def bladzijde(initiatief: Initiatief) -> dict:
    """The context of `initiatieven/detail.html`. Reads `locaties` and `plekken`."""
    fotos = list(initiatief.fotos.filter(is_openbaar=True).fetch_mode(models.FETCH_RAISE))
    return {
        "initiatief": initiatief,
        "plekken": op_leeftijd(initiatief),
        "toetsen": toetsen_van(initiatief),
        "fotos": fotos,
        "verhalen": initiatief.verhalen.filter(openbaar_op__isnull=False)
        .nieuwste_eerst()
        .select_related("foto")
        .fetch_mode(models.FETCH_RAISE)[:VERHALEN],
        "adres": volledig(initiatief.get_absolute_url()),
        "deelfoto": volledig(reverse("initiatieven:foto", args=[fotos[0].pk])) if fotos else "",
        "datablok": datablok(beschrijf(initiatief, fotos)),
    }
