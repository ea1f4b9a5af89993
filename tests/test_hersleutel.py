"""A new key in front, everything written anew, the old key taken away: whatever was readable still is."""

import uuid

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection

from collectief.hersleutel import hersleutel, versleutelde_velden
from collectief.rijbeveiliging import achter_rijbeveiliging, als_gebruiker
from collectief.versleuteling import VersleuteldVeld
from conftest import _eigenaar, _maak, _richt
from kaart.models import Contactverzoek, Zoekalarm
from tests.bezetting import Bezetting
from trajecten.models import JongereIdentiteit, Seintje

OUD, NIEUW, ANDER = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture
def als_eigenaar(django_db_setup, sjabloon, django_db_blocker):
    """A database of its own, in which Django is the owner: the key changes for everybody at once."""
    eigen, naam = connection.settings_dict["NAME"], f"sleutel_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        _maak(naam, sjabloon=sjabloon)
        _richt(naam, "app")
        yield lambda: _richt(naam, "eigenaar")
        _richt(eigen, "app")
    with _eigenaar() as verbinding:
        verbinding.execute(f'DROP DATABASE "{naam}" WITH (FORCE)')


@pytest.fixture
def geschreven(als_eigenaar, settings) -> Bezetting:
    """An identity and a second factor under the old key."""
    settings.SLEUTELS = [OUD]
    wie = Bezetting()
    with als_gebruiker(wie.begeleider.pk):
        JongereIdentiteit.objects.create(jongere_id=wie.traject.jongere_id, officiele_naam="Noortje Voorbeeld")
    TOTP.activate(wie.begeleider, generate_totp_secret())
    RecoveryCodes.activate(wie.begeleider)
    als_eigenaar()
    return wie


def _naam() -> str:
    """The name as it stands in the table, read with the keys that there are now."""
    with _eigenaar(connection.settings_dict["NAME"]) as eigenaar, eigenaar.transaction(force_rollback=True):
        eigenaar.execute("ALTER TABLE trajecten_jongereidentiteit NO FORCE ROW LEVEL SECURITY")
        (waarde,) = eigenaar.execute("SELECT officiele_naam FROM trajecten_jongereidentiteit").fetchone()
    return VersleuteldVeld().from_db_value(waarde, None, connection)


def test_after_a_new_key_the_old_one_can_go(geschreven, settings):
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    settings.SLEUTELS = [NIEUW, OUD]

    geteld = hersleutel()

    settings.SLEUTELS = [NIEUW]
    assert _naam() == "Noortje Voorbeeld"
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes() == codes
    assert {tabel: n for tabel, n in geteld.items() if n} == {"trajecten_jongereidentiteit": 1, "mfa_authenticator": 2}
    settings.SLEUTELS = [OUD]
    with pytest.raises(InvalidToken):
        _naam()


def test_a_key_that_is_missing_changes_nothing(geschreven, settings):
    settings.SLEUTELS = [NIEUW, ANDER]

    with pytest.raises(CommandError, match="er is niets veranderd"):
        call_command("hersleutel")

    settings.SLEUTELS = [OUD]
    assert _naam() == "Noortje Voorbeeld"
    assert "trajecten_jongereidentiteit" in achter_rijbeveiliging()


def test_only_the_owner_writes_anew(settings):
    with pytest.raises(CommandError, match="eigenaar"):
        call_command("hersleutel")


def test_no_encrypted_field_is_forgotten():
    velden = {model: set(namen) for model, namen in versleutelde_velden().items()}

    assert velden == {
        JongereIdentiteit: {"officiele_naam", "geboortedatum", "contact"},
        Seintje: {"adres"},
        Contactverzoek: {"naam", "email", "telefoon", "wanneer", "bericht"},
        Zoekalarm: {"adres"},
    }
