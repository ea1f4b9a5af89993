"""Meetings and invitations for tests."""

from datetime import UTC, datetime, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from bijeenkomsten.models import Bijeenkomst, Document, Rondmail, Uitnodiging, Vraag
from collectief.bestanden import bewaar
from collectief.rijbeveiliging import als_taak
from tests.factories import GebruikerFactory, InitiatiefFactory

AL_GEWEEST = datetime(2025, 1, 15, 10, tzinfo=UTC)  # for tables of tests, which are made before any test runs


class BijeenkomstFactory(DjangoModelFactory):
    """A published, public, physical meeting of three hours, in two weeks."""

    class Meta:
        model = Bijeenkomst
        skip_postgeneration_save = True

    soort = "fysiek"
    titel = factory.Sequence(lambda n: f"Bijeenkomst {n}")
    begint_op = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    eindigt_op = factory.LazyAttribute(lambda bijeenkomst: bijeenkomst.begint_op + timedelta(hours=3))
    plaats = "De Schuur, Dorpsstraat 1, Voorbeelddorp"
    status = "gepubliceerd"


class UitnodigingFactory(DjangoModelFactory):
    """An open invitation of someone with an account."""

    class Meta:
        model = Uitnodiging

    bijeenkomst = factory.SubFactory(BijeenkomstFactory)
    gebruiker = factory.SubFactory(GebruikerFactory)
    beantwoord_op = factory.LazyAttribute(lambda u: None if u.antwoord == "open" else timezone.now())
    antwoord = "open"


class VraagFactory(DjangoModelFactory):
    """An open question for whichever meeting comes first; `bijeenkomst` with `minuten` places it.

    It is made as the task that reaches all of them: a confidential one is only there for some.
    """

    class Meta:
        model = Vraag

    @classmethod
    def _create(cls, *args, **kwargs):
        with als_taak(Vraag.TAAK):
            return super()._create(*args, **kwargs)

    initiatief = factory.SubFactory(InitiatiefFactory)
    door = factory.SubFactory(GebruikerFactory)
    vraag = factory.Sequence(lambda n: f"Hoe doen jullie dat, {n}?")
    stand = factory.LazyAttribute(lambda vraag: "geplaatst" if vraag.minuten else "ingebracht")
    minuten = None
    geplaatst_op = factory.LazyAttribute(lambda vraag: timezone.now() if vraag.minuten else None)
    antwoord = factory.LazyAttribute(lambda vraag: "Zo doen wij het." if vraag.stand == "beantwoord" else "")
    beantwoord_op = factory.LazyAttribute(lambda vraag: timezone.now() if vraag.stand == "beantwoord" else None)


class RondmailFactory(DjangoModelFactory):
    """A reminder, three days before, to who did not answer yet."""

    class Meta:
        model = Rondmail

    bijeenkomst = factory.SubFactory(BijeenkomstFactory)
    soort = "herinnering"
    wie = "open"
    dagen_vooraf = 3
    tekst = "Kom je ook?"


PDF = b"%PDF-1.7 wat er staat"


def document_bij(bijeenkomst: Bijeenkomst, **velden) -> Document:
    """A small document with this meeting, and its file."""
    velden = {"naam": "Agenda", "mediatype": "application/pdf", "omvang": len(PDF)} | velden
    document = Document.objects.create(bijeenkomst=bijeenkomst, **velden)
    bewaar(document.bestand, PDF)
    return document


def bezoek_van(bezoeker, gastheer=None, dagen: int = -3, **velden) -> Bijeenkomst:
    """A visit of this person to an initiative, some days from now."""
    bezoek = BijeenkomstFactory(
        soort="op_bezoek",
        is_openbaar=False,
        gastheer=gastheer or InitiatiefFactory(lidmaatschap="lid"),
        begint_op=timezone.now() + timedelta(days=dagen),
        **velden,
    )
    bij = bezoeker.rollen.exclude(initiatief=None).values_list("initiatief", flat=True).first()
    UitnodigingFactory(bijeenkomst=bezoek, gebruiker=bezoeker, initiatief_id=bij, antwoord="ja")
    return bezoek
