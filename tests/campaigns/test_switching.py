"""Switches of ad groups and ads, switching campaigns on, deleting: each leaves its event."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import Campaign, DeliveryCursor, OperationStatus, SwitchEvent
from campaigns.services import CampaignDeactivated, NodeDeleted, SwitchRefused
from tests.factories.campaigns import Tree, make_tree

HOUR = timedelta(hours=1)


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    return make_tree(ad_account, at)


def events(node_id: int) -> list[tuple[bool, datetime]]:
    return list(
        SwitchEvent.objects.filter(node_id=node_id)
        .order_by("pk")
        .values_list("is_on", "effective_at")
    )


@pytest.mark.parametrize("level", ["group", "ad"])
def test_groups_and_ads_are_switched_at_once(tree: Tree, at: datetime, level: str) -> None:
    node = getattr(tree, level)

    off = services.switch_off(node=node, actor=None, at=at + HOUR)
    again = services.switch_off(node=node, actor=None, at=at + 2 * HOUR)
    on = services.switch_on(node=node, actor=None, at=at + 3 * HOUR)

    assert (off.operation_status, on.operation_status) == ("DISABLE", "ENABLE")
    assert again.version == off.version
    assert events(node.pk) == [(False, at + HOUR), (True, at + 3 * HOUR)]
    assert ActivityEntry.objects.filter(action__startswith="switch_").count() == 2


def test_what_is_delivered_is_final_so_a_switch_takes_effect_after_it(
    tree: Tree, at: datetime
) -> None:
    DeliveryCursor.objects.update(next_slot=at + 2 * HOUR)

    services.switch_off(node=tree.ad, actor=None, at=at + HOUR)

    assert events(tree.ad.pk) == [(False, at + 2 * HOUR)]


def test_deleting_is_final(tree: Tree, at: datetime) -> None:
    deleted = services.delete_node(node=tree.group, actor=None, at=at)

    assert deleted.operation_status == OperationStatus.DELETE
    assert events(tree.group.pk) == [(False, at)]
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
