"""The code on a shortlist leads back to it, read by another package than the one that drew it."""

import io
import re

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page

from kaart.lijstjes import lijst_pad, qr_code

MODULE = 6  # points


def gelezen(beeld: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(beeld.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)]


def geschilderd(svg: str) -> Image.Image:
    """Paint the squares of the drawing, and nothing around it: the white rim has to be in it."""
    maat = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    beeld = Image.new("L", (maat, maat), 255)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        beeld.putpixel((int(x), int(y)), 0)
    return beeld.resize((maat * MODULE, maat * MODULE), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    ("nummers", "q"), [([1], ""), ([12, 45, 7], "7201"), ([9] * 3, "Sint Jansteen, Hulst"), (range(14_000, 14_030), "")]
)
def test_a_telephone_reads_the_address_of_the_list(nummers, q):
    pad = lijst_pad(list(nummers), q)

    assert gelezen(geschilderd(qr_code(pad))) == [settings.BASIS_URL + pad]


def test_four_modules_around_the_code_stay_white_as_the_standard_asks():
    svg = qr_code(lijst_pad([12, 45, 7], "7201"))  # ISO/IEC 18004: without that rim some cameras find no code

    maat = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    xs, ys = zip(*((int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg)), strict=True)

    assert (min(xs), min(ys), max(xs), max(ys)) == (4, 4, maat - 5, maat - 5)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "waarop", [{"media": "screen"}, {"media": "screen", "color_scheme": "dark"}, {"media": "print"}], ids=str
)
def test_the_page_shows_it_so_that_a_camera_reads_it(live_server, page: Page, maak_plek, waarop):
    plek = maak_plek("De Wilgenhoek")
    page.emulate_media(**waarop)
    page.goto(f"{live_server.url}/kaart/lijstje/?p={plek.pk}")

    foto = page.locator("svg.qr").screenshot()

    assert gelezen(Image.open(io.BytesIO(foto))) == [f"{settings.BASIS_URL}/kaart/lijstje/?p={plek.pk}"]
