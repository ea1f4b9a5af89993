"""Tables that were made to do harm, or damaged on the way."""

import io
import zipfile
from contextlib import suppress

import pytest

from collectief.tabel import OnleesbareTabel, lees_tabel
from tests.initiatieven.test_inlezen import GOED, als_csv, als_xlsx


def anders_verpakt(rekenblad: bytes, wat: bytes, wordt: bytes) -> bytes:
    """The same spreadsheet with something else in its first sheet."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rekenblad)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            nieuw.writestr(naam, oud.read(naam).replace(wat, wordt) if naam.endswith("sheet1.xml") else oud.read(naam))
    return uit.getvalue()


def test_a_cell_far_below_the_others_is_refused_before_we_count_up_to_it():
    ver_weg = anders_verpakt(als_xlsx(GOED), rb'<row r="2"', b'<row r="900000000"')

    with pytest.raises(OnleesbareTabel, match=r"Na rij 1 staan meer dan 10\.000 lege rijen"):
        lees_tabel(ver_weg)


def test_empty_rows_between_do_no_harm():
    assert len(lees_tabel(als_csv(GOED) + b";\r\n" * 300 + als_csv(GOED)).rijen) == 3


def test_a_spreadsheet_that_was_damaged_on_the_way_is_refused_in_words():
    for plek in range(40, 1400, 9):
        stuk = bytearray(als_xlsx(GOED))
        stuk[plek] ^= 0x55
        with suppress(OnleesbareTabel):
            lees_tabel(bytes(stuk))
