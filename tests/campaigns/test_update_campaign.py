"""Changing campaigns: versions, what is fixed, and budgets that follow what was spent."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import BudgetMode, Campaign, Objective
from campaigns.services import (
    CampaignDeactivated,
    FieldIsFixed,
    InvalidInput,
    NodeDeleted,
    StaleVersion,
    deliver_until,
)
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_campaign, make_tree

DAY = timedelta(days=1)


def change(campaign: Campaign, at: datetime, version: int | None = None, **changes: object):
    return services.update_campaign(
        campaign=campaign, changes=changes, expected_version=version, actor=None, at=at
    )


def test_a_change_is_stored_with_a_new_version_and_both_sides_in_the_log(
    ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at, po_number="PO-1")

    changed = change(campaign, at + DAY, version=1, name="Winter sale", po_number="PO-1")

    entry = ActivityEntry.objects.get(action="update_campaign")
    assert (changed.name, changed.version, changed.modified_at) == ("Winter sale", 2, at + DAY)
    assert entry.before == {"name": "Autumn sale"}
    assert entry.after == {"name": "Winter sale"}


def test_two_people_editing_at_once_find_out_with_both_values(
    ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at)
    change(campaign, at, version=1, name="Mia's name")

    with pytest.raises(StaleVersion) as caught:
        change(campaign, at, version=1, name="Ben's name")

    assert caught.value.current == {"name": "Mia's name"}
    assert caught.value.wanted == {"name": "Ben's name"}


def test_saving_without_a_change_leaves_no_trace(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at)

    assert change(campaign, at + DAY, version=1, name=campaign.name).version == 1
    assert not ActivityEntry.objects.filter(action="update_campaign").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("objective", Objective.REACH),
        ("budget_mode", BudgetMode.TOTAL),
        ("is_budget_optimized", True),
        ("ad_account_id", 1),
    ],
)
def test_what_is_decided_at_creation_stays(
    ad_account: AdAccount, at: datetime, field: str, value: object
) -> None:
    campaign = make_campaign(ad_account, at, budget_mode=BudgetMode.DAY, budget=10_000)

    with pytest.raises(FieldIsFixed) as caught:
        change(campaign, at, **{field: value})

    assert caught.value.field == field


def test_extra_fields_of_the_api_are_kept_and_added_to(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at, extra={"campaign_type": "REGULAR_CAMPAIGN"})

    changed = change(campaign, at, extra={"rta_id": "7"})

    assert changed.extra == {"campaign_type": "REGULAR_CAMPAIGN", "rta_id": "7"}


def test_a_new_budget_leaves_room_over_what_is_spent_today(
    ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 100_000, at)
    tree = make_tree(
        ad_account, at, campaign={"budget_mode": BudgetMode.DAY, "budget": 20_000},
        group={"budget": 15_000, "pacing": "PACING_MODE_FAST"},
    )  # fmt: skip
    approve(tree.ad, at)
    now = at + timedelta(hours=3)
    deliver_until(ad_account_id=ad_account.pk, until=now)

    with pytest.raises(InvalidInput, match="105 %") as caught:
        change(tree.campaign, now, budget=5_000)

    assert caught.value.field == "budget"
    assert change(tree.campaign, now + DAY, budget=25_000).budget == 25_000


def test_a_raised_budget_lets_an_exhausted_campaign_deliver_again(
    ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at, budget_mode=BudgetMode.DAY, budget=10_000)
    Campaign.objects.update(exhausted_on=date.max)

    assert change(campaign, at, budget=9_000).exhausted_on == date.max
    assert change(campaign, at, budget=11_000).exhausted_on is None


def test_deleted_and_deactivated_campaigns_stay_as_they_were(
    ad_account: AdAccount, at: datetime
) -> None:
    deleted, deactivated = (make_campaign(ad_account, at) for _ in range(2))
    services.delete_node(node=deleted, actor=None, at=at)
    Campaign.objects.filter(pk=deactivated.pk).update(operation_status="DISABLE", deactivated_at=at)

    with pytest.raises(NodeDeleted):
        change(deleted, at, name="New")
    with pytest.raises(CampaignDeactivated):
        change(deactivated, at, name="New")
