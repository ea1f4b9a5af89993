"""Encrypt everything anew with the newest key, so that an old one may go."""

from itertools import batched

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models

from collectief.rijbeveiliging import voorbij_rijbeveiliging
from collectief.versleuteling import VersleuteldVeld, ontsleutel, versleutel

PORTIE = 500  # rows in one statement


def hersleutel() -> dict[str, int]:
    """Write every encrypted value again with the first key, in one transaction; return how many rows per table.

    For the owner of the tables. Raises InvalidToken when a value fits none of the keys; then nothing has changed.
    """
    with voorbij_rijbeveiliging():
        geteld = {model._meta.db_table: _herschrijf(model, velden) for model, velden in versleutelde_velden().items()}
        return geteld | {Authenticator._meta.db_table: _herschrijf_tweede_factoren()}


def versleutelde_velden() -> dict[type[models.Model], list[str]]:
    """Name the encrypted fields of every model that has any."""
    velden = {
        model: [veld.name for veld in model._meta.concrete_fields if isinstance(veld, VersleuteldVeld)]
        for model in apps.get_models(include_auto_created=True)
    }
    return {model: namen for model, namen in velden.items() if namen}


def _herschrijf(model: type[models.Model], velden: list[str]) -> int:
    """Reading takes the old key, writing the new one: the values themselves stay what they are."""
    aantal = 0
    rijen = model._meta.base_manager.order_by("pk").only("pk", *velden)
    for portie in batched(rijen.iterator(chunk_size=PORTIE), PORTIE, strict=False):
        aantal += model._meta.base_manager.bulk_update(portie, velden)
    return aantal


def _herschrijf_tweede_factoren() -> int:
    """The secrets of allauth stand inside its JSON."""
    rijen = list(Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"))
    for rij in rijen:
        rij.data = {naam: _anders(naam, waarde) for naam, waarde in rij.data.items()}
    return Authenticator.objects.bulk_update(rijen, ["data"], batch_size=PORTIE) if rijen else 0


def _anders(naam: str, waarde: object) -> object:
    if naam in {"secret", "seed"}:
        return _opnieuw(waarde)
    if naam == "migrated_codes":
        return [_opnieuw(code) for code in waarde]
    return waarde


def _opnieuw(geheim: str) -> str:
    return versleutel(ontsleutel(geheim))
