"""Test data without surprises: a factory makes one row and only what that row cannot do without."""

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.models import Initiatief

WACHTWOORD = "een heel lang wachtwoord"


class GebruikerFactory(DjangoModelFactory):
    class Meta:
        model = Gebruiker
        skip_postgeneration_save = True

    naam = factory.Sequence(lambda n: f"Medewerker {n}")
    email = factory.Sequence(lambda n: f"medewerker{n}@voorbeeld.example")
    password = "!"  # cannot sign in with a password; tests use force_login


def geef_wachtwoord(gebruiker: Gebruiker) -> Gebruiker:
    """Let her sign in by herself: with `WACHTWOORD`, at an address that was verified."""
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
    return gebruiker


class InitiatiefFactory(DjangoModelFactory):
    class Meta:
        model = Initiatief

    naam = factory.Sequence(lambda n: f"Initiatief {n}")
    slug = factory.Sequence(lambda n: f"initiatief-{n}")
    lidmaatschap = Initiatief.Lidmaatschap.LID


class RolFactory(DjangoModelFactory):
    class Meta:
        model = Rol

    gebruiker = factory.SubFactory(GebruikerFactory)
    soort = Rol.Soort.BEGELEIDER
    initiatief = factory.Maybe(
        factory.LazyAttribute(lambda rol: rol.soort in Rol.BIJ_INITIATIEF), factory.SubFactory(InitiatiefFactory), None
    )
