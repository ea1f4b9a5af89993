"""No citizen service number in any text: the elfproef, written out by hand."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from trajecten.validators import geen_bsn, is_bsn


@pytest.mark.parametrize(
    ("cijfers", "uitkomst"),
    [
        ("111222333", True),  # 9+8+7+12+10+8+9+6-3 = 66
        ("123456782", True),  # 9+16+21+24+25+24+21+16-2 = 154
        ("123456789", False),
        ("111222334", False),
        ("000000000", False),  # eleven goes into nothing, but nobody has this number
    ],
)
def test_the_elfproef(cijfers, uitkomst):
    assert is_bsn(cijfers) is uitkomst


@pytest.mark.parametrize(
    "tekst",
    [
        "111222333",
        "Nummer 111222333.",
        "bsn:111222333",
        "nr.111222333",
        "1112.22.333",
        "111-222-333",
        "111 222 333",
        "111\u00a0222\u00a0333",
        "111\u2011222\u2011333",
        "tel 06-12345678 en 123456782",
        "tel +31 6 11122233, bsn 111222333",
        "31 111222333",
        "x" * 5000 + "111222333",
    ],
)
def test_a_number_that_passes_is_refused_however_it_is_written(tekst):
    with pytest.raises(ValidationError, match="BSN"):
        geen_bsn(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "Samen soep gekookt.",
        "123456789",  # nine digits that do not pass
        "1112223330",  # ten digits
        "0612345678",  # a telephone number
        "+31 612345678 en +31 611122236",  # so is this, though its last nine digits pass
        "+31 (0)6 11122236",
        "0031-611122236",
        "14-09-2023 en 15-11-2023",
        "NL91 ABNA 0417 1643 00",
    ],
)
def test_other_numbers_stay(tekst):
    geen_bsn(tekst)


@given(st.text(alphabet="0123456789 .-", max_size=2000))
def test_any_row_of_digits_is_judged_without_breaking(tekst):
    with contextlib.suppress(ValidationError):
        geen_bsn(tekst)
