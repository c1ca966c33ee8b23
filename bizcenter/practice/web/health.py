"""Whether the process is up, and whether it can serve: for load balancers and start-up checks."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bizcenter.clock import queries as clock
from campaigns.queries.shards import troubles

PATIENCE_SECONDS = 2


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database and Redis answer; 503 says which does not, and why.

    Whether delivery gets on is said too, but pages are served without it."""
    state = {"database": _said(ask_database), "redis": _said(ask_redis)}
    ready = all(answer == "ok" for answer in state.values())
    state["delivery"] = _said(ask_delivery)
    return JsonResponse(state, status=200 if ready else 503)


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_redis() -> None:
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
    )
    with client:
        client.ping()


def ask_delivery() -> None:
    real = timezone.now()
    found = troubles(clock=clock.clock(), until=clock.now(), real=real)
    said = []
    if found.silent_since:
        said.append(f"no worker since {found.silent_since:%Y-%m-%d %H:%M:%S} UTC")
    said += [f"shard {each.number} stands still" for each in found.shards]
    if found.failing:
        said.append(f"{len(found.failing)} ad accounts fail")
    if found.deadly:
        ids = ", ".join(str(each.pk) for each in found.deadly)
        said.append(f"workers do not come back from ad account {ids}")
    if said:
        raise Behind(", ".join(said))


class Behind(Exception):
    """Delivery does not get on."""


def _said(ask: Callable[[], None]) -> str:
    try:
        ask()
    except Exception as error:  # whatever goes wrong here means: not ready
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return "ok"
