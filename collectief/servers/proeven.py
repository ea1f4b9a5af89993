"""./dev dekking and ./dev mutanten: whether the tests look at everything that may not go wrong."""

import shutil
import sys
from collections.abc import Sequence

from . import omgeving as omgevingen
from .omgeving import DATA
from .opdrachten import proefservers, voorgrond

# What is measured stands in pyproject.toml, under tool.coverage.
MEETTESTS = (
    "tests/trajecten",
    "tests/post",
    "tests/test_permissions.py",
    "tests/initiatieven/test_lidmaatschap.py",
    "tests/initiatieven/test_jaarcheck.py",
)


def dekking(argumenten: Sequence[str]) -> int:
    """Walk the tests of what may have no untried branch, and name the branches that none of them took.

    Options go to pytest. 0 when every branch was taken.
    """
    gemeten = DATA / "dekking"
    shutil.rmtree(gemeten, ignore_errors=True)
    gemeten.mkdir(mode=0o700, parents=True)
    coverage = (sys.executable, "-m", "coverage")
    with proefservers() as servers:
        omgeving = omgevingen.als_test(servers)
        meting = [*coverage, "run", "-m", "pytest", "-n", "2", "-m", "not browser", *MEETTESTS, *argumenten]
        if code := voorgrond(meting, omgeving):
            return code
        return voorgrond([*coverage, "combine", "--quiet"], omgeving) or voorgrond([*coverage, "report"], omgeving)


def mutanten(argumenten: Sequence[str]) -> int:
    """Put mistakes into the rules one by one; 0 when the tests notice enough of them."""
    with proefservers() as servers:
        return voorgrond([sys.executable, "-m", "tests.mutanten", *argumenten], omgevingen.als_test(servers))
