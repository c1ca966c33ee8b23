"""The spending cap is a promise: never exceeded by one minor unit, whatever happens meanwhile."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adaccounts import services as accounts
from adaccounts.models import AdAccount
from billing.models import Entry, Posting
from billing.queries import cap_standing, spendable_balance
from campaigns.delivery import ahead
from campaigns.models import DeliveryCursor
from campaigns.queries.statuses import set_status
from campaigns.services import deliver_slot, deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLENTY = 5_000_000


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    fund(ad_account, PLENTY, at)
    tree = make_tree(ad_account, at, group={"budget": 100_000})
    approve(tree.ad, at)
    return tree


def cap(account: AdAccount, mode: str, amount: int | None, at: datetime) -> None:
    accounts.set_spending_cap(ad_account=account, mode=mode, amount=amount, actor=None, at=at)
    account.refresh_from_db()


def spent(account: AdAccount, **which: object) -> int:
    postings = Posting.objects.filter(ad_account=account, kind="spend", **which)
    cost = Entry.objects.filter(posting__in=postings, account__kind="cost")
    return cost.aggregate(total=Sum("amount"))["total"] or 0


def cause(tree: Tree, at: datetime) -> str:
    found = []
    for level, node in (("campaign", tree.campaign), ("ad_group", tree.group), ("ad", tree.ad)):
        node.refresh_from_db()
        node.ad_account.refresh_from_db()
        set_status(level, [node], ad_account=node.ad_account, at=at)
        found.append(node.status.cause.key)
    assert len(set(found)) == 1
    return found[0]


def test_a_daily_cap_holds_and_begins_anew_at_the_accounts_midnight(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    cap(ad_account, "daily", 2_000, at)

    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * DAY)

    by_day = [spent(ad_account, day=day) for day in Posting.objects.filter(kind="spend")
              .values_list("day", flat=True).distinct().order_by("day")]  # fmt: skip
    assert len(by_day) >= 3
    assert max(by_day) <= 2_000
    assert min(by_day[:3]) > 1_800
    assert spendable_balance(ad_account=ad_account) == PLENTY - sum(by_day)


def test_who_looks_is_told_that_the_cap_is_reached_and_no_more_after_it_is_raised(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    cap(ad_account, "daily", 1_500, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 10 * HOUR)
    now = at + 10 * HOUR

    # What is left may be too little for one more click; that is reached as well.
    assert cause(tree, now) == "account_cap"
    cursor = DeliveryCursor.objects.get()
    assert cursor.unusable_cap == cap_standing(ad_account=ad_account, at=now).left
    assert not cursor.is_out_of_balance

    before = spent(ad_account)
    cap(ad_account, "daily", 3_000, now)
    assert cause(tree, now) == "active"
    deliver_until(ad_account_id=ad_account.pk, until=now + HOUR)
    assert before < spent(ad_account) <= 3_000


def test_a_new_day_takes_the_cause_away(tree: Tree, ad_account: AdAccount, at: datetime) -> None:
    cap(ad_account, "daily", 1_500, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 12 * HOUR)

    assert cause(tree, at + 12 * HOUR) == "account_cap"
    assert cause(tree, at + 15 * HOUR) == "active"


def test_a_total_cap_ends_delivery_until_it_is_reset(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    cap(ad_account, "total", 4_000, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * DAY)
    first = spent(ad_account)
    assert 3_800 < first <= 4_000

    now = at + 3 * DAY
    accounts.reset_spending_cap(ad_account=ad_account, actor=None, at=now)
    deliver_until(ad_account_id=ad_account.pk, until=now + 3 * DAY)

    assert first + 3_800 < spent(ad_account) <= first + 4_000


def test_a_monthly_cap_begins_anew_with_the_accounts_month(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    cap(ad_account, "monthly", 5_000, at)
    month_end = ad_account.day_start(at.date().replace(month=12, day=1))
    DeliveryCursor.objects.update(
        next_slot=month_end - 10 * HOUR, open_day=ad_account.day_of(month_end - HOUR)
    )

    deliver_until(ad_account_id=ad_account.pk, until=month_end + 10 * HOUR)

    november = spent(ad_account, day__month=11)
    december = spent(ad_account, day__month=12)
    assert 0 < november <= 5_000
    assert 0 < december <= 5_000
    assert november + december > 5_000


def test_lowering_it_below_what_is_spent_stops_and_takes_nothing_back(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * HOUR)
    before = spent(ad_account)

    cap(ad_account, "daily", before // 2, at + 4 * HOUR)
    deliver_until(ad_account_id=ad_account.pk, until=at + 8 * HOUR)

    assert spent(ad_account) == before > 0
    assert cause(tree, at + 8 * HOUR) == "account_cap"


@settings(
    max_examples=6, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(["daily", "total", "none"]), st.integers(1, 4_000)),
        min_size=3, max_size=8,
    ),
    is_ahead=st.booleans(),
)  # fmt: skip
def test_it_is_never_exceeded_whatever_is_changed_in_between(
    tree: Tree, ad_account: AdAccount, at: datetime, changes: list[tuple[str, int]], is_ahead: bool
) -> None:
    """Also where hours are computed ahead: an answer to another sum of money is thrown away."""
    large, ahead.LARGE = ahead.LARGE, 0 if is_ahead else 10**9
    try:
        for mode, amount in changes:
            slot = DeliveryCursor.objects.get().next_slot
            cap(ad_account, "none", None, slot)
            cap(ad_account, mode, None if mode == "none" else amount, slot)
            for number in range(2):
                now = slot + number * HOUR
                standing = cap_standing(ad_account=ad_account, at=now)
                before = spent(ad_account)
                assert deliver_slot(ad_account_id=ad_account.pk, slot=now)
                more = spent(ad_account) - before
                assert standing is None or more <= standing.left
                if mode == "total":
                    assert spent(ad_account, at__gt=slot) <= amount
    finally:
        ahead.LARGE = large
