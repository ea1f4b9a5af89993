"""Find Chromium for tests, measurements and pictures, or get it where we may."""

import os
import shutil
from collections.abc import Mapping

from .fouten import Startfout
from .processen import lukt
from .scherm import stap, zeg

_LICHT = ("chromium-headless-shell",)  # the same pages without windows, for little more than half the work
_HEEL = ("chromium", "chromium-browser", "google-chrome")
_APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get")


def vind_chromium(omgeving: Mapping[str, str], *, licht: bool = False) -> str | None:
    """The path of a browser; installs it when we are root on a system with apt.

    None when there is none and the tests may do without. Raises Startfout with CI=true: there it has to be tested.
    """
    gevonden = zoek_chromium(omgeving, licht=licht)
    if not gevonden and _installeer(licht=licht):
        gevonden = zoek_chromium(omgeving, licht=licht)
    if gevonden:
        return gevonden
    if omgeving.get("CI") == "true":
        raise Startfout("Chromium ontbreekt en is niet te installeren; met CI=true horen de browsertests erbij.")
    zeg("Chromium ontbreekt: de browsertests doen niet mee. Installeer chromium of zet CHROMIUM op het pad erheen.")
    return None


def zoek_chromium(omgeving: Mapping[str, str], *, licht: bool = False) -> str | None:
    """The path of the browser that CHROMIUM names, or else of the first one that is here.

    Tests take the light one when they can choose, to be done sooner; who measures or takes pictures, what people have.
    """
    namen = (omgeving["CHROMIUM"],) if omgeving.get("CHROMIUM") else _volgorde(licht=licht)
    return next((pad for naam in namen if (pad := shutil.which(naam, path=omgeving.get("PATH")))), None)


def _volgorde(*, licht: bool) -> tuple[str, ...]:
    return (*_LICHT, *_HEEL) if licht else (*_HEEL, *_LICHT)


def _installeer(*, licht: bool) -> bool:
    """apt-get, as root only; False where that does not work. Not every Debian has a light one."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    pakketten = (*_LICHT, _HEEL[0]) if licht else _HEEL[:1]
    with stap("Chromium installeren"):
        return lukt([*_APT, "update"]) and any(
            lukt([*_APT, "install", "-y", "--no-install-recommends", pakket]) for pakket in pakketten
        )
