"""Static files as they are served: hashed and compressed by WhiteNoise, and some of them made lighter to receive."""

import re
from collections.abc import Iterator
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENTAAR = re.compile(r"/\*.*?\*/", re.DOTALL)
LUCHT = re.compile(r"\s*([{};])\s*")
LEEG = re.compile(r"\s+")
EIGEN = "css/"
LEAFLET = "leaflet/leaflet.js"
# One large function that is called at once. Told so, a browser compiles it while it arrives, and not a second time in
# the task that runs it: on a slow telephone that is a fifth of the longest task of opening the map.
METEEN = "//# allFunctionsCalledOnLoad\n"


def zonder_lucht(css: str) -> str:
    """Leave comments, line ends and indentation out. Our sheets have no text in which these mean something.

    Not rcssmin: inside a layer it takes `.a :is(b)` for a declaration, and glues it to `.a:is(b)`.
    """
    return LUCHT.sub(r"\1", LEEG.sub(" ", COMMENTAAR.sub("", css))).replace(": ", ":").replace(", ", ",").strip()


class StatischeBestanden(CompressedManifestStaticFilesStorage):
    """Every first visitor waits for the style sheets, and a seventh of their bytes is for whoever writes them."""

    def post_process(self, paths: dict, dry_run: bool = False, **options) -> Iterator:  # noqa: FBT001, FBT002 (Django's)
        if not dry_run:
            paths = {naam: self._verlicht(naam, *waar) for naam, waar in paths.items()}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _verlicht(self, naam: str, opslag, pad: str) -> tuple:
        """Write a file that can be lighter anew after it was collected; from there it is hashed and compressed."""
        if naam.startswith(EIGEN) and naam.endswith(".css"):
            maak = zonder_lucht
        elif naam == LEAFLET:
            maak = METEEN.__add__
        else:
            return opslag, pad
        with opslag.open(pad) as bron:
            tekst = bron.read().decode()
        Path(self.path(naam)).write_text(maak(tekst))
        return self, naam
