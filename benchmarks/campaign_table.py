"""The campaign table of an account with 5,000 campaigns against an account that has none.

Both pages through the whole stack (routing, permissions, queries, templates) in one process, taken
in turn; four weeks of facts behind the large one, half a day of them still open. Every round asks
for another order or search; what has been delivered was summed up by the first visit of the hour,
whose time is the third figure. Queries are compared with an account of one page.
"""

from collections.abc import Iterable
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns.delivery import partitions
from campaigns.models import DayFact, DeliveryCursor, HourFact
from campaigns.queries.totals import METRICS

from . import _world

CAMPAIGNS, ONE_PAGE, DAYS, OPEN_HOURS = 5_000, 20, 28, 12
WISHES = ["", "sort=-clicks", "sort=cpc", "sort=name", "q=Campaign", "page=7"]
ROUNDS = 6


PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def main() -> Iterable[dict[str, Any]]:
    """Addresses of static files are made without the collected copy, which is not measured."""
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN_FILES}):
        yield from figures()


def figures() -> Iterable[dict[str, Any]]:
    person = _world.owner()
    large, small, empty = (_world.account(person, name) for name in ("Large", "Small", "Empty"))
    for account, campaigns in ((large, CAMPAIGNS), (small, ONE_PAGE)):
        _world.fill(account, campaigns=campaigns, groups=1, ads=1, budget=100_00)
        write_facts(account)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    pages = {each: reverse("campaigns:campaign_list", args=[each.pk]) for each in (large, empty)}
    seconds(client, pages[empty], "")
    first = seconds(client, pages[large], "")
    times: dict[AdAccount, list[float]] = {large: [], empty: []}
    for wish in WISHES * ROUNDS:
        for account, page in pages.items():
            times[account].append(seconds(client, page, wish))
    value, baseline = (median(times[each]) * 1000 for each in (large, empty))
    yield figure("campaign_table_page", value, baseline, "ms")
    yield figure("campaign_table_first_page_of_the_hour", first * 1000, baseline, "ms")
    counts = [queries(client, each) for each in (large, small)]
    assert counts[0] == counts[1], counts
    yield figure("campaign_table_queries", *counts, "queries")


def figure(name: str, value: float, baseline: float, unit: str) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 1),
        "baseline": round(baseline, 1),
        "ratio": round(value / baseline, 3),
        "unit": unit,
    }


def write_facts(account: AdAccount) -> None:
    """Every campaign delivered in every hour of the open half day and on each of the 28 before."""
    columns = f"ad_account_id, campaign_id, ad_group_id, {', '.join(METRICS)}"
    counts = ", ".join(f"{1 + place} + mod(a.ordinal, 97)" for place in range(len(METRICS)))
    chosen = f"a.ad_account_id, a.campaign_id, a.ad_group_id, 1000 + {counts}"
    cursor_row = DeliveryCursor.objects.get(pk=account.pk)
    partitions.ensure(*(cursor_row.open_day - timedelta(days=n) for n in range(DAYS + 1)))
    partitions.ensure_around(_world.START)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DayFact._meta.db_table} (ad_id, day, {columns}) "
            f"SELECT a.id, %s::date - n, {chosen} "
            "FROM campaigns_ad a, generate_series(1, %s) n WHERE a.ad_account_id = %s",
            [cursor_row.open_day, DAYS, account.pk],
        )
        cursor.execute(
            f"INSERT INTO {HourFact._meta.db_table} (ad_id, slot, {columns}) "
            f"SELECT a.id, %s::timestamptz + n * interval '1 hour', {chosen} "
            "FROM campaigns_ad a, generate_series(0, %s) n WHERE a.ad_account_id = %s",
            [_world.START, OPEN_HOURS - 1, account.pk],
        )
        cursor.execute("ANALYZE")


def seconds(client: Client, page: str, wish: str) -> float:
    began = perf_counter()
    answer = client.get(f"{page}?{wish}")
    assert answer.status_code == 200
    return perf_counter() - began


def queries(client: Client, account: AdAccount) -> int:
    page = reverse("campaigns:campaign_list", args=[account.pk])
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{page}?range=last_7")  # a period nobody has asked for: nothing is kept
    return len(captured)
