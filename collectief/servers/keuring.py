"""./dev lint: every check that needs no test, one after the other, with all findings at the end."""

import os
import sys
from collections.abc import Mapping, Sequence

from . import omgeving as omgevingen
from .omgeving import WORTEL
from .opdrachten import proefservers, voorgrond
from .scherm import zeg, zeg_fout

_IMPORTRICHTING = "from importlinter.cli import lint_imports_command; lint_imports_command()"  # has no -m form
PRODUCTIE = {
    "COLLECTIEF_MODUS": "productie",
    "COLLECTIEF_BEVEILIGD": "ja",
    "COLLECTIEF_DEMO": "nee",
    "TWEEDE_FACTOR_VERPLICHT": "ja",
    "BASIS_URL": "https://voorbeeld.example",
    "TOEGESTANE_HOSTS": "voorbeeld.example",
    "CONTACT_ADRES": "contact@voorbeeld.example",
    "MAIL_MAP": "",
    "ANTWOORD_MAP": "",
}


def keur(_argumenten: Sequence[str]) -> int:
    """Run all checks; 0 when none found anything. With CI=true the slow one too."""
    keuringen = _keuringen() + (_trage_keuringen() if os.environ.get("CI") == "true" else [])
    with proefservers() as omgeving:
        gevonden = [naam for naam, opdracht, extra in keuringen if voorgrond(opdracht, {**omgeving, **extra})]
    if gevonden:
        zeg_fout(f"Nog niet in orde: {', '.join(gevonden)}.")
        return 1
    zeg("Alles in orde.")
    return 0


type Keuring = tuple[str, Sequence[str], Mapping[str, str]]


def _keuringen() -> list[Keuring]:
    """Name, command and what differs in its environment."""
    python = (sys.executable, "-m")
    manage = (sys.executable, str(WORTEL / "manage.py"))
    return [
        ("ruff", (*python, "ruff", "check", "."), {}),
        ("opmaak", (*python, "ruff", "format", "--check", "--quiet", "."), {}),
        ("sjablonen", (*python, "djlint", "--quiet", "--lint", "templates"), {}),
        ("importrichting", (sys.executable, "-c", _IMPORTRICHTING), {}),
        ("migraties", (*manage, "makemigrations", "--check", "--dry-run"), omgevingen.als_eigenaar({})),
        ("productie-instellingen", (*manage, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTIE),
    ]


def _trage_keuringen() -> list[Keuring]:
    """The tests' own way of migrating against Django's: only a new migration or a new Django can part them."""
    proef = (sys.executable, "-m", "pytest", "-q", "tests/proef_migreren.py")
    return [("testdatabase", proef, omgevingen.als_test({}))]
