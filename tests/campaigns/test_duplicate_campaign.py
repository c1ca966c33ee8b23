"""Recreating a campaign: everything below comes along, off as a whole, and in review again."""

from datetime import datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import Campaign, ReviewState, ScheduleType
from campaigns.services import NodeDeleted
from campaigns.services.duplicating import copy_name
from tests.factories.campaigns import approve, make_ad, make_ad_group, make_tree

DAY = timedelta(days=1)


def duplicate(campaign: Campaign, at: datetime, name: str | None = None) -> Campaign:
    return services.duplicate_campaign(campaign=campaign, actor=None, at=at, name=name)


def test_a_copy_has_the_same_groups_and_ads(ad_account: AdAccount, at: datetime) -> None:
    tree = make_tree(ad_account, at, campaign={"po_number": "PO-7", "extra": {"rta_id": "1"}})
    make_ad(tree.group, at, name="Second film")
    approve(tree.ad, at)
    services.delete_node(node=make_ad_group(tree.campaign, at), actor=None, at=at)

    copy = duplicate(tree.campaign, at + DAY)

    group = copy.ad_groups.get()
    assert (copy.name, copy.po_number, copy.extra) == (
        "Autumn sale (copy)",
        "PO-7",
        {"rta_id": "1"},
    )
    assert not copy.is_on
    assert (group.budget, group.start_at, group.is_on) == (tree.group.budget, at + DAY, True)
    assert [ad.name for ad in group.ads.order_by("ordinal")] == ["Film", "Second film"]
    assert {ad.review_state for ad in group.ads.all()} == {ReviewState.PENDING}
    assert {ad.creative_id for ad in group.ads.filter(name="Film")} == {tree.ad.creative_id}


def test_a_flight_that_began_begins_now_and_lasts_as_long(
    ad_account: AdAccount, at: datetime
) -> None:
    flight = {"schedule_type": ScheduleType.START_END, "start_at": at, "end_at": at + 5 * DAY}
    tree = make_tree(ad_account, at, group=flight)

    group = duplicate(tree.campaign, at + 3 * DAY).ad_groups.get()

    assert (group.start_at, group.end_at) == (at + 3 * DAY, at + 8 * DAY)


def test_a_deactivated_campaign_can_be_recreated_and_a_deleted_one_cannot(
    ad_account: AdAccount, at: datetime
) -> None:
    tree = make_tree(ad_account, at)
    Campaign.objects.update(operation_status="DISABLE", deactivated_at=at)
    assert not duplicate(tree.campaign, at, name="Again").is_deactivated

    services.delete_node(node=tree.campaign, actor=None, at=at)
    with pytest.raises(NodeDeleted):
        duplicate(tree.campaign, at)


def test_the_copys_name_fits() -> None:
    assert copy_name("a" * 512) == "a" * 505 + " (copy)"
    assert copy_name("広" * 256) == "広" * 252 + " (copy)"
