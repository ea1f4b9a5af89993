"""Templates may not swallow a variable that does not exist: every test that renders a page checks it.

A variable that is there only sometimes says so with `|default:"…"`, or stands in an `{% if %}`.
"""

import sys
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import FilterExpression
from django.template.defaultfilters import default

EIGEN = Path(__file__).resolve().parents[1] / "templates"


class OnbekendeVariabele(AssertionError):
    """A template used a variable that nobody gave it."""


class Onbekend:
    """What Django puts in the place of a missing variable; Django asks it whether it counts."""

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code is not FilterExpression.resolve.__code__:
            return False  # the filter `default` asks
        uitdrukking, sjabloon = frame.f_locals["self"], frame.f_locals["context"].template
        is_eigen = Path(sjabloon.origin.name).is_relative_to(EIGEN)
        if is_eigen and not any(filter_ is default for filter_, _ in uitdrukking.filters):
            raise OnbekendeVariabele(f"{{{{ {uitdrukking} }}}} in or below {sjabloon.name}")
        return False

    def __str__(self) -> str:
        return ""


@pytest.fixture(scope="session", autouse=True)
def weiger_onbekende_variabelen() -> None:
    engines["django"].engine.string_if_invalid = Onbekend()
