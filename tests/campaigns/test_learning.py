"""Where ad groups stand in their learning phase, and that an edit starts it again."""

from datetime import date, datetime, timedelta
from zlib import compress

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adaccounts.models import AdAccount
from campaigns.delivery.state import NEVER, ProgressLedger, State
from campaigns.models import AdGroup, DeliveryCursor, Objective
from campaigns.queries import performance
from campaigns.queries.learning import Learning, Phase, set_learning
from campaigns.services import deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHOP = {"objective": Objective.WEB_CONVERSIONS}
SELL = {"optimization_goal": "CONVERT", "billing_event": "OCPM"}


@pytest.fixture
def shop(ad_account: AdAccount, at: datetime) -> Tree:
    """It is to sell, at 60 dollars a day."""
    fund(ad_account, 50_000_00, at)
    tree = make_tree(ad_account, at, campaign=SHOP, group={"budget": 60_00})
    AdGroup.objects.filter(pk=tree.group.pk).update(**SELL)
    tree.group.refresh_from_db()
    approve(tree.ad, at)
    return tree


def learned(group: AdGroup) -> Learning | None:
    set_learning([group], ad_account=group.ad_account)
    found: Learning | None = group.learning
    return found


def remember(group: AdGroup, *, days: int, results: int) -> None:
    """The engine has known the group for so many days, with so many results."""
    today = date(2026, 11, 20)
    since = (today - date(1970, 1, 1)).days - days if days >= 0 else NEVER
    values = {
        "key": group.pk,
        "epoch": group.learning_epoch,
        "since_day": since,
        "results": results,
    }
    rows = {name: np.array([values.get(name, 0)]) for name in ProgressLedger.__annotations__}
    empty = State.empty()
    state = State(empty.ads, empty.groups, empty.campaigns, ProgressLedger(**rows), empty.pending)
    DeliveryCursor.objects.filter(pk=group.ad_account_id).update(
        open_day=today, state=compress(state.to_bytes())
    )


def test_a_group_learns_from_its_first_impressions_until_fifty_results(
    shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    assert learned(shop.group) is None

    deliver_until(ad_account_id=ad_account.pk, until=at + 6 * HOUR)
    first = learned(shop.group)
    assert first is not None
    assert first.phase is Phase.LEARNING
    assert first.words == f"Learning: {first.results} of 50 results"

    AdGroup.objects.filter(pk=shop.group.pk).update(budget=5_000_00, version=99)
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * DAY)
    later = learned(shop.group)
    assert later is not None
    assert later.results > first.results
    assert (later.phase, later.words) == (Phase.PASSED, "Learning passed")


@pytest.mark.parametrize(
    ("days", "results", "phase"),
    [
        (-1, 0, None),
        (0, 31, Phase.LEARNING),
        (7, 49, Phase.LEARNING),
        (8, 49, Phase.FAILED),
        (8, 50, Phase.PASSED),
        (0, 50, Phase.PASSED),
    ],
)
def test_a_week_without_fifty_results_is_a_failure(
    shop: Tree, days: int, results: int, phase: Phase | None
) -> None:
    remember(shop.group, days=days, results=results)

    found = learned(shop.group)

    assert (found and found.phase) == phase


def test_each_phase_says_what_to_do(shop: Tree) -> None:
    for days, results, advice in (
        (1, 31, "Avoid significant edits"),
        (9, 31, "Raise the budget, widen the audience, or raise the bid"),
        (9, 80, "starts learning again"),
    ):
        remember(shop.group, days=days, results=results)
        found = learned(shop.group)
        assert found is not None
        assert advice in found.meaning


def test_an_edit_that_the_engine_has_not_seen_yet_starts_at_nothing(shop: Tree) -> None:
    remember(shop.group, days=9, results=80)
    shop.group.learning_epoch += 1

    assert learned(shop.group) == Learning(Phase.LEARNING, 0)


def test_who_does_not_look_for_conversions_does_not_learn(
    shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    clicks = make_tree(ad_account, at)
    approve(clicks.ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * HOUR)

    with CaptureQueriesContext(connection) as queries:
        assert learned(clicks.group) is None
    assert not len(queries)


def test_a_table_asks_once_for_all_its_ad_groups(
    shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    def look() -> tuple[int, list[Learning | None]]:
        with CaptureQueriesContext(connection) as queries:
            page = performance.rows(
                level="ad_group", ad_account=ad_account, at=at + 3 * HOUR,
                first_day=date(2026, 11, 2), last_day=date(2026, 11, 3),
            )  # fmt: skip
        return len(queries), [row.learning for row in page.rows]

    deliver_until(ad_account_id=ad_account.pk, until=at + HOUR)
    look()
    few, _ = look()
    for _ in range(4):
        tree = make_tree(ad_account, at, campaign=SHOP)
        AdGroup.objects.filter(pk=tree.group.pk).update(**SELL)
        approve(tree.ad, at + HOUR)
    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * HOUR)

    look()  # sums of a new hour are made once
    many, found = look()

    assert many == few
    assert [each and each.phase for each in found] == [Phase.LEARNING] * 5
