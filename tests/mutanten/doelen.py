"""What is mutated, and which tests have to notice. Paths from the root of the project."""

import random
from collections.abc import Iterator
from pathlib import Path

from tests.mutanten.database import Databasefout, triggerfouten
from tests.mutanten.muteren import Mutant, mutanten

WORTEL = Path(__file__).resolve().parents[2]
RECHTEN = ["tests/test_permissions.py"]
POST = [
    "tests/post/test_outbox.py",
    "tests/post/test_storingen.py",
    "tests/post/test_bundels.py",
    "tests/post/test_afmelden.py",
    "tests/post/test_taken.py",
    "tests/post/test_precies.py",
    "tests/post/test_opstellen.py",
    "tests/post/test_postmap.py",
    "tests/post/test_wissen.py",
    "tests/trajecten/test_controle.py",
    "tests/trajecten/test_naam_van_een_rij.py",
]
TRIGGERS = [
    "tests/trajecten/test_kring.py",
    "tests/trajecten/test_kring_vooraf.py",
    "tests/trajecten/test_momenten.py",
    "tests/trajecten/test_overdracht.py",
    "tests/trajecten/test_overdracht_bewaakt.py",
    "tests/trajecten/test_buiten_python_om.py",
    "tests/trajecten/test_mensen.py",
    "tests/trajecten/test_stappen.py",
    "tests/trajecten/test_terugnemen.py",
    "tests/trajecten/test_toestemming.py",
    "tests/trajecten/test_vertrek.py",
    "tests/trajecten/test_verhaal.py",
    "tests/initiatieven/test_aanmelding.py",
    "tests/initiatieven/test_adressen.py",
    "tests/initiatieven/test_bladzijde.py",
    "tests/initiatieven/test_gesprek.py",
    "tests/initiatieven/test_initiatief.py",
    "tests/initiatieven/test_jaarcheck.py",
    "tests/initiatieven/test_lidmaatschap.py",
    "tests/initiatieven/test_prullenbak.py",
    "tests/initiatieven/test_toetsing.py",
    "tests/initiatieven/test_wijzigen.py",
    "tests/kaart/test_aanbod.py",
    "tests/kaart/test_uitgeven.py",
    "tests/post/test_bundels.py",
]
LADDER = ["tests/trajecten/test_ladder.py", "tests/trajecten/test_eigen_ladder.py"]

DOELEN: dict[str, list[str]] = {
    "trajecten/permissions.py": RECHTEN,
    "bijeenkomsten/permissions.py": RECHTEN,
    "initiatieven/permissions.py": RECHTEN,
    "kaart/permissions.py": RECHTEN,
    "collectief/gebruikers/permissions.py": RECHTEN,
    "trajecten/fases.py": ["tests/trajecten/test_fases.py"],
    "trajecten/ladder.py": LADDER,
    "collectief/post/actions.py": POST,
    "collectief/post/afmelden.py": POST,
    "collectief/post/backends.py": POST,
    "collectief/post/lijn.py": POST,
    "collectief/post/models.py": POST,
    "collectief/post/tasks.py": POST,
    "collectief/post/verzenden.py": POST,
    # What the database guards; of policies see tests/trajecten/test_ruimere_policy.py.
    "triggers": TRIGGERS,
}


def module_van(pad: str) -> str:
    return pad.removesuffix(".py").replace("/", ".")


def trek(pad: str, *, hoogstens: int | None, zaad: int) -> Iterator[Mutant | Databasefout]:
    """The mutants of one module: all, or so many of them, always the same ones for the same seed."""
    alle = list(mutanten((WORTEL / pad).read_text()) if pad.endswith(".py") else triggerfouten())
    if hoogstens is None or hoogstens >= len(alle):
        return iter(alle)
    loting = random.Random(f"{zaad} {pad}")  # noqa: S311 - which ones, not a secret
    return iter(sorted(loting.sample(alle, hoogstens), key=lambda mutant: mutant.regel))
