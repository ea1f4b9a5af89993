"""A photo from outside becomes a picture of ours, or a sentence."""

import json
import os
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from collectief.beeld import GROOTSTE_ZIJDE, GeenFoto, maak_foto
from tests.trajecten.momenten import beeld

WORTEL = Path(__file__).resolve().parents[1]


def lees(foto) -> Image.Image:
    return Image.open(BytesIO(foto.inhoud))


def met_exif(**tags) -> bytes:
    exif = Image.Exif()
    for naam, waarde in tags.items():
        exif[ExifTags.Base[naam]] = waarde
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 5.0, 7.0)
    return beeld(maat=(60, 20), exif=exif, comment=b"de geheime plek", icc_profile=b"icc" * 50)


@pytest.mark.parametrize("soort", ["JPEG", "PNG", "WEBP"])
def test_what_comes_out_is_a_webp_picture_of_the_same_colour(soort):
    foto = maak_foto(BytesIO(beeld(soort, kleur="teal")))

    uit = lees(foto)
    assert (uit.format, uit.size, (foto.breedte, foto.hoogte)) == ("WEBP", (40, 30), (40, 30))
    assert uit.getpixel((20, 15)) == pytest.approx((0, 128, 128), abs=8)


def test_place_camera_and_comment_are_gone():
    foto = maak_foto(BytesIO(met_exif(Make="Camera van Bo", Software="x" * 40)))

    uit = lees(foto)
    assert dict(uit.getexif()) == {}
    assert {"exif", "icc_profile", "xmp", "comment"} & set(uit.info) == set()
    assert not any(resten in foto.inhoud for resten in (b"Camera van Bo", b"geheime", b"iccicc", b"GPS"))


def test_a_photo_that_was_held_sideways_stands_upright():
    foto = maak_foto(BytesIO(met_exif(Orientation=6)))

    assert (foto.breedte, foto.hoogte) == (20, 60)


def test_a_large_photo_becomes_smaller_in_the_same_shape():
    foto = maak_foto(BytesIO(beeld(maat=(4000, 2000))))

    assert (foto.breedte, foto.hoogte) == (GROOTSTE_ZIJDE, GROOTSTE_ZIJDE // 2)


@pytest.mark.parametrize("modus", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_any_way_to_store_colours_is_read(modus):
    uit = BytesIO()
    bron = Image.new("L", (30, 30), 200)
    (bron.convert("I").convert("I;16") if modus == "I;16" else bron.convert(modus)).save(uit, "PNG")

    assert maak_foto(BytesIO(uit.getvalue())).breedte == 30


def test_what_was_transparent_becomes_paper():
    uit = BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(uit, "PNG")

    assert lees(maak_foto(BytesIO(uit.getvalue()))).getpixel((10, 10)) == (255, 255, 255)


def png_van(breedte: int, hoogte: int) -> bytes:
    """A picture of a few bytes that says it is very large."""
    kop = struct.pack(">IIBBBBB", breedte, hoogte, 8, 2, 0, 0, 0)
    delen = [(b"IHDR", kop), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(inhoud)) + naam + inhoud + struct.pack(">I", zlib.crc32(naam + inhoud))
        for naam, inhoud in delen
    )


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (png_van(30_000, 30_000), "te veel beeldpunten"),
        (png_van(10_000, 10_000), "Deze foto is 10000 bij 10000 beeldpunten."),
        (png_van(3_001, 3_000), "hooguit 9 miljoen beeldpunten"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "niet als foto lezen"),
        (beeld("GIF"), "niet als foto lezen"),
        (beeld("TIFF"), "niet als foto lezen"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "niet als foto lezen"),
        (beeld()[:200], "niet als foto lezen"),
        (png_van(300, 300), "niet als foto lezen"),
        (b"", "niet als foto lezen"),
    ],
    ids=["30000", "10000", "net te groot", "pdf", "gif", "tiff", "svg", "afgebroken", "zonder punten", "leeg"],
)
def test_what_is_no_photo_gets_a_sentence(inhoud, zin):
    with pytest.raises(GeenFoto, match=zin):
        maak_foto(BytesIO(inhoud))


@given(
    plek=st.integers(0, 2_000), erin=st.binary(min_size=1, max_size=40), soort=st.sampled_from(["JPEG", "PNG", "WEBP"])
)
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_a_photo_or_a_sentence_and_nothing_else(plek, erin, soort):
    heel = bytearray(beeld(soort))
    plek %= len(heel)
    heel[plek : plek + len(erin)] = erin

    with suppress(GeenFoto):
        assert lees(maak_foto(BytesIO(bytes(heel)))).format == "WEBP"


@pytest.mark.parametrize(
    ("maat", "wordt"), [((4000, 3000), (1600, 1200)), ((3000, 4000), (1200, 1600)), ((3300, 1), (1600, 1))]
)
def test_a_photo_keeps_its_shape_also_when_it_is_read_at_a_fraction(maat, wordt):
    foto = maak_foto(BytesIO(beeld("JPEG", maat=maat)))

    assert (foto.breedte, foto.hoogte) == wordt


METEN = """
import io, json, sys
import django
django.setup()
import collectief.urls
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from collectief.beeld import maak_foto

class Stroom(io.RawIOBase):
    kop = b'--g\\r\\nContent-Disposition: form-data; name="foto"; filename="f.jpg"\\r\\n\\r\\n'
    staart = b'\\r\\n--g\\r\\nContent-Disposition: form-data; name="tekst"\\r\\n\\r\\nbleef\\r\\n--g--\\r\\n'
    rest = 40_000_000
    lengte = len(kop) + rest + len(staart)

    def read(self, n=-1):
        n = 65536 if n < 0 else n
        if self.kop:
            uit, self.kop = self.kop, b""
        elif self.rest:
            uit = b"x" * min(n, self.rest)
            self.rest -= len(uit)
        else:
            uit, self.staart = self.staart[:n], self.staart[n:]
        return uit

omgeving = RequestFactory().post("/").environ | {"CONTENT_TYPE": "multipart/form-data; boundary=g"}
vraag = WSGIRequest(omgeving | {"wsgi.input": Stroom(), "CONTENT_LENGTH": str(Stroom.lengte)})
te_groot = vraag.FILES["foto"]
uitkomst = {"upload": [vraag.POST["tekst"], te_groot.size, len(te_groot.read())], "fotos": []}
for pad in sys.argv[1:]:
    with open(pad, "rb") as bestand:
        uitkomst["fotos"].append(maak_foto(bestand).breedte)
[piek] = [int(regel.split()[1]) // 1024 for regel in open("/proc/self/status") if regel.startswith("VmHWM")]
print(json.dumps(uitkomst | {"piek": piek}))
"""
GROOTSTE = [("JPEG", (5800, 4400), {}), ("JPEG", (4000, 3000), {"progressive": True}), ("PNG", (3600, 2500), {})]


def test_a_process_that_gets_the_largest_files_stays_below_two_hundred_megabytes(tmp_path):
    """Measured in a process of its own: an upload of 40 MB, and the largest photos that we take."""
    for soort, maat, opties in GROOTSTE:
        (tmp_path / f"{soort}{maat}").write_bytes(beeld(soort, maat=maat, **opties))
    opdracht = [sys.executable, "-c", METEN, *map(str, tmp_path.iterdir())]
    omgeving = {**os.environ, "DJANGO_SETTINGS_MODULE": "collectief.settings"}

    klaar = subprocess.run(opdracht, cwd=WORTEL, env=omgeving, capture_output=True, text=True, check=False)

    assert klaar.returncode == 0, klaar.stderr[-800:]
    gemeten = json.loads(klaar.stdout)
    assert gemeten["upload"] == ["bleef", 40_000_000, 0]
    assert gemeten["fotos"] == [GROOTSTE_ZIJDE] * 3
    assert gemeten["piek"] < 200  # of which about 120 are the platform itself
