"""A set of positions as one whole number with a bit for each: combining is `&`, counting is `bit_count()`."""

from collections.abc import Iterable, Iterator


def als_bits(nummers: Iterable[int], aantal: int) -> int:
    """Return the number whose bits at these positions are set."""
    bits = bytearray(aantal // 8 + 1)
    for nummer in nummers:
        bits[nummer >> 3] |= 1 << (nummer & 7)
    return int.from_bytes(bits, "little")


def laagste(bits: int) -> int:
    """Return the position of the first bit that is set; 0 when there is none."""
    return max((bits & -bits).bit_length() - 1, 0)


def nummers_van(bits: int) -> Iterator[int]:
    """Yield the positions of the bits that are set, low before high."""
    begin = laagste(bits)  # what lies together is some way up: skip to there at once
    tekens = bin(bits >> begin)[:1:-1]
    nummer = tekens.find("1")
    while nummer >= 0:
        yield begin + nummer
        nummer = tekens.find("1", nummer + 1)
