"""./dev keuring says what is known of the packages, and never that all is well when nobody could tell."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from collectief.servers.lekken import ONBEREIKBAAR, beoordeel, keur_pakketten
from collectief.servers.lekkenlijst import zoek
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


ZO_STAAT_HET_ER = """id: PYSEC-2026-9
published: '2026-10-01T08:00:00Z'
modified: '2026-11-20T09:30:00Z'
aliases: [CVE-2026-99]
{ingetrokken}affected:
- package: {{ecosystem: {soort}, name: Django_Leaflet, purl: pkg:pypi/django-leaflet}}
  ranges:
  - type: GIT
    repo: https://voorbeeld.example/code
    events: [{{introduced: '0'}}, {{fixed: 0123abc}}]
{reeks}"""


def _lijst(map_: Path, reeks: str, *, soort: str = "PyPI", ingetrokken: str = "") -> Path:
    """A copy of the list with one leak in it, written as the real one is."""
    (map_ / "vulns/django-leaflet").mkdir(parents=True)
    inhoud = ZO_STAAT_HET_ER.format(reeks=reeks, soort=soort, ingetrokken=ingetrokken)
    (map_ / "vulns/django-leaflet/PYSEC-2026-9.yaml").write_text(inhoud)
    return map_


def _tussen(*gebeurtenissen: str) -> str:
    stappen = "".join(f"    - {{{gebeurtenis}}}\n" for gebeurtenis in gebeurtenissen)
    return f"  - type: ECOSYSTEM\n    events:\n{stappen}"


TWEE_TAKKEN = _tussen("introduced: '0'", "fixed: 0.9.3", "introduced: 1.0.0", "fixed: 1.2.0")


@pytest.mark.parametrize(
    ("reeks", "versie", "beter"),
    [
        (TWEE_TAKKEN, "0.9.2", ["0.9.3", "1.2.0"]),
        (TWEE_TAKKEN, "0.9.3", None),
        (TWEE_TAKKEN, "0.10", None),  # as versions, not as words
        (TWEE_TAKKEN, "1.0.0rc1", None),
        (TWEE_TAKKEN, "1.0", ["1.2.0"]),
        (TWEE_TAKKEN, "1.2.0.dev1", ["1.2.0"]),
        (TWEE_TAKKEN, "1.2", None),
        (TWEE_TAKKEN, "1!0.1", None),  # an epoch is above everything without one
        (_tussen("introduced: '1!0'", "fixed: '1!2'"), "3.0", None),
        (_tussen("introduced: '1!0'", "fixed: '1!2'"), "1!1.9", ["1!2"]),
        (_tussen("introduced: 1.1", "last_affected: 1.4"), "1.4.0", []),
        (_tussen("introduced: 1.1", "last_affected: 1.4"), "1.4.1", None),
        (_tussen("introduced: '0'"), "99", []),
        ("  versions: ['1.0', 1.1, 'heel oud']\n", "1.0.0", []),
        ("  versions: ['1.0', 1.1, 'heel oud']\n", "1.1", []),
        ("  versions: ['1.0', 1.1, 'heel oud']\n", "1.2", None),
    ],
)
def test_a_copy_of_the_list_knows_which_versions_leak(tmp_path, reeks, versie, beter):
    (pakket,) = zoek(_lijst(tmp_path, reeks), f"django-leaflet=={versie} \\\n    --hash=sha256:0\n")

    gevonden = [] if beter is None else [{"id": "PYSEC-2026-9", "fix_versions": beter}]
    assert pakket == {"name": "django-leaflet", "version": versie, "vulns": gevonden}


@pytest.mark.parametrize("anders", [{"soort": "npm"}, {"ingetrokken": "withdrawn: '2026-11-21T00:00:00Z'\n"}])
def test_what_was_withdrawn_or_is_about_another_world_is_no_leak(tmp_path, anders):
    lijst = _lijst(tmp_path, _tussen("introduced: '0'"), **anders)

    assert zoek(lijst, "django-leaflet==1.0 ; sys_platform == 'win32' \\\n")[0]["vulns"] == []


def test_every_locked_package_is_looked_up_in_the_copy_and_its_age_is_said(capsys, tmp_path):
    code = keur_pakketten(["--lijst", str(_lijst(tmp_path, _tussen("introduced: '0'", "fixed: '99'")))])

    gezegd = capsys.readouterr()
    assert code == 1
    assert gezegd.err.startswith("django-leaflet ")
    assert gezegd.err.endswith("PYSEC-2026-9 (opgelost in: 99)\n")
    assert "bijgewerkt tot 20-11-2026" in gezegd.out
    assert len(zoek(tmp_path, (WORTEL / "requirements-dev.txt").read_text())) == len(_namen("requirements-dev.txt"))


def test_a_folder_without_a_list_is_no_good_news(capsys, tmp_path):
    assert keur_pakketten(["--lijst", str(tmp_path)]) == 2
    assert "geen lijst met lekken" in capsys.readouterr().err


def test_of_every_package_in_production_stands_what_is_known_of_this_version():
    """A newer version asks for a new look: `./dev keuring`, and what came of it in docs/keuring.md."""
    tekst = (WORTEL / "docs/keuring.md").read_text()
    opgeschreven = re.findall(r"^\| `([a-z0-9.-]+)` \| (\S+) \|", tekst, re.MULTILINE)
    vergrendeld = re.findall(r"^([a-z0-9.-]+)==(\S+)", (WORTEL / "requirements.txt").read_text(), re.MULTILINE)

    assert opgeschreven == vergrendeld


def _namen(bestand: str) -> list[str]:
    return re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==", (WORTEL / bestand).read_text(), re.MULTILINE)
