"""Private links. A row's own random key is half of it; the other half is a signature with the secret of the platform.

So who reads only the database cannot make a link, and who has the link needs no account. The database shows a row to
whoever names its key (`collectief.rijbeveiliging.met_sleutel`).
"""

from __future__ import annotations

import base64
import uuid

from django.core.signing import BadSignature, Signer


def onderteken(sleutel: uuid.UUID, zout: str) -> str:
    """Return the secret part of a link: the key with our signature, in letters that may stand in an address."""
    return Signer(salt=zout).sign(base64.urlsafe_b64encode(sleutel.bytes).decode().rstrip("="))


def lees_token(token: str, zout: str) -> uuid.UUID | None:
    """Return the key of a link that we made for this purpose; None for any other."""
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(Signer(salt=zout).unsign(token) + "=="))
    except (BadSignature, ValueError):
        return None
