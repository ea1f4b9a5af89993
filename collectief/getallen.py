"""Whole numbers as they come in from outside."""

GROOTSTE_SLEUTEL = 2**63 - 1  # of a bigint, as our primary keys are


def als_getal(tekst: str, hoogste: int = GROOTSTE_SLEUTEL) -> int | None:
    """Return the number that these digits say, from 0 to `hoogste`; None for anything else.

    Only plain digits count, and no more of them than `hoogste` has: Python reads those of every script, and takes long
    over very many.
    """
    if not (tekst.isascii() and tekst.isdecimal() and len(tekst) <= len(str(hoogste))):
        return None
    getal = int(tekst)
    return getal if getal <= hoogste else None
