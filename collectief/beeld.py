"""A photo from outside: judged by what is in it, and written anew.

What is kept is a picture of a sane size that we made ourselves, from nothing but the points of the original: no place,
no camera, no thumbnail of what was cut off, and nothing that another program could take for a document or a script.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore
from typing import BinaryIO

from PIL import Image, ImageOps

MEGA = 1_000_000
# Points that are taken into memory: four bytes each, and a few times that while they become a smaller picture. A JPEG
# is read at a fraction of its size, unless it is a progressive one. Measured so that a whole process stays below
# 200 MB (tests/test_beeld.py).
MAX_PUNTEN = {"JPEG": 26 * MEGA, "PNG": 9 * MEGA, "WEBP": 5 * MEGA}
MAX_PUNTEN_PROGRESSIEF = 13 * MEGA
GROOTSTE_ZIJDE = 1600
KWALITEIT = 80

# One photo at a time per process: many at once would each take their share of the memory.
_beurt = BoundedSemaphore(1)


class GeenFoto(Exception):
    """This is not a photo that we can keep; the message says why, in Dutch, for the person who chose it."""


@dataclass(frozen=True)
class Foto:
    """A WebP picture without anything else in it."""

    inhoud: bytes
    breedte: int
    hoogte: int


def maak_foto(bestand: BinaryIO) -> Foto:
    """Return the photo in `bestand`, upright, at most GROOTSTE_ZIJDE long, without any metadata. Raises GeenFoto."""
    with _beurt, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we look at the size ourselves
        try:
            beeld = Image.open(bestand, formats=list(MAX_PUNTEN))
            _weiger_te_veel_punten(beeld)
            return _schrijf(_verklein(beeld))
        except GeenFoto:
            raise
        except Image.DecompressionBombError as fout:
            raise GeenFoto("Deze foto heeft te veel beeldpunten. Kies een kleinere.") from fout
        except Exception as fout:  # a broken file makes a decoder raise anything; it all means the same
            raise GeenFoto(
                "Dit kunnen we niet als foto lezen. Kies een JPEG-, PNG- of WebP-bestand, of maak een schermafdruk."
            ) from fout


def _weiger_te_veel_punten(beeld: Image.Image) -> None:
    """Look at the size that the file tells, before any point of it is unpacked."""
    breedte, hoogte = beeld.size
    soort = "JPEG" if beeld.format == "MPO" else beeld.format  # what phones make of a JPEG with a second picture
    mag = MAX_PUNTEN_PROGRESSIEF if beeld.info.get("progressive") else MAX_PUNTEN[soort]
    if breedte * hoogte > mag:
        raise GeenFoto(
            f"Deze foto is {breedte} bij {hoogte} beeldpunten. Dat is te groot: kies er een van hooguit "
            f"{mag // MEGA} miljoen beeldpunten."
        )


def _verklein(beeld: Image.Image) -> Image.Image:
    """Read the points, no more of them than needed, and turn the picture upright."""
    straks = [max(1, zijde * GROOTSTE_ZIJDE // max(beeld.size)) for zijde in beeld.size]
    beeld.draft("RGB", tuple(straks))  # asked for a square, it would read every point of a photo of 4 by 3
    if beeld.mode not in ("L", "RGB"):
        beeld = _op_wit(beeld)
    beeld.thumbnail((GROOTSTE_ZIJDE, GROOTSTE_ZIJDE), reducing_gap=2)
    return ImageOps.exif_transpose(beeld)


def _op_wit(beeld: Image.Image) -> Image.Image:
    """Indexed and printing colours become plain ones; what was transparent becomes paper."""
    if not beeld.has_transparency_data:
        gekleurd = beeld.convert("RGB")
    else:
        doorzichtig = beeld.convert("RGBA")
        gekleurd = Image.new("RGB", beeld.size, "white")
        gekleurd.paste(doorzichtig, mask=doorzichtig.getchannel("A"))
    gekleurd.getexif().update(beeld.getexif())
    return gekleurd


def _schrijf(beeld: Image.Image) -> Foto:
    """Put the points on a new sheet, so that nothing else of the file comes along."""
    blad = Image.new("RGB", beeld.size)
    blad.paste(beeld)
    uit = BytesIO()
    blad.save(uit, "WEBP", quality=KWALITEIT)
    return Foto(uit.getvalue(), *blad.size)
