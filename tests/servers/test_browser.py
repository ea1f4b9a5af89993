"""Which Chromium the tests take, and what happens where there is none."""

import pytest

from collectief.servers import browser
from collectief.servers.fouten import Startfout

LICHT, HEEL = "chromium-headless-shell", "chromium"


@pytest.fixture
def computer(tmp_path, monkeypatch):
    """A computer with just these programs; returns its environment and what it was asked to install."""
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)

    def met(*programmas: str, in_apt: tuple[str, ...] = (), **omgeving: str) -> tuple[dict[str, str], list[str]]:
        gevraagd: list[str] = []

        def zet_neer(naam: str) -> None:
            (tmp_path / naam).touch(mode=0o755)

        def lukt(opdracht) -> bool:
            if "install" not in opdracht:
                return True
            gevraagd.append(opdracht[-1])
            if opdracht[-1] in in_apt:
                zet_neer(opdracht[-1])
            return opdracht[-1] in in_apt

        for naam in programmas:
            zet_neer(naam)
        monkeypatch.setattr(browser, "lukt", lukt)
        monkeypatch.setenv("PATH", str(tmp_path))
        return {"PATH": str(tmp_path), **omgeving}, gevraagd

    return met


@pytest.mark.parametrize(
    ("aanwezig", "voor_tests", "voor_metingen"),
    [
        ((LICHT, HEEL), LICHT, HEEL),
        ((HEEL,), HEEL, HEEL),
        ((LICHT,), LICHT, LICHT),
        (("google-chrome",), "google-chrome", "google-chrome"),
    ],
)
def test_tests_nemen_de_lichtste_en_metingen_wat_mensen_hebben(computer, aanwezig, voor_tests, voor_metingen):
    omgeving, gevraagd = computer(*aanwezig, "apt-get")

    assert browser.vind_chromium(omgeving, licht=True).endswith(f"/{voor_tests}")
    assert browser.vind_chromium(omgeving).endswith(f"/{voor_metingen}")
    assert gevraagd == []


def test_wie_er_een_noemt_krijgt_die(computer):
    omgeving, _ = computer(LICHT, HEEL, CHROMIUM=HEEL)

    assert browser.vind_chromium(omgeving, licht=True).endswith(f"/{HEEL}")


@pytest.mark.parametrize(
    ("in_apt", "geprobeerd", "gekregen"),
    [((LICHT, HEEL), [LICHT], LICHT), ((HEEL,), [LICHT, HEEL], HEEL)],
    ids=["new Debian", "Debian without a light one"],
)
def test_waar_er_geen_is_komt_hij_uit_apt(computer, in_apt, geprobeerd, gekregen):
    omgeving, gevraagd = computer("apt-get", in_apt=in_apt, CI="true")

    assert browser.vind_chromium(omgeving, licht=True).endswith(f"/{gekregen}")
    assert gevraagd == geprobeerd


@pytest.mark.parametrize("programmas", [(), ("apt-get",)], ids=["no apt", "nothing in apt"])
def test_zonder_browser_is_ci_een_fout_en_thuis_een_zin(computer, capsys, programmas):
    omgeving, _ = computer(*programmas)

    assert browser.vind_chromium(omgeving, licht=True) is None
    assert "de browsertests doen niet mee" in capsys.readouterr().out
    with pytest.raises(Startfout, match="met CI=true horen de browsertests erbij"):
        browser.vind_chromium({**omgeving, "CI": "true"}, licht=True)
