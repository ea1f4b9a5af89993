"""Put a mutant in the place of the code that runs already, in this process."""

import ast
import importlib
import inspect
import sys
from types import CodeType, FunctionType, ModuleType

from tests.mutanten.muteren import Mutant


class NietTeMaken(Exception):
    """This mistake cannot be put in place of running code."""


def zet_in(modulenaam: str, mutant: Mutant) -> None:
    """Let this process run with the mistake from here on. Raises NietTeMaken."""
    module = importlib.import_module(modulenaam)
    if mutant.plek in vars(module) and not inspect.isroutine(inspect.unwrap(vars(module)[mutant.plek])):
        _verwissel_waarde(module, mutant)
        return
    functie = _functie(module, mutant.plek)
    try:
        code = _code(compile(mutant.boom, module.__file__, "exec"), mutant.plek, functie.__code__.co_firstlineno)
        functie.__code__ = code
    except ValueError as fout:  # it uses other variables of its surroundings, or Python knows no such tree
        raise NietTeMaken(str(fout)) from fout


def _functie(module: ModuleType, plek: str) -> FunctionType:
    """The plain function behind a name, below decorators and properties."""
    ding: object = module
    for deel in plek.split("."):
        ding = vars(ding).get(deel)
    ding = getattr(ding, "fget", None) or getattr(ding, "func", None) or getattr(ding, "__func__", ding)
    ding = inspect.unwrap(getattr(ding, "run", ding))  # a task of Celery runs it
    ding = getattr(ding, "__func__", ding)
    if not isinstance(ding, FunctionType):
        raise NietTeMaken(f"{plek} is no function")
    return ding


def _code(code: CodeType, plek: str, regel: int) -> CodeType:
    for deel in code.co_consts:
        if isinstance(deel, CodeType):
            if deel.co_qualname == plek and deel.co_firstlineno == regel:
                return deel
            if plek.startswith(f"{deel.co_qualname}."):
                return _code(deel, plek, regel)
    raise NietTeMaken(f"{plek} is not found")


def _verwissel_waarde(module: ModuleType, mutant: Mutant) -> None:
    """Give a constant its other value, in every module that took it along."""
    knoop = next(
        knoop
        for knoop in mutant.boom.body
        if isinstance(knoop, ast.Assign | ast.AnnAssign)
        and mutant.plek == ast.unparse(knoop.targets[0] if isinstance(knoop, ast.Assign) else knoop.target)
    )
    oud = vars(module)[mutant.plek]
    nieuw = eval(compile(ast.Expression(knoop.value), module.__file__, "eval"), vars(module))  # noqa: S307 - our code
    if isinstance(oud, dict):
        oud.clear()
        oud.update(nieuw)
    elif isinstance(oud, list):
        oud[:] = nieuw
    else:
        for ander in list(sys.modules.values()):
            if isinstance(ander, ModuleType) and vars(ander).get(mutant.plek) is oud:
                setattr(ander, mutant.plek, nieuw)
