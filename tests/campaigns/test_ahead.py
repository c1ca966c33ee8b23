"""An hour computed ahead is the hour itself, or is thrown away."""

from datetime import datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from billing.queries import spendable_balance
from campaigns import services
from campaigns.delivery import ahead
from campaigns.models import HourFact
from campaigns.services import deliver_slot
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

HOUR = timedelta(hours=1)


def account_with_ads(like: AdAccount, at: datetime) -> tuple[AdAccount, list[Tree]]:
    account = make_ad_account(like.business_center, None, at, name="Twin", seed=11)
    fund(account, 20_000, at)
    trees = [make_tree(account, at, group={"budget": 30_000}) for _ in range(2)]
    for tree in trees:
        approve(tree.ad, at)
    return account, trees


def story(account: AdAccount, trees: list[Tree], at: datetime) -> list[tuple]:
    """Nine hours with a top-up, an edit and a switch between them."""
    for number in range(9):
        now = at + number * HOUR
        if number == 3:
            fund(account, 5_000, now)
        if number == 5:
            services.update_ad_group(
                ad_group=trees[0].group, changes={"budget": 60_000}, expected_version=None,
                actor=None, at=now,
            )  # fmt: skip
        if number == 6:
            services.switch_off(node=trees[1].ad, actor=None, at=now + HOUR / 2)
        assert deliver_slot(ad_account_id=account.pk, slot=now)
    rows = HourFact.objects.filter(ad_account_id=account.pk).order_by("slot", "ad_id")
    return list(rows.values_list("slot", "impressions", "clicks", "likes", "cost_micros", "spend"))


def test_facts_are_the_same_with_and_without(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, ahead_of_time = (account_with_ads(ad_account, at) for _ in range(2))
    expected = story(*plain, at)
    used: list[bool] = []
    is_same = ahead.Question.is_same
    monkeypatch.setattr(ahead, "LARGE", 0)
    monkeypatch.setattr(
        ahead.Question, "is_same", lambda *each: used.append(is_same(*each)) or used[-1]
    )

    assert story(*ahead_of_time, at) == expected != []
    assert spendable_balance(ad_account=ahead_of_time[0]) == spendable_balance(ad_account=plain[0])
    # Foreseen eight times; not after the top-up, the edit and the switch.
    assert used == [True, True, False, True, False, False, False, True]


def test_small_accounts_are_not_computed_ahead(ad_account: AdAccount, at: datetime) -> None:
    account, _ = account_with_ads(ad_account, at)

    deliver_slot(ad_account_id=account.pk, slot=at)

    assert account.pk not in ahead._early
