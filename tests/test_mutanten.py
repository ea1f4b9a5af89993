"""The maker of mistakes makes the mistakes it should, and each in one place."""

import ast
import inspect

import pytest

from tests.mutanten.database import policyfouten, tabellen_in
from tests.mutanten.muteren import mutanten
from tests.mutanten.toepassen import NietTeMaken, zet_in


def fouten(romp: str) -> set[str]:
    """What becomes of the body of a function, one mistake at a time."""
    bron = f"def f(a, b):\n    {romp}\n"
    bomen = [mutant.boom for mutant in mutanten(bron)]
    for boom in bomen:
        compile(boom, "mutant", "exec")  # what Python refuses would pass for noticed
    return {ast.unparse(boom).partition("\n    ")[2] for boom in bomen}


@pytest.mark.parametrize(
    ("romp", "wordt"),
    [
        ("return a < b", {"return a <= b", "return True", "return False"}),
        ("return a(b)", {"return None"}),
        ("x = a and b", {"x = a or b", "x = a", "x = b"}),
        ("x = not a", {"x = not not a"}),
        ("x = a - 1", {"x = a + 1", "x = a - 2"}),
        ("x = 'woord'", {"x = ''"}),
        ("x = True", {"x = False"}),
        ("a(b)", {"None"}),
        ("x = a.filter(b=b, c=c)", {"x = a.filter(c=c)", "x = a.filter(b=b)"}),
        ("x = {a: b}", {"x = {}"}),
        ("x = (a, b)", {"x = (b,)", "x = (a,)"}),
        ("x = a if b else c", {"x = a if True else c", "x = a if False else c"}),
        ("x = 'SELECT 1 WHERE a <= b'", {"x = 'SELECT 1 WHERE a < b'"}),
        ("'''What it promises.'''", set()),
        ("logger.warning('no broker')", set()),
    ],
)
def test_each_mistake_once(romp, wordt):
    assert fouten(romp) == wordt


def test_what_stands_at_the_top_is_mutated_too():
    assert {(mutant.plek, mutant.is_waarde) for mutant in mutanten("DAGEN = {'a': 3}\nlogger = maak('x')\n")} == {
        ("DAGEN", True)
    }


def test_a_mistake_takes_the_place_of_code_that_runs():
    """In this process, on this very helper, and put back at once."""
    mutant = next(m for m in mutanten(inspect.getsource(inspect.getmodule(fouten))) if m.plek == "_proef")
    goed = _proef.__code__

    zet_in(__name__, mutant)
    fout = _proef(1)
    _proef.__code__ = goed

    assert (fout, _proef(1)) == (True, False)


def _proef(getal: int) -> bool:
    return getal > 1


def test_what_cannot_be_put_in_place_says_so():
    mutant = next(iter(mutanten("def nergens(a):\n    return a\n")))

    with pytest.raises(NietTeMaken):
        zet_in(__name__, mutant)


# --- In the database --------------------------------------------------------------------------------------------------


def test_a_policy_is_widened_at_every_part_and_mended_again():
    regel = "((door = ik()) AND ((soort = 'a AND (b') OR ((ouder IS NULL) AND van_mij(traject))))"

    fouten_ = list(policyfouten("verhaal", "zien", regel, None))

    assert [fout.maak.partition(" USING ")[2] for fout in fouten_] == [
        "(true)",
        "(((door = ik()) AND ((soort = 'a AND (b') OR (van_mij(traject)))))",
        "(((door = ik()) AND ((soort = 'a AND (b') OR ((ouder IS NULL)))))",
        "((((soort = 'a AND (b') OR ((ouder IS NULL) AND van_mij(traject)))))",
        "(((door = ik())))",
    ]
    assert {fout.herstel for fout in fouten_} == {f'ALTER POLICY "zien" ON verhaal USING ({regel})'}


def test_what_only_spares_a_call_is_left_in():
    regel = "((app_gebruiker() IS NOT NULL) AND van_mij(traject_id) AND true)"

    assert [fout.wat for fout in policyfouten("verhaal", "maken", None, regel)] == [
        "true",
        "zonder `van_mij(traject_id)`",
    ]


def test_a_statement_names_its_tables_and_the_one_that_it_writes():
    assert set(tabellen_in('UPDATE "post_bericht" SET x = 1 WHERE id IN (SELECT id FROM trajecten_moment)')) == {
        "post_bericht",
        "!post_bericht",
        "trajecten_moment",
    }
