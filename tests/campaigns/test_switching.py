"""Switches of ad groups and ads, switching campaigns on, deleting: each leaves its event."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry, BusinessCenter
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import Campaign, DeliveryCursor, OperationStatus, SwitchEvent
from campaigns.services import CampaignDeactivated, NodeDeleted, SwitchRefused
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import Tree, effects, make_tree

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    return make_tree(ad_account, at)


def events(node_id: int) -> list[tuple[bool, datetime]]:
    """(switched on, as asked for at) of each."""
    return list(
        SwitchEvent.objects.filter(node_id=node_id)
        .order_by("pk")
        .values_list("is_on", "requested_at")
    )


@pytest.mark.parametrize("level", ["group", "ad"])
def test_a_switch_is_seen_at_once_and_takes_effect_within_the_minute(
    tree: Tree, at: datetime, level: str
) -> None:
    node = getattr(tree, level)

    off = services.switch_off(node=node, actor=None, at=at + HOUR)
    again = services.switch_off(node=node, actor=None, at=at + 2 * HOUR)
    on = services.switch_on(node=node, actor=None, at=at + 3 * HOUR)

    assert (off.operation_status, on.operation_status) == ("DISABLE", "ENABLE")
    assert again.version == off.version
    assert events(node.pk) == [(False, at + HOUR), (True, at + 3 * HOUR)]
    for effect, asked in zip(effects(node), (at + HOUR, at + 3 * HOUR), strict=True):
        assert 20 * SECOND <= effect - asked <= 60 * SECOND
    assert ActivityEntry.objects.filter(action__startswith="switch_").count() == 2


def test_what_is_delivered_is_final_so_a_switch_takes_effect_after_it(
    tree: Tree, at: datetime
) -> None:
    DeliveryCursor.objects.update(next_slot=at + 2 * HOUR)

    services.switch_off(node=tree.ad, actor=None, at=at + HOUR)

    [effect] = effects(tree.ad)
    assert 20 * SECOND <= effect - (at + 2 * HOUR) <= 60 * SECOND


def test_switches_keep_their_order_however_long_each_is_processed(tree: Tree, at: datetime) -> None:
    for second in range(12):
        verb = services.switch_on if second % 2 else services.switch_off
        verb(node=tree.ad, actor=None, at=at + second * SECOND)

    found = effects(tree.ad)
    assert len(found) == 12
    assert found == sorted(found)
    assert found[-1] <= at + 72 * SECOND


def test_the_same_steps_wait_as_long_in_every_account_of_the_seed(
    business_center: BusinessCenter, at: datetime
) -> None:
    waits = []
    for _ in range(2):
        ad = make_tree(make_ad_account(business_center, None, at, seed=7), at).ad
        for minute in range(4):
            verb = services.switch_on if minute % 2 else services.switch_off
            verb(node=ad, actor=None, at=at + minute * 60 * SECOND)
        waits.append(effects(ad))

    assert waits[0] == waits[1]
    assert len({effect - at for effect in waits[0]}) == 4


def test_deleting_is_final(tree: Tree, at: datetime) -> None:
    deleted = services.delete_node(node=tree.group, actor=None, at=at)

    assert deleted.operation_status == OperationStatus.DELETE
    assert events(tree.group.pk) == [(False, at)]
    assert 20 * SECOND <= effects(tree.group)[0] - at <= 60 * SECOND
    for verb in (services.switch_on, services.switch_off, services.delete_node):
        with pytest.raises(NodeDeleted):
            verb(node=tree.group, actor=None, at=at)


def test_deleting_what_is_off_leaves_no_second_event(tree: Tree, at: datetime) -> None:
    services.switch_off(node=tree.ad, actor=None, at=at)

    services.delete_node(node=tree.ad, actor=None, at=at + HOUR)

    assert events(tree.ad.pk) == [(False, at)]


def test_nothing_below_a_final_campaign_can_be_switched_on(tree: Tree, at: datetime) -> None:
    services.switch_off(node=tree.ad, actor=None, at=at)
    Campaign.objects.update(operation_status="DISABLE", deactivated_at=at)
    tree.campaign.refresh_from_db()

    for node in (tree.campaign, tree.ad):
        with pytest.raises(CampaignDeactivated):
            services.switch_on(node=node, actor=None, at=at)


def test_a_campaign_that_is_being_stopped_waits(tree: Tree, at: datetime) -> None:
    services.request_stop(
        campaign=tree.campaign, kind="pause", reason="other", note="",
        expected_version=None, actor=None, at=at,
    )  # fmt: skip

    with pytest.raises(SwitchRefused):
        services.delete_node(node=tree.campaign, actor=None, at=at)
    with pytest.raises(SwitchRefused):
        services.switch_on(node=tree.campaign, actor=None, at=at)
