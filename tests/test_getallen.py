"""Numbers from outside: plain digits that fit, and nothing else."""

import pytest

from collectief.getallen import als_getal


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        ("0", 0),
        ("12", 12),
        ("9223372036854775807", 9223372036854775807),
        ("9223372036854775808", None),
        ("9" * 1_000_000, None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        (" 1", None),
        ("1_0", None),
        ("٣", None),
        ("²", None),
    ],
)
def test_only_plain_digits_that_fit_are_a_number(tekst, getal):
    assert als_getal(tekst) == getal


@pytest.mark.parametrize(("tekst", "getal"), [("99", 99), ("100", None), ("58", 58), ("59", 59), ("60", 60)])
def test_a_number_fits_up_to_the_highest(tekst, getal):
    assert als_getal(tekst, 99) == getal


def test_the_highest_itself_decides_and_not_only_its_length():
    assert (als_getal("60", 60), als_getal("61", 60)) == (60, None)
