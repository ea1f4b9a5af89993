"""A page as pieces that are compressed on their own, so that what never changes, or is kept, is compressed once.

Between them stands what is only known when the page is sent. A gzip stream may be put together from such pieces
(RFC 1951: a full flush ends at a byte and forgets what came before).
The pages that use this hold no secret and nothing of the visitor, so that their length tells nobody anything.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from isal import isal_zlib

KOP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
SLOT = b"\x03\x00"  # a last block with nothing in it
KRACHT = 1  # how hard to press, of 0 to 3: 3 makes a page a fortieth smaller, and takes twice as long


class Deel(NamedTuple):
    """A piece of a page, as it is and pressed."""

    inhoud: bytes
    gedrukt: bytes


def druk(inhoud: bytes) -> Deel:
    """Compress a piece so that others may stand before and after it."""
    pers = isal_zlib.compressobj(KRACHT, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
    return Deel(inhoud, pers.compress(inhoud) + pers.flush(isal_zlib.Z_FULL_FLUSH))


def ongedrukt(inhoud: bytes) -> Deel:
    """A short piece that is not worth pressing: stored as it is, at most 65,535 bytes."""
    lengte = len(inhoud)
    return Deel(inhoud, b"\x00" + struct.pack("<HH", lengte, lengte ^ 0xFFFF) + inhoud)


def als_gzip(delen: Sequence[Deel]) -> bytes:
    """Return the pieces as one gzip file."""
    som, lengte = 0, 0
    for deel in delen:
        som, lengte = isal_zlib.crc32(deel.inhoud, som), lengte + len(deel.inhoud)
    return b"".join([KOP, *(deel.gedrukt for deel in delen), SLOT, struct.pack("<II", som, lengte & 0xFFFFFFFF)])


def als_tekst(delen: Sequence[Deel]) -> bytes:
    return b"".join(deel.inhoud for deel in delen)
