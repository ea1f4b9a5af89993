"""Date polls for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from bijeenkomsten.models import Datumprikker, Prikdatum, Prikgast


class DatumprikkerFactory(DjangoModelFactory):
    """An open poll for a physical meeting, without dates or people yet."""

    class Meta:
        model = Datumprikker

    soort = "fysiek"
    titel = "Aan tafel"


class PrikdatumFactory(DjangoModelFactory):
    """Two hours, in three weeks."""

    class Meta:
        model = Prikdatum

    prikker = factory.SubFactory(DatumprikkerFactory)
    begint_op = factory.LazyFunction(lambda: timezone.now() + timedelta(days=21))
    eindigt_op = factory.LazyAttribute(lambda datum: datum.begint_op + timedelta(hours=2))


class PrikgastFactory(DjangoModelFactory):
    class Meta:
        model = Prikgast

    prikker = factory.SubFactory(DatumprikkerFactory)
    naam = factory.Sequence(lambda n: f"Gast {n}")
    adres = factory.Sequence(lambda n: f"gast{n}@voorbeeld.example")
