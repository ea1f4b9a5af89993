"""./dev keuring says what is known of the packages, and never that all is well when nobody could tell."""

import re
from collections.abc import Callable

import pytest

from collectief.servers.lekken import ONBEREIKBAAR, beoordeel, keur_pakketten
from collectief.servers.omgeving import WORTEL

GOED = {"name": "django", "version": "6.1", "vulns": []}
LEK = {"name": "pillow", "version": "1.0", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1"]}]}
STIL = {"name": "redis", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("pakketten", "code", "zin"),
    [
        ([GOED], 0, "Van 1 pakketten is geen lek bekend."),
        ([GOED, LEK], 1, "pillow 1.0: CVE-2026-1 (opgelost in: 1.1)"),
        ([GOED, STIL], 2, "Niet nagekeken: redis."),
        ([LEK, STIL], 1, "CVE-2026-1"),
        ([STIL], 2, ONBEREIKBAAR),
        ([], 2, ONBEREIKBAAR),
    ],
)
def test_what_is_known_of_the_packages(capsys, pakketten, code, zin):
    assert beoordeel(pakketten) == code
    gezegd = capsys.readouterr()
    assert zin in gezegd.out + gezegd.err


@pytest.fixture
def uv(monkeypatch, tmp_path) -> Callable[[str], None]:
    """Let this shell script stand where uv would run pip-audit."""
    pad = tmp_path / "uv"
    monkeypatch.setenv("COLLECTIEF_UV", str(pad))

    def zet(script: str) -> None:
        pad.write_text(f"#!/bin/sh\n{script}\n")
        pad.chmod(0o755)

    return zet


@pytest.mark.parametrize("script", ["exit 1", "echo geen json", "echo null", "echo '[]'", """echo '{"fixes": []}'"""])
def test_without_an_answer_it_says_so_in_one_sentence(capsys, uv, script):
    uv(script)

    assert keur_pakketten([]) == 2
    assert capsys.readouterr().err.strip() == ONBEREIKBAAR


# What pip-audit 2 writes with `--format json`, in full; its exit code is 1 when it found something.
ANTWOORD = """{"dependencies": [
 {"name": "asgiref", "version": "3.11.0", "vulns": []},
 {"name": "flask", "version": "0.5", "vulns": [
  {"id": "PYSEC-2019-179", "fix_versions": ["1.0"], "aliases": ["CVE-2019-1010083", "GHSA-5wv5-4vpf-pj6m"],
   "description": "The Pallets Project Flask before 1.0 is affected by: unexpected memory usage."},
  {"id": "PYSEC-2018-66", "fix_versions": [], "aliases": [], "description": "Improper input validation."}]}],
 "fixes": []}"""


def test_the_answer_of_pip_audit_is_read_whole(capsys, uv):
    uv(f"cat <<'EINDE'\n{ANTWOORD}\nEINDE\nexit 1")

    assert keur_pakketten([]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "flask 0.5: PYSEC-2019-179 (opgelost in: 1.0)",
        "flask 0.5: PYSEC-2018-66 (opgelost in: er is nog geen betere versie)",
    ]


def test_every_locked_package_is_asked_about(capsys, uv, tmp_path):
    uv(f'echo "$@" > {tmp_path}/gevraagd; echo \'{{"dependencies": [], "fixes": []}}\'')

    keur_pakketten([])

    gevraagd = (tmp_path / "gevraagd").read_text()
    assert "pip-audit --requirement requirements-dev.txt --require-hashes" in gevraagd
    assert set(_namen("requirements.txt")) <= set(_namen("requirements-dev.txt"))


def _namen(bestand: str) -> list[str]:
    return re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==", (WORTEL / bestand).read_text(), re.MULTILINE)
