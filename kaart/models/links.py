"""Private links to a row by its own random key (`collectief.ondertekend`): who has the link needs no account.

The database shows a row to whoever names its key (`collectief.rijbeveiliging.met_sleutel`).
"""

from __future__ import annotations

import base64
import uuid
from typing import ClassVar

from collectief.ondertekend import lees_token, onderteken


class MetLink:
    """A row that shows itself to whoever has its link. `ZOUT` says for what that is, so that it opens nothing else."""

    ZOUT: ClassVar[str]
    pk: uuid.UUID

    @property
    def token(self) -> str:
        """The secret part of the link, in letters that may stand in an address."""
        return onderteken(base64.urlsafe_b64encode(self.pk.bytes).decode().rstrip("="), self.ZOUT)

    @classmethod
    def sleutel_van(cls, token: str) -> uuid.UUID | None:
        """Return the key of a link that we made for this kind of row; None for any other."""
        sleutel = lees_token(token, cls.ZOUT)
        try:
            return uuid.UUID(bytes=base64.urlsafe_b64decode(sleutel + "==")) if sleutel else None
        except ValueError:
            return None
