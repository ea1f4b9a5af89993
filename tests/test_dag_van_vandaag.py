"""A run may cross midnight: what day it is, a test asks when it runs, and not when it is collected."""

import ast
from collections.abc import Iterator

from tests.test_repo import _bomen

KLOK = {"localdate", "localtime", "now", "today"}


def _nu(knoop: ast.AST) -> Iterator[int]:
    """The lines in which this asks the clock at once; a function within is asked later."""
    if isinstance(knoop, ast.Lambda):
        return
    if isinstance(knoop, ast.FunctionDef):
        delen = [*knoop.decorator_list, knoop.args]
    else:
        delen = list(ast.iter_child_nodes(knoop))
    if isinstance(knoop, ast.Call) and getattr(knoop.func, "attr", "") in KLOK:
        yield knoop.lineno
    for deel in delen:
        yield from _nu(deel)


def test_no_test_asks_the_clock_while_it_is_collected():
    gevraagd = [f"{pad}:{regel}" for pad, boom in _bomen().items() if "tests" in pad.parts for regel in _nu(boom)]

    assert gevraagd == []


def test_a_clock_in_a_table_is_seen_and_one_in_a_test_is_not():
    bron = """
@pytest.mark.parametrize("dag", [timezone.localdate()])
def test_iets(dag, toen=lambda: timezone.now()):
    assert dag == timezone.localdate()
"""

    assert list(_nu(ast.parse(bron))) == [2]
