"""Static files as they are served: hashed and compressed by WhiteNoise, and our style sheets without what is for us."""

import re
from collections.abc import Iterator
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENTAAR = re.compile(r"/\*.*?\*/", re.DOTALL)
LUCHT = re.compile(r"\s*([{};])\s*")
LEEG = re.compile(r"\s+")
EIGEN = "css/"


def zonder_lucht(css: str) -> str:
    """Leave comments, line ends and indentation out. Our sheets have no text in which these mean something.

    Not rcssmin: inside a layer it takes `.a :is(b)` for a declaration, and glues it to `.a:is(b)`.
    """
    return LUCHT.sub(r"\1", LEEG.sub(" ", COMMENTAAR.sub("", css))).replace(": ", ":").replace(", ", ",").strip()


class StatischeBestanden(CompressedManifestStaticFilesStorage):
    """Every first visitor waits for the style sheets, and a seventh of their bytes is for whoever writes them."""

    def post_process(self, paths: dict, dry_run: bool = False, **options) -> Iterator:  # noqa: FBT001, FBT002 (Django's)
        if not dry_run:
            paths = {naam: self._verslankt(naam, *waar) for naam, waar in paths.items()}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _verslankt(self, naam: str, opslag, pad: str) -> tuple:
        """Write one of our style sheets slimmer than it was collected; from there it is hashed and compressed."""
        if not (naam.startswith(EIGEN) and naam.endswith(".css")):
            return opslag, pad
        with opslag.open(pad) as bron:
            css = bron.read().decode()
        Path(self.path(naam)).write_text(zonder_lucht(css))
        return self, naam
