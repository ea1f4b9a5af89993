"""Colours read from the stylesheet, and the contrast between two of them (WCAG 2.2, relative luminance)."""

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "css"


def _kanalen(kleur: str) -> list[float]:
    cijfers = kleur.lstrip("#")
    if len(cijfers) == 3:
        cijfers = "".join(cijfer * 2 for cijfer in cijfers)
    return [int(cijfers[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def _helderheid(kleur: str) -> float:
    rood, groen, blauw = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in _kanalen(kleur))
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def contrast(een: str, ander: str) -> float:
    """Contrast ratio of two hex colours, between 1 and 21."""
    licht, donker = sorted((_helderheid(een), _helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def kleuren() -> dict[str, dict[str, str]]:
    """The colour tokens per scheme: {"licht": {"papier": "#fbf7ef", …}, "donker": {…}}."""
    tekst = (CSS / "tokens.css").read_text()
    licht, donker = tekst.split("prefers-color-scheme: dark")
    patroon = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")
    basis = dict(patroon.findall(licht))
    return {"licht": basis, "donker": basis | dict(patroon.findall(donker))}
