"""The first admin, made by who runs the server."""

import pytest
from django.core.management import CommandError, call_command

from collectief.gebruikers.models import Gebruiker, Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def eerste() -> Gebruiker:
    return Gebruiker.objects.create_superuser("eerste@voorbeeld.example", naam="Demo Eerste")


def test_who_made_the_first_account_becomes_admin(eerste, capsys):
    call_command("maak_beheerder", "Eerste@voorbeeld.example")

    assert eerste.is_beheerder
    assert "is nu beheerder" in capsys.readouterr().out


def test_asking_twice_gives_one_role(eerste, capsys):
    for _ in range(2):
        call_command("maak_beheerder", eerste.email)

    assert Rol.objects.count() == 1
    assert "was al beheerder" in capsys.readouterr().out


def test_a_role_that_ended_is_given_anew(eerste):
    call_command("maak_beheerder", eerste.email)
    Rol.objects.get().beeindig()

    call_command("maak_beheerder", eerste.email)

    assert Rol.objects.nu().count() == 1


def test_a_stranger_gets_nothing():
    with pytest.raises(CommandError, match="geen account"):
        call_command("maak_beheerder", "niemand@voorbeeld.example")


def test_a_closed_account_gets_nothing(eerste):
    Gebruiker.objects.update(is_active=False)

    with pytest.raises(CommandError, match="mag niet inloggen"):
        call_command("maak_beheerder", eerste.email)

    assert not Rol.objects.exists()
