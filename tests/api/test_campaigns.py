"""A tool makes, reads and changes campaigns, and everything documented comes back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.api.names import names
from campaigns.models import Campaign
from tests.api.bodies import campaign_body, make_campaign
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast


def test_a_campaign_is_made_as_on_the_page_and_answers_its_row(
    mia: Caller, advertiser_id: str, cast: Cast
) -> None:
    row = make_campaign(
        mia, advertiser_id, budget_mode="BUDGET_MODE_DAY", budget=60.5, po_number="PO-7"
    )

    made = Campaign.objects.get(pk=row["campaign_id"])
    assert (made.budget, made.po_number) == (6050, "PO-7")
    assert ActivityEntry.objects.get(action="create_campaign").actor == cast.mia
    assert (row["budget"], row["secondary_status"]) == (60.5, "CAMPAIGN_STATUS_BUDGET_EXCEED")
    assert row["create_time"] == row["modify_time"] == "2026-11-02 15:00:00"


def test_a_row_has_every_documented_field_and_null_where_nothing_is_set(
    mia: Caller, advertiser_id: str
) -> None:
    row = make_campaign(mia, advertiser_id)

    assert set(row) == set(names("campaign"))
    assert row["app_id"] is None
    assert row["is_new_structure"] is True
    assert (row["campaign_type"], row["objective"]) == ("REGULAR_CAMPAIGN", "LANDING_PAGE")


def test_ids_are_texts_of_digits_and_are_taken_as_texts_and_numbers(
    mia: Caller, advertiser_id: str
) -> None:
    row = make_campaign(mia, advertiser_id)
    assert (row["campaign_id"], row["advertiser_id"]) == (
        str(Campaign.objects.get().pk),
        advertiser_id,
    )

    for pk in (row["campaign_id"], int(row["campaign_id"])):
        found = mia.get(
            "campaign/get/", advertiser_id=advertiser_id, filtering={"campaign_ids": [pk]}
        )
        assert [each["campaign_id"] for each in data_of(found)["list"]] == [row["campaign_id"]]


def test_fields_that_nothing_depends_on_are_kept_and_read_back(
    mia: Caller, advertiser_id: str
) -> None:
    """Among them the defaults that the official SDK sends unasked."""
    row = make_campaign(
        mia,
        advertiser_id,
        budget_optimize_on=False,
        rta_bid_enabled=False,
        special_industries=["HOUSING"],
        app_id=7000000000000000001,
        never_heard_of="it",
    )

    assert row["special_industries"] == ["HOUSING"]
    assert row["app_id"] == "7000000000000000001"
    assert "never_heard_of" not in Campaign.objects.get().extra


@pytest.mark.parametrize(
    ("changes", "name", "said"),
    [
        ({"campaign_name": "Sale 🎉"}, "campaign_name", "emoji"),
        ({"campaign_name": None}, "campaign_name", "required"),
        ({"objective_type": "FAME"}, "objective_type", "FAME"),
        ({"budget_mode": "BUDGET_MODE_DAY", "budget": 49.99}, "budget", "$50.00"),
        ({"budget_mode": "BUDGET_MODE_DAY", "budget": 60.555}, "budget", "2 decimals"),
        ({"budget_optimize_on": True}, "budget_mode", "optimisation"),
        ({"operation_status": "DELETE"}, "operation_status", "DELETE"),
    ],
)
def test_a_mistake_is_40002_and_named_as_on_the_wire(
    mia: Caller, advertiser_id: str, changes: dict[str, Any], name: str, said: str
) -> None:
    found = mia.post("campaign/create/", **campaign_body(advertiser_id=advertiser_id, **changes))

    assert found["code"] == 40002
    assert found["message"].startswith(f"{name}: ")
    assert said in found["message"]
    assert not Campaign.objects.exists()


def test_a_documented_value_that_is_not_built_is_declared_unsupported(
    mia: Caller, advertiser_id: str
) -> None:
    for changes in (
        {"objective_type": "BRAND_CONSIDERATION"},
        {"budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 60},
    ):
        body = campaign_body(advertiser_id=advertiser_id, **changes)
        found = mia.post("campaign/create/", **body)
        assert found["code"] == 40009
        assert next(iter(changes)) in found["message"]


def test_an_update_changes_what_it_names_and_nothing_else(
    mia: Caller, advertiser_id: str, at: datetime
) -> None:
    made = make_campaign(mia, advertiser_id, special_industries=["HOUSING"])
    set_clock(at=at + timedelta(hours=1), rate=PracticeClock.PAUSED)

    body = {"advertiser_id": advertiser_id, "campaign_id": made["campaign_id"]}
    row = data_of(mia.post("campaign/update/", **body, campaign_name="Winter sale"))

    changed = {name for name in row if row[name] != made[name]}
    assert changed == {"campaign_name", "modify_time"}
    assert row["modify_time"] == "2026-11-02 16:00:00"
    assert mia.post("campaign/update/", **body)["code"] == 40012


def test_a_campaign_of_another_account_does_not_exist(
    mia: Caller, advertiser_id: str, ad_account: AdAccount
) -> None:
    body = {"advertiser_id": advertiser_id, "campaign_id": "7000000000000000001"}
    found = mia.post("campaign/update/", **body, campaign_name="x")

    assert found["code"] == 40007
    assert "campaign_id" in found["message"]
