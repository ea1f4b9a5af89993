"""Find Chromium for the browser tests, or get it where we may."""

import os
import shutil
from collections.abc import Mapping

from .fouten import Startfout
from .processen import lukt
from .scherm import stap, zeg

_NAMEN = ("chromium", "chromium-browser", "google-chrome")


def vind_chromium(omgeving: Mapping[str, str]) -> str | None:
    """The path of a browser; installs it when we are root on a system with apt.

    None when there is none and the tests may do without. Raises Startfout with CI=true: there it has to be tested.
    """
    gevonden = zoek_chromium(omgeving) or (_installeer() and zoek_chromium(omgeving))
    if gevonden:
        return gevonden
    if omgeving.get("CI") == "true":
        raise Startfout("Chromium ontbreekt en is niet te installeren; met CI=true horen de browsertests erbij.")
    zeg("Chromium ontbreekt: de browsertests doen niet mee. Installeer chromium of zet CHROMIUM op het pad erheen.")
    return None


def zoek_chromium(omgeving: Mapping[str, str]) -> str | None:
    """The path of the browser that CHROMIUM names, or else of the first one that is here."""
    namen = (omgeving["CHROMIUM"],) if omgeving.get("CHROMIUM") else _NAMEN
    return next((pad for naam in namen if (pad := shutil.which(naam, path=omgeving.get("PATH")))), None)


def _installeer() -> bool:
    """apt-get, as root only; False where that does not work."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    apt = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    with stap("Chromium installeren"):
        return lukt([*apt, "update"]) and lukt([*apt, "install", "-y", "--no-install-recommends", "chromium"])
