"""Secret links. Half is a key that a table keeps; the other half is our signature with the secret of the platform.

So a link can be shown again, and who reads only the database cannot make one; nor can she tell from it who tried what.
"""

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac


def onderteken(sleutel: str, zout: str) -> str:
    """Return the secret part of a link: the key with our signature. `zout` names what it is for."""
    return Signer(salt=zout).sign(sleutel)


def lees_token(token: str, zout: str) -> str | None:
    """Return the key of a link that we made for this purpose; None for any other."""
    try:
        return Signer(salt=zout).unsign(token)
    except BadSignature:
        return None


def onleesbaar(sleutel: str, voorvoegsel: str, versie: int) -> str:
    """Return the name of a row in the cache, where what is limited goes by internet address. See KEY_FUNCTION."""
    return salted_hmac("cache", f"{voorvoegsel}:{versie}:{sleutel}", algorithm="sha256").hexdigest()
