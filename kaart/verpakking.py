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
    """A short piece of a page, as it is and pressed."""

    inhoud: bytes
    gedrukt: bytes


class Begin(NamedTuple):
    """The long piece that a page begins with. Only pressed: that is a quarter, and hardly anybody asks for the rest."""

    gedrukt: bytes
    som: int  # of a gzip file, so far
    lengte: int

    @property
    def inhoud(self) -> bytes:
        return isal_zlib.decompressobj(-isal_zlib.MAX_WBITS).decompress(self.gedrukt)


def _druk(inhoud: bytes) -> bytes:
    """Compress a piece so that others may stand before and after it."""
    pers = isal_zlib.compressobj(KRACHT, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
    return pers.compress(inhoud) + pers.flush(isal_zlib.Z_FULL_FLUSH)


def begin(inhoud: bytes) -> Begin:
    return Begin(_druk(inhoud), isal_zlib.crc32(inhoud), len(inhoud))


def druk(inhoud: bytes) -> Deel:
    return Deel(inhoud, _druk(inhoud))


def ongedrukt(inhoud: bytes) -> Deel:
    """A piece that is not worth pressing: stored as it is, at most 65,535 bytes."""
    lengte = len(inhoud)
    return Deel(inhoud, b"\x00" + struct.pack("<HH", lengte, lengte ^ 0xFFFF) + inhoud)


def als_gzip(eerst: Begin, delen: Sequence[Deel]) -> bytes:
    """Return the pieces as one gzip file."""
    som, lengte = eerst.som, eerst.lengte
    for deel in delen:
        som, lengte = isal_zlib.crc32(deel.inhoud, som), lengte + len(deel.inhoud)
    gedrukt = [deel.gedrukt for deel in delen]
    return b"".join([KOP, eerst.gedrukt, *gedrukt, SLOT, struct.pack("<II", som, lengte & 0xFFFFFFFF)])


def als_tekst(eerst: Begin, delen: Sequence[Deel]) -> bytes:
    return b"".join([eerst.inhoud, *(deel.inhoud for deel in delen)])
