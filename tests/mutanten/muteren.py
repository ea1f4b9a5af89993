"""Make mutants of a module: the same code with one thing wrong in it."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

VERGELIJK: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
REKEN: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
VOORWAARDEN = {"filter", "exclude", "update", "get"}  # a keyword less is a condition less, or a column
LOGBOEK = {"debug", "info", "warning", "error", "exception"}  # what a log line says is for people
IS_SQL = re.compile(r"\b(SELECT|UPDATE|INSERT|DELETE)\b")
SQL = [  # in a statement, each wherever it stands
    (re.compile(r"\bAND [^\n)]*"), ""),
    (re.compile(r"<="), "<"),
    (re.compile(r"IS NULL"), "IS NOT NULL"),
    (re.compile(r"IS NOT NULL"), "IS NULL"),
    (re.compile(r"(?<=WHERE )[^\n]*? = "), "true OR '' = "),
]

Fout = tuple[str, Callable[[ast.AST], None]]  # what is wrong, and how to make it so


@dataclass(frozen=True)
class Mutant:
    """One mistake: where it is made, and the whole module with it."""

    plek: str  # the function, as Bericht.bied_aan; or the name at the top of the module
    regel: int
    wat: str
    begin: int  # of the function or the constant
    einde: int
    is_waarde: bool  # a constant at the top of the module
    boom: ast.Module


def mutanten(bron: str) -> Iterator[Mutant]:
    """Every mutant of this source: of the bodies of its functions, and of what stands at the top of the module."""
    boom = ast.parse(bron)
    plaats = {id(knoop): nummer for nummer, knoop in enumerate(ast.walk(boom))}
    for plek, stukken in _plekken(boom):
        for knoop in (knoop for stuk in stukken for knoop in _zonder_namen(stuk)):
            for wat, maak in _fouten(knoop):
                kopie = copy.deepcopy(boom)
                maak(list(ast.walk(kopie))[plaats[id(knoop)]])
                rand = (stukken[0].lineno, stukken[-1].end_lineno, isinstance(stukken[0], ast.expr))
                yield Mutant(plek, knoop.lineno, wat, *rand, ast.fix_missing_locations(kopie))


def _plekken(boom: ast.Module | ast.ClassDef, onder: str = "") -> Iterator[tuple[str, list[ast.AST]]]:
    """What to make mistakes in: bodies of functions and methods, and values at the top of the module."""
    for knoop in boom.body:
        if isinstance(knoop, ast.FunctionDef):
            yield onder + knoop.name, knoop.body
        elif isinstance(knoop, ast.ClassDef):
            yield from _plekken(knoop, f"{onder}{knoop.name}.")
        elif isinstance(knoop, ast.Assign | ast.AnnAssign) and knoop.value and not onder:
            doel = knoop.targets[0] if isinstance(knoop, ast.Assign) else knoop.target
            if ast.unparse(doel) != "logger":
                yield ast.unparse(doel), [knoop.value]


def _zonder_namen(stuk: ast.AST) -> Iterator[ast.AST]:
    """This and all below it, without docstrings, types and log lines."""
    if isinstance(stuk, ast.Expr) and isinstance(stuk.value, ast.Constant):
        return
    if isinstance(stuk, ast.Expr) and isinstance(stuk.value, ast.Call) and _naam(stuk.value) in LOGBOEK:
        return
    if isinstance(stuk, ast.expr | ast.stmt):
        yield stuk
    weg = {"annotation", "returns", "decorator_list"}
    for veld, waarde in ast.iter_fields(stuk):
        for kind in waarde if isinstance(waarde, list) else [waarde]:
            if isinstance(kind, ast.AST) and veld not in weg:
                yield from _zonder_namen(kind)


def _naam(aanroep: ast.Call) -> str:
    return getattr(aanroep.func, "attr", getattr(aanroep.func, "id", ""))


def _zet(veld: str, waarde: object) -> Callable[[ast.AST], None]:
    return lambda knoop: setattr(knoop, veld, waarde)


def _haal_weg(veld: str, nummer: int) -> Callable[[ast.AST], None]:
    return lambda knoop: getattr(knoop, veld).pop(nummer)


def _zonder_deel(nummer: int) -> Callable[[ast.BoolOp], None]:
    def haal_weg(knoop: ast.BoolOp) -> None:
        knoop.values.pop(nummer)
        if len(knoop.values) == 1:  # Python knows no "and" of one: it becomes what is left
            over = knoop.values[0]
            knoop.__class__ = over.__class__
            knoop.__dict__.clear()
            knoop.__dict__.update(vars(over))

    return haal_weg


def _fouten(knoop: ast.AST) -> Iterator[Fout]:
    """The mistakes that somebody could make here."""
    maker = FOUTEN.get(type(knoop))
    return maker(knoop) if maker else iter(())


def _vergelijking(knoop: ast.Compare) -> Iterator[Fout]:
    op, *rest = knoop.ops
    anders = VERGELIJK[type(op)]
    yield f"{type(op).__name__} → {anders.__name__}", _zet("ops", [anders(), *rest])


def _en_of(knoop: ast.BoolOp) -> Iterator[Fout]:
    anders = ast.Or if isinstance(knoop.op, ast.And) else ast.And
    yield f"{type(knoop.op).__name__} → {anders.__name__}", _zet("op", anders())
    for nummer, deel in enumerate(knoop.values):
        yield f"zonder `{_kort(deel)}`", _zonder_deel(nummer)


def _rekening(knoop: ast.BinOp) -> Iterator[Fout]:
    if anders := REKEN.get(type(knoop.op)):
        yield f"{type(knoop.op).__name__} → {anders.__name__}", _zet("op", anders())


def _niet(knoop: ast.UnaryOp) -> Iterator[Fout]:
    if isinstance(knoop.op, ast.Not):
        yield "zonder not", lambda niet: setattr(niet, "operand", ast.UnaryOp(ast.Not(), niet.operand))


def _voorwaarde(knoop: ast.If | ast.IfExp) -> Iterator[Fout]:
    for waarde in (True, False):
        yield f"if {waarde}", _zet("test", ast.Constant(waarde))


def _stap(knoop: ast.Expr) -> Iterator[Fout]:
    if isinstance(knoop.value, ast.Call):
        yield f"zonder `{_kort(knoop)}`", _zet("value", ast.Constant(None))


def _aanroep(knoop: ast.Call) -> Iterator[Fout]:
    if _naam(knoop) in VOORWAARDEN:
        for nummer, woord in enumerate(knoop.keywords):
            yield f"{_naam(knoop)} zonder {woord.arg}", _haal_weg("keywords", nummer)


def _tabel(knoop: ast.Dict) -> Iterator[Fout]:
    for nummer, waarde in enumerate(knoop.values):
        yield f"zonder `{_kort(waarde)}`", _zonder_sleutel(nummer)


def _rij(knoop: ast.List | ast.Tuple | ast.Set) -> Iterator[Fout]:
    if isinstance(getattr(knoop, "ctx", ast.Load()), ast.Load):
        for nummer, deel in enumerate(knoop.elts):
            yield f"zonder `{_kort(deel)}`", _haal_weg("elts", nummer)


def _kort(knoop: ast.AST) -> str:
    return ast.unparse(knoop)[:60]


def _uitkomst(knoop: ast.Return) -> Iterator[Fout]:
    waarde = knoop.value
    waar = isinstance(waarde, ast.Compare | ast.BoolOp | ast.UnaryOp)
    for anders in [True, False] if waar else [None]:
        if waarde and not (isinstance(waarde, ast.Constant) and not waarde.value):
            yield f"geeft {anders}", _zet("value", ast.Constant(anders))


def _zonder_sleutel(nummer: int) -> Callable[[ast.Dict], None]:
    def haal_weg(knoop: ast.Dict) -> None:
        knoop.keys.pop(nummer)
        knoop.values.pop(nummer)

    return haal_weg


def _waarde(knoop: ast.Constant) -> Iterator[Fout]:
    waarde = knoop.value
    if isinstance(waarde, bool):
        yield f"{waarde} → {not waarde}", _zet("value", not waarde)
    elif isinstance(waarde, int):
        yield f"{waarde} → {waarde + 1}", _zet("value", waarde + 1)
    elif isinstance(waarde, str) and IS_SQL.search(waarde):
        for patroon, anders in SQL:
            for gevonden in patroon.finditer(waarde):
                fout = waarde[: gevonden.start()] + anders + waarde[gevonden.end() :]
                yield f"SQL: `{gevonden[0].strip()[:60]}` → `{anders}`", _zet("value", fout)
    elif isinstance(waarde, str) and waarde:
        yield f"{waarde[:40]!r} → ''", _zet("value", "")


FOUTEN: dict[type[ast.AST], Callable[..., Iterator[Fout]]] = {
    ast.Compare: _vergelijking,
    ast.BoolOp: _en_of,
    ast.BinOp: _rekening,
    ast.UnaryOp: _niet,
    ast.If: _voorwaarde,
    ast.IfExp: _voorwaarde,
    ast.Return: _uitkomst,
    ast.Expr: _stap,
    ast.Call: _aanroep,
    ast.Dict: _tabel,
    ast.List: _rij,
    ast.Tuple: _rij,
    ast.Set: _rij,
    ast.Constant: _waarde,
}
