"""How often one may try: the only door to allauth's limits. The log says when it closed; not to whom."""

import logging

from allauth.core.ratelimit import consume
from django.http import HttpRequest

logger = logging.getLogger(__name__)


def mag_nog_eens(request: HttpRequest, *, action: str, key: str) -> bool:
    """Count one try, of this visitor and about this `key`; False when it is one too many (ACCOUNT_RATE_LIMITS)."""
    mag = bool(consume(request, action=action, key=key))
    if not mag:
        logger.warning("too many tries: %s", action)
    return mag
