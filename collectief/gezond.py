"""The health page: does each part answer? Says nothing that helps an attacker."""

from datetime import timedelta

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from collectief.post.models import Hartslag

LEVEND = timedelta(minutes=2)


def _broker_antwoordt() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


def _gezien() -> set[str] | None:
    """Return which processes were seen lately, or None when the database does not answer."""
    try:
        return set(Hartslag.objects.filter(gezien_op__gte=timezone.now() - LEVEND).values_list("naam", flat=True))
    except DatabaseError:
        return None


@require_GET
@login_not_required
@never_cache
def gezond(request: HttpRequest) -> JsonResponse:
    gezien = _gezien()
    delen = {
        "database": gezien is not None,
        "broker": _broker_antwoordt(),
        "worker": "worker" in (gezien or ()),
        "beat": "beat" in (gezien or ()),
    }
    return JsonResponse(delen | {"versie": settings.VERSIE}, status=200 if all(delen.values()) else 503)
