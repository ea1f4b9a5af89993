"""Rules for the whole repository that no linter knows. Templates have theirs in tests/vorm/test_sjablonen.py."""

import ast
import inspect
import re
import subprocess
import tomllib
from datetime import timedelta
from functools import cache
from itertools import chain
from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.template import Context, Template
from django.utils.module_loading import autodiscover_modules

from collectief.celery import app as celery_app
from tests.sjabloonvariabelen import OnbekendeVariabele
from tests.vorm.test_sjablonen import VERBODEN

WORTEL = Path(__file__).resolve().parents[1]
ONZE_APPS = ["collectief", "gebruikers", "geo", "post", "initiatieven", "trajecten", "bijeenkomsten", "kaart"]
LANGSTE_MODULE = 400  # lines
LANGSTE_FUNCTIE = 30  # lines, docstring included
LANGSTE_VIEW = 20  # what is given the request
LANGSTE_TEST = 35  # a day of somebody is told in one piece
LANGSTE_UITSTEL = timedelta(minutes=5)
TEKST = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".yml", ".sh", ".sql", ".env", ".json", ".svg", ""}


def _gevolgd() -> list[Path]:
    """The files that git keeps, and new ones that it does not ignore."""
    opdracht = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    namen = subprocess.run(opdracht, cwd=WORTEL, capture_output=True, text=True, check=True).stdout.split("\0")
    return [WORTEL / naam for naam in sorted(set(namen)) if naam and (WORTEL / naam).is_file()]


BESTANDEN = _gevolgd()
PYTHON = [pad for pad in BESTANDEN if pad.suffix == ".py"]
TEKSTEN = [pad for pad in BESTANDEN if pad.suffix in TEKST and pad.name != "LICENSE"]
PYPROJECT = (WORTEL / "pyproject.toml").read_text()


@cache
def _bomen() -> dict[Path, ast.Module]:
    return {pad: ast.parse(pad.read_text()) for pad in PYTHON}


@cache
def _knopen() -> dict[Path, list[ast.AST]]:
    """Everything in those trees: to walk them takes longer than to read them."""
    return {pad: list(ast.walk(boom)) for pad, boom in _bomen().items()}


def _naam(pad: Path) -> str:
    return pad.relative_to(WORTEL).as_posix()


def _is_migratie(pad: Path) -> bool:
    return pad.parent.name == "migrations"


def _is_code(pad: Path) -> bool:
    return not _is_migratie(pad) and pad.relative_to(WORTEL).parts[0] != "tests"


# --- Shape ----------------------------------------------------------------------------------------------------------


def test_a_module_is_short_enough_to_read():
    te_lang = {
        _naam(pad): aantal
        for pad in PYTHON
        if not _is_migratie(pad) and (aantal := len(pad.read_text().splitlines())) > LANGSTE_MODULE
    }

    assert te_lang == {}


def _hoogstens(pad: Path, functie: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if _naam(pad).startswith("tests/"):
        return LANGSTE_TEST
    return LANGSTE_VIEW if [naam.arg for naam in functie.args.args][:1] == ["request"] else LANGSTE_FUNCTIE


def test_a_function_is_short_enough_to_read():
    te_lang = {
        f"{_naam(pad)}:{knoop.name}": regels
        for pad, knopen in _knopen().items()
        if not _is_migratie(pad)
        for knoop in knopen
        if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef)
        and (regels := knoop.end_lineno - knoop.lineno + 1) > _hoogstens(pad, knoop)
    }

    assert te_lang == {}


def test_every_module_of_the_project_package_has_its_place_in_the_import_order():
    contracten = tomllib.loads(PYPROJECT)["tool"]["importlinter"]["contracts"]
    lagen = " ".join(next(contract for contract in contracten if contract["id"] == "apps")["layers"])
    modules = {pad.stem for pad in (WORTEL / "collectief").glob("*.py")} | {
        pad.parent.name for pad in (WORTEL / "collectief").glob("*/__init__.py")
    }

    assert modules - {"__init__"} - set(re.findall(r"collectief\.(\w+)", lagen)) == set()


def test_tests_imitate_no_code_of_our_own():
    met_namaak = [
        _naam(pad)
        for pad, knopen in _knopen().items()
        for knoop in knopen
        if isinstance(knoop, ast.Import | ast.ImportFrom)
        and "mock" in {getattr(knoop, "module", ""), *(naam.name for naam in knoop.names)}
    ]

    assert met_namaak == []


# --- Celery: ids only, never far ahead ------------------------------------------------------------------------------


def test_a_task_takes_ids_and_nothing_that_tells_about_a_person():
    autodiscover_modules("tasks")
    onze = [taak for naam, taak in celery_app.tasks.items() if not naam.startswith("celery.")]
    vreemd = [
        f"{taak.name}({naam})"
        for taak in onze
        for naam in inspect.signature(taak.run).parameters
        if not re.search(r"(^|_)(id|ids|pk|pks)$", naam)
    ]

    assert {"collectief.post.tasks.verstuur_wachtende", "trajecten.tasks.zet_herinneringen_klaar"} <= {
        taak.name for taak in onze
    }
    assert vreemd == []


def _uitstel(aanroep: ast.Call) -> list[str]:
    """What this call asks Celery to remember for longer than the limit, or for a time that can't be read here."""
    te_lang = []
    for woord in aanroep.keywords:
        if woord.arg == "countdown":
            waarde = woord.value.value if isinstance(woord.value, ast.Constant) else None
            if waarde is None or timedelta(seconds=waarde) > LANGSTE_UITSTEL:
                te_lang.append(ast.unparse(aanroep))
        elif woord.arg == "eta":
            te_lang.append(ast.unparse(aanroep))
    return te_lang


def test_celery_remembers_nothing_for_longer_than_five_minutes():
    gevonden = [
        f"{_naam(pad)}: {uitstel}"
        for pad, knopen in _knopen().items()
        if _is_code(pad)
        for knoop in knopen
        if isinstance(knoop, ast.Call)
        for uitstel in _uitstel(knoop)
    ]

    assert gevonden == []


@pytest.mark.parametrize(
    ("aanroep", "mag"),
    [
        ("taak.apply_async(countdown=300)", True),
        ("taak.apply_async(countdown=301)", False),
        ("taak.apply_async(countdown=wachttijd)", False),
        ("taak.apply_async(eta=morgen)", False),
        ("taak.delay_on_commit(pk)", True),
    ],
)
def test_the_rule_about_delay_sees_what_it_should(aanroep, mag):
    assert (_uitstel(ast.parse(aanroep, mode="eval").body) == []) is mag


# --- What does not belong in a repository ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "patroon",
    [
        r"(?<![\w.}])/(?:root|home|Users|work|mnt)/\w",
        r"\b(?:pypi|pythonhosted|npmjs|rubygems|crates)[.](?:org|com|io)\b",
        r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b",
    ],
    ids=["path of a machine", "host of a package index", "unfinished work"],
)
def test_no_file_holds(patroon):
    gevonden = [
        f"{_naam(pad)}:{nummer}"
        for pad in TEKSTEN
        for nummer, regel in enumerate(pad.read_text().splitlines(), 1)
        if re.search(patroon, regel)
    ]

    assert gevonden == []


@pytest.mark.parametrize("naam", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_hashes_and_no_address(naam):
    tekst = (WORTEL / naam).read_text()
    pakketten = re.split(r"\n(?=\S)", tekst.replace("\\\n", " ").strip())
    met_hash = re.compile(r"[\w.\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}")

    assert len(pakketten) > 20
    assert [pakket for pakket in pakketten if not met_hash.match(pakket)] == []
    assert re.findall(r"://|--index|--find-links| @ ", tekst) == []


def test_what_production_runs_is_what_the_tests_saw():
    productie, ontwikkeling = (
        set(re.findall(r"^[\w.\[\],-]+==[^ ;]+", (WORTEL / naam).read_text(), re.MULTILINE))
        for naam in ("requirements.txt", "requirements-dev.txt")
    )

    assert len(productie) > 20
    assert productie - ontwikkeling == set()


def test_every_dependency_says_why_it_is_here():
    kop = PYPROJECT[: PYPROJECT.index("[tool.")]
    regels = re.findall(r"^    \"([\w\[\],.~=-]+)\",(.*)$", kop, re.MULTILINE)
    gelezen = tomllib.loads(PYPROJECT)["project"]
    alle = [*gelezen["dependencies"], *chain(*gelezen["optional-dependencies"].values())]

    assert [naam for naam, _ in regels] == alle
    assert [naam for naam, waarom in regels if not re.fullmatch(r"\s+# \S.{10,}", waarom)] == []


# --- Migrations and models ------------------------------------------------------------------------------------------


def _migraties() -> dict:
    lader = MigrationLoader(None, ignore_no_migrations=True)
    return {sleutel: migratie for sleutel, migratie in lader.disk_migrations.items() if sleutel[0] in ONZE_APPS}


def test_a_migration_is_named_by_hand():
    zonder_naam = [
        sleutel
        for sleutel in _migraties()
        if not re.fullmatch(r"\d{4}_[a-z][a-z_]*[a-z]", sleutel[1]) or "_auto" in sleutel[1]
    ]

    assert zonder_naam == []


def test_a_migration_can_be_undone_or_says_that_nothing_has_to_be():
    onomkeerbaar = [
        (sleutel, operatie.describe())
        for sleutel, migratie in _migraties().items()
        for operatie in migratie.operations
        if not operatie.reversible
    ]

    assert onomkeerbaar == []


def test_every_model_has_a_name_for_people():
    naamloos = [
        model._meta.label
        for naam in ONZE_APPS
        for model in apps.get_app_config(naam).get_models()
        if not issubclass(model, pghistory.models.Event)  # written by triggers, shown nowhere under its own name
        and not {"verbose_name", "verbose_name_plural"} <= set(model._meta.original_attrs)
    ]

    assert naamloos == []


# --- What people read -----------------------------------------------------------------------------------------------


def _zichtbare_teksten(boom: ast.Module) -> list[ast.Constant]:
    """Strings in code, without docstrings: what can reach a screen or a letter."""
    docstrings = {
        id(knoop.body[0].value)
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and knoop.body
        and isinstance(knoop.body[0], ast.Expr)
    }
    return [
        knoop
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and id(knoop) not in docstrings
    ]


def test_no_text_in_code_uses_the_words_we_do_not_use():
    gevonden = [
        f"{_naam(pad)}:{knoop.lineno}"
        for pad, boom in _bomen().items()
        if _is_code(pad)
        for knoop in _zichtbare_teksten(boom)
        if VERBODEN.search(knoop.value)
    ]

    assert gevonden == []


def test_no_letter_script_or_guide_uses_the_words_we_do_not_use():
    lezers = [
        pad
        for pad in TEKSTEN
        if pad.is_relative_to(WORTEL / "docs/gids")
        or (pad.is_relative_to(WORTEL / "templates") and pad.suffix == ".txt")
        or (pad.is_relative_to(WORTEL / "static") and pad.suffix in {".js", ".svg"})
    ]

    assert [_naam(pad) for pad in lezers if VERBODEN.search(pad.read_text())] == []


def test_every_letter_has_a_subject_a_text_and_a_sender():
    map_ = WORTEL / "templates/post"
    soorten = {pad.name.split(".")[0] for pad in map_.glob("*.txt")}
    code = "\n".join(pad.read_text() for pad in PYTHON if _is_code(pad))

    assert soorten
    for soort in soorten:
        assert (map_ / f"{soort}.txt").exists(), soort
        assert (map_ / f"{soort}.onderwerp.txt").exists(), soort
        begin = soort.rpartition("_")[0] or soort  # f"aanmelding_{besluit}" sends one letter per decision
        assert re.search(rf"[\"'](?:{soort}[\"']|{begin}_\{{)", code), f"nobody sends {soort}"


def test_every_static_file_is_used():
    bronnen = "\n".join(
        pad.read_text()
        for pad in TEKSTEN
        if pad.suffix in {".html", ".py", ".css", ".js"} and "tests" not in pad.relative_to(WORTEL).parts
    )
    ongebruikt = [
        _naam(pad)
        for pad in BESTANDEN
        if pad.is_relative_to(WORTEL / "static")
        and pad.relative_to(WORTEL / "static").as_posix() not in bronnen
        and not re.search(rf"[\"'(/]{re.escape(pad.name)}[\"')]", bronnen)
    ]

    assert ongebruikt == []


@pytest.mark.parametrize(
    ("tekst", "mag"),
    [
        ("{{ roepnaam }}", False),
        ("{{ roepnaam|upper }}", False),
        ("{% with naam=roepnaam %}{{ naam }}{% endwith %}", False),
        ('{{ roepnaam|default:"" }}', True),
        ("{% if roepnaam %}{{ roepnaam }}{% endif %}", True),
    ],
)
def test_a_missing_variable_is_noticed_unless_the_template_says_it_may_be_missing(tekst, mag):
    sjabloon = Template(tekst)
    sjabloon.origin.name = str(WORTEL / "templates/proef.html")

    if mag:
        assert sjabloon.render(Context()) == ""
    else:
        with pytest.raises(OnbekendeVariabele, match="roepnaam"):
            sjabloon.render(Context())
