"""What a text about a young person may not hold, and which day cannot have been."""

import re

from django.core.exceptions import ValidationError

from initiatieven.validators import niet_in_de_toekomst

__all__ = ["geen_bsn", "is_bsn", "niet_in_de_toekomst"]

TUSSEN = r"[ .,/\-\u00a0\u202f\u2010-\u2015]?"  # what people put between the digits
LANDNUMMER = rf"(?:\+|(?<!\d)00)31{TUSSEN}(?:\(0\){TUSSEN})?"  # what follows is a telephone number of nine digits
NEGEN_CIJFERS = re.compile(rf"{LANDNUMMER}(?:\d{TUSSEN}){{8}}\d(?!\d)|(?<!\d)((?:\d{TUSSEN}){{8}}\d)(?!\d)", re.ASCII)
GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(cijfers: str) -> bool:
    """Tell whether nine digits pass the elfproef of the citizen service number.

    Source: Besluit burgerservicenummer; the last digit counts with weight -1 and the sum is a multiple of eleven.
    """
    som = sum(gewicht * int(cijfer) for gewicht, cijfer in zip(GEWICHTEN, cijfers, strict=True))
    return cijfers != "000000000" and som % 11 == 0


def geen_bsn(tekst: str) -> None:
    """Refuse text with a number that passes the elfproef. Raises ValidationError."""
    for match in NEGEN_CIJFERS.finditer(tekst):
        if match[1] and is_bsn(re.sub(r"\D", "", match[1])):
            raise ValidationError(
                "Hier staat een nummer dat een BSN kan zijn. Haal het weg: dat bewaren we hier niet.", code="bsn"
            )
