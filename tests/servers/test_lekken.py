"""./dev keuring says what is known of the packages, and never that all is well when nobody could tell."""

import pytest

from collectief.servers.lekken import ONBEREIKBAAR, beoordeel, keur_pakketten

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


@pytest.mark.parametrize("script", ["exit 1", "echo geen json", "echo null"])
def test_without_an_answer_it_says_so_in_one_sentence(capsys, monkeypatch, tmp_path, script):
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\n{script}\n")
    uv.chmod(0o755)
    monkeypatch.setenv("COLLECTIEF_UV", str(uv))

    assert keur_pakketten([]) == 2
    assert capsys.readouterr().err.strip() == ONBEREIKBAAR
