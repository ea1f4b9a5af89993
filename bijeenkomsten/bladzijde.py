"""What a meeting's page is made of, for a guest and for the core team: a few queries, however many are invited."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from bijeenkomsten.documentsoorten import EXTENSIES
from bijeenkomsten.models import Actie, Bijeenkomst, Document, Uitnodiging, Verslag, Vraag
from bijeenkomsten.soorten import Soort
from bijeenkomsten.verslagstappen import Lezers, Verslagstand
from collectief.gebruikers.models import Gebruiker
from collectief.qr import qr


def inhoud(bijeenkomst: Bijeenkomst) -> dict:
    """The programme with its times, and how its minutes add up with those of questions (after `met_overzicht`)."""
    programma = bijeenkomst.programma.met_tijden(bijeenkomst.begint_op)
    minuten = sum(deel.minuten for deel in programma) + getattr(bijeenkomst, "vraagminuten", 0)
    duur = round((bijeenkomst.eindigt_op - bijeenkomst.begint_op).total_seconds() / 60)
    return {"programma": programma, "minuten": minuten, "duur": duur, "over": duur - minuten}


def met_overzicht(bijeenkomsten: models.QuerySet[Bijeenkomst]) -> models.QuerySet[Bijeenkomst]:
    """Annotate `aantal_documenten`, and `vraagminuten`: what the questions on the programme take together."""
    documenten = Document.objects.filter(bijeenkomst=OuterRef("pk")).order_by().values("bijeenkomst")
    vragen = Vraag.objects.filter(bijeenkomst=OuterRef("pk")).order_by().values("bijeenkomst")
    return bijeenkomsten.annotate(
        aantal_documenten=Coalesce(Subquery(documenten.annotate(aantal=Count("pk")).values("aantal")), 0),
        vraagminuten=Coalesce(Subquery(vragen.annotate(samen=Sum("minuten")).values("samen")), 0),
    )


def met_stukken(uitnodigingen: models.QuerySet[Uitnodiging]) -> models.QuerySet[Uitnodiging]:
    """Annotate where the meeting is, and `stukken`: the documents that a guest may read."""
    documenten = Document.objects.voor_genodigden().filter(bijeenkomst=OuterRef("bijeenkomst"))
    rij = JSONObject(pk="pk", naam="naam", omvang="omvang")
    return uitnodigingen.met_ligging().annotate(
        stukken=ArraySubquery(documenten.order_by("toegevoegd_op", "pk").values(rij=rij))
    )


def met_nog_open(uitnodigingen: models.QuerySet[Uitnodiging], gebruiker: Gebruiker) -> models.QuerySet[Uitnodiging]:
    """Annotate `heeft_verslag`, `kan_vertellen` (a visit that took place) and `acties_open`.

    These are promises of earlier meetings whose report this guest reads.
    """
    eerder = Actie.objects.open().filter(
        verslag__bijeenkomst__begint_op__lt=OuterRef("bijeenkomst__begint_op"),
        verslag__in=Verslag.objects.zichtbaar_voor(gebruiker).values("pk"),
    )
    rij = JSONObject(tekst="tekst", eigenaar="eigenaar__naam", voor="voor")
    leesbaar = eerder.voor_lezers([Lezers.OPENBAAR, Lezers.LEDEN])
    verslag = Verslag.objects.exclude(stand=Verslagstand.CONCEPT).filter(bijeenkomst=OuterRef("bijeenkomst"))
    return uitnodigingen.annotate(
        acties_open=ArraySubquery(leesbaar.values(rij=rij)),
        heeft_verslag=models.Exists(verslag),
        kan_vertellen=models.Exists(Uitnodiging.objects.bezoeken().filter(pk=OuterRef("pk"))),
    )


def nog_open(uitnodiging: Uitnodiging) -> dict:
    """These for the page; who is only welcome has none."""
    rijen = getattr(uitnodiging, "acties_open", [])
    acties = [{**rij, "voor": date.fromisoformat(rij["voor"])} for rij in rijen]
    wel_of_niet = {wat: getattr(uitnodiging, wat, False) for wat in ("heeft_verslag", "kan_vertellen")}
    return {"acties": acties, **wel_of_niet}


def bladzijde(uitnodiging: Uitnodiging, gebruiker: Gebruiker | None) -> dict:
    """The context of a guest's page; without an account she sees no names."""
    bijeenkomst = uitnodiging.bijeenkomst
    mensen = list(bijeenkomst.mensen()) if gebruiker else []
    return {
        "uitnodiging": uitnodiging,
        "bijeenkomst": bijeenkomst,
        "documenten": uitnodiging.stukken if uitnodiging.pk else [],  # who is not invited reads what is public
        "trekkers": [mens for mens in mensen if mens.is_trekker],
        "voorbereiders": [mens for mens in mensen if not mens.is_trekker],
        "helpt_mee": gebruiker in mensen,
        "ligging": uitnodiging.ligging,
        "qr": _qr(uitnodiging),
        "is_thema": bijeenkomst.soort == Soort.THEMA,
        **inhoud(bijeenkomst),
    }


def _qr(uitnodiging: Uitnodiging) -> str:
    """The code to show at the door, for who comes to a place."""
    bijeenkomst = uitnodiging.bijeenkomst
    if not uitnodiging.komt or bijeenkomst.soort == Soort.ONLINE or bijeenkomst.is_voorbij:
        return ""
    pad = reverse("bijeenkomsten:inchecken", args=[bijeenkomst.pk, uitnodiging.incheckcode])
    return qr(settings.BASIS_URL + pad, "QR-code om in te checken")


def als_bestand(document: Document) -> HttpResponse:
    """Send a document as a download: a browser never opens it as a page of ours. Raises FileNotFoundError."""
    naam = f"{slugify(document.naam) or 'document'}.{EXTENSIES.get(document.mediatype, 'bin')}"
    antwoord = HttpResponse(document.lees(), content_type=document.mediatype)
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    return antwoord
