"""./dev lint: every check that needs no test, one after the other, with all findings at the end."""

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
    "MAIL_MAP": "",
    "ANTWOORD_MAP": "",
}


def keur(_argumenten: Sequence[str]) -> int:
    """Run all checks; 0 when none found anything."""
    with proefservers() as omgeving:
        gevonden = [naam for naam, opdracht, extra in _keuringen() if voorgrond(opdracht, {**omgeving, **extra})]
    if gevonden:
        zeg_fout(f"Nog niet in orde: {', '.join(gevonden)}.")
        return 1
    zeg("Alles in orde.")
    return 0


def _keuringen() -> list[tuple[str, Sequence[str], Mapping[str, str]]]:
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
