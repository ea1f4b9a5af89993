"""Test data of the directory: places, room, allies, and applications with their three checks."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from collectief.gebruikers.models import Rol
from initiatieven.lidmaatschap import Oordeel, Toestand, Toetssoort
from initiatieven.models import Aanmelding, Gespreksmoment, Locatie, Plekken, Toets, Verbondgenoot
from tests.factories import GebruikerFactory, InitiatiefFactory, RolFactory


class LocatieFactory(DjangoModelFactory):
    """A place in Zutphen whose address everybody may see."""

    class Meta:
        model = Locatie

    initiatief = factory.SubFactory(InitiatiefFactory)
    adres = "Dorpsweg 1"
    pc4 = "7201"
    plaats = "Zutphen"
    provincie = "Gelderland"
    lat = 52.1413
    lon = 6.1961


class PlekkenFactory(DjangoModelFactory):
    class Meta:
        model = Plekken

    initiatief = factory.SubFactory(InitiatiefFactory)
    leeftijd_van = 12
    leeftijd_tot = 18
    toestand = Plekken.Toestand.PLEK_VRIJ


class VerbondgenootFactory(DjangoModelFactory):
    class Meta:
        model = Verbondgenoot

    organisatie = factory.Sequence(lambda n: f"Organisatie {n}")
    werkveld = "onderwijs"


class AanmeldingFactory(DjangoModelFactory):
    """An application that was handed in, with its three checks still open.

    `toetsen=Oordeel.VOLDOET` judges all three. A decision cannot be made up here, the database refuses that:
    take the step with `aanmelding.zet_stap(…)`.
    """

    class Meta:
        model = Aanmelding
        skip_postgeneration_save = True

    naam = factory.Sequence(lambda n: f"Nieuw initiatief {n}")
    omschrijving = "Een kleine werkplaats met een tuin."
    pc4 = "7201"
    plaats = "Zutphen"
    opgericht_op = factory.LazyFunction(lambda: timezone.localdate().replace(year=2019, day=1))
    aantal_jongeren = 9
    leeftijd_van = 12
    leeftijd_tot = 18
    contactpersoon = "Ans Aanmelder"
    contact_email = factory.Sequence(lambda n: f"aanmelder{n}@voorbeeld.example")
    toestand = Toestand.INGEDIEND
    ingediend_op = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def toetsen(self, create, oordeel, **kwargs):
        oordeel = oordeel or Oordeel.OPEN
        is_open = oordeel == Oordeel.OPEN
        door = None if is_open else GebruikerFactory()
        for soort in Toetssoort:
            Toets.objects.create(
                aanmelding=self,
                soort=soort,
                bewering="Ja.",
                bewijs="Zie onze website.",
                oordeel=oordeel,
                door=door,
                op=None if is_open else timezone.now(),
                waarom="" if is_open else "Gezien bij ons bezoek.",
            )


class GespreksmomentFactory(DjangoModelFactory):
    """A time for an introduction call that was chosen: next week, with an application that was handed in."""

    class Meta:
        model = Gespreksmoment

    aanmelding = factory.SubFactory(AanmeldingFactory)
    begint_op = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    hoe = "We bellen je op 06 12345678."
    aangeboden_door = factory.LazyFunction(lambda: RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker)
    gekozen_op = factory.LazyFunction(timezone.now)
