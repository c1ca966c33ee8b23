"""How much of an hour an ad was on, to the second, and that what is off does not deliver."""

from datetime import datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery.loading import Switch, look
from campaigns.delivery.shares import active_shares, on_intervals
from campaigns.models import AdGroup, HourFact
from campaigns.services import deliver_until, settle_due
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, effects, make_tree

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HOUR_US = 3_600_000_000


def share(ad_account: AdAccount, slot: datetime) -> float:
    """Of the only ad of the account."""
    found, switches = look([ad_account], since=slot)[0]
    shares = active_shares(found, switches, slot=slot)
    return round(float(shares[0]), 6) if len(shares) else 0.0


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    return tree


def test_a_whole_hour_unless_something_happens(tree, ad_account, at) -> None:
    assert share(ad_account, at) == share(ad_account, at + HOUR) == 1


def test_delivery_begins_with_the_approval(ad_account: AdAccount, at: datetime) -> None:
    approve(make_tree(ad_account, at).ad, at + 45 * MINUTE)

    assert share(ad_account, at) == 0.25


def part(*pieces: timedelta) -> float:
    """Of an hour."""
    return round(sum(pieces, timedelta(0)) / HOUR, 6)


@pytest.mark.parametrize("level", ["group", "ad"])
def test_a_switch_counts_from_the_moment_of_its_effect(tree, ad_account, at, level: str) -> None:
    node = getattr(tree, level)
    services.switch_off(node=node, actor=None, at=at + 15 * MINUTE)
    services.switch_on(node=node, actor=None, at=at + 45 * MINUTE)
    services.switch_off(node=node, actor=None, at=at + 3 * HOUR)

    off, on, last = effects(node)
    assert [share(ad_account, at + n * HOUR) for n in range(5)] == [
        part(off - at, at + HOUR - on), 1, 1, part(last - at - 3 * HOUR), 0,
    ]  # fmt: skip


def test_switches_of_different_levels_are_intersected(tree, ad_account, at) -> None:
    services.switch_off(node=tree.ad, actor=None, at=at + 30 * MINUTE)
    services.switch_on(node=tree.ad, actor=None, at=at + 50 * MINUTE)
    services.switch_off(node=tree.group, actor=None, at=at + 40 * MINUTE)

    assert share(ad_account, at) == part(effects(tree.ad)[0] - at)


def test_a_stopped_campaign_delivers_until_the_effect_and_not_after(tree, ad_account, at) -> None:
    stop = services.request_stop(
        campaign=tree.campaign, kind="deactivate", reason="other", note="",
        expected_version=None, actor=None, at=at + 10 * MINUTE,
    )  # fmt: skip
    settle_due(ad_account_ids=None, until=at + HOUR)

    assert share(ad_account, at) == round((stop.effective_at - at) / HOUR, 6)
    assert share(ad_account, at + HOUR) == 0


def test_a_deleted_ad_delivers_up_to_its_deletion(tree, ad_account, at) -> None:
    services.delete_node(node=tree.ad, actor=None, at=at + 15 * MINUTE)

    assert share(ad_account, at) == part(effects(tree.ad)[0] - at)
    assert share(ad_account, at + HOUR) == 0


def test_a_rejected_edit_ends_delivery_at_the_decision(tree, ad_account, at) -> None:
    services.update_ad(
        ad=tree.ad, changes={"text": "Guaranteed"}, expected_version=None, actor=None, at=at
    )
    approve(tree.ad, at + 30 * MINUTE)

    assert share(ad_account, at) == 0.5
    assert share(ad_account, at + HOUR) == 0


def test_what_happens_outside_the_schedule_does_not_count(tree, ad_account, at) -> None:
    # On from 10:00 to 10:30 on Mondays; the switch-off at 10:15 leaves about a quarter of the hour.
    AdGroup.objects.update(dayparting="0" * 20 + "1" + "0" * 315, version=7)
    services.switch_off(node=tree.ad, actor=None, at=at + 15 * MINUTE)
    services.switch_on(node=tree.ad, actor=None, at=at + 30 * MINUTE)

    assert share(ad_account, at) == part(effects(tree.ad)[0] - at)


def test_nothing_is_spent_after_the_effective_time_of_a_stop(tree, ad_account, at) -> None:
    fund(ad_account, 500_000, at)
    stop = services.request_stop(
        campaign=tree.campaign, kind="pause", reason="other", note="",
        expected_version=None, actor=None, at=at + 59 * MINUTE + timedelta(seconds=30),
    )  # fmt: skip
    assert stop.effective_at.hour in (at.hour, at.hour + 1)

    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * HOUR)

    slots = set(HourFact.objects.values_list("slot", flat=True))
    assert at in slots
    assert max(slots) < stop.effective_at


def test_before_the_first_switch_it_was_the_other_way() -> None:
    off, on = Switch(HOUR_US // 4, False), Switch(HOUR_US // 2, True)

    assert on_intervals(True, [off, on], 0) == [(0, HOUR_US // 4), (HOUR_US // 2, HOUR_US)]
    assert on_intervals(False, [], 0) == []
    assert on_intervals(False, [Switch(2 * HOUR_US, False)], 0) == [(0, HOUR_US)]
