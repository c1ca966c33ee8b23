"""Mistakes in the forms are shown where they are, and nothing is saved."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from adaccounts.services import grant_access
from campaigns.models import Ad, AdGroup, Campaign
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import make_ad_group, make_campaign, make_creative

from .wishes import AD, CAMPAIGN, GROUP


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"objective": ""}, "objective", "Choose what the campaign is to achieve."),
        ({"name": " "}, "name", "This field is required."),
        ({"name": "Sale 🎉"}, "name", "emoji"),
        ({"name": "x" * 513}, "name", "512"),
        ({"budget": "49.99"}, "budget", "at least $50.00"),
        ({"budget": "120.505"}, "budget", "at most 2 decimals"),
        ({"budget": "lots"}, "budget", "plain number"),
        ({"budget": "1e12"}, "budget", "too large"),
        ({"budget": ""}, "budget", "Enter the budget."),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_saves_nothing(
    mia: Client, step: Callable[..., str], changes: dict[str, str], field: str, said: str
) -> None:
    answer = mia.post(step("campaign"), CAMPAIGN | changes)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page[page.index(f'id="id_{field}_error"') :][:400]
    assert "data-errors" in page
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"countries": []}, "countries", "Choose at least one country."),
        ({"budget": "19.99"}, "budget", "at least $20.00"),
        ({"end_at": "2026-11-02T09:00"}, "end_at", "after the start"),
        ({"end_at": ""}, "end_at", "Enter when the schedule ends."),
        ({"start_at": "2020-01-01T00:00"}, "start_at", "in the past"),
        ({"bid_type": "BID_TYPE_CUSTOM", "bid_micros": ""}, "bid_micros", "Enter the bid"),
        ({"bid_type": "BID_TYPE_CUSTOM", "bid_micros": "100"}, "bid_micros", "below the budget"),
        ({"optimization_goal": "REACH"}, "optimization_goal", "can be optimised for"),
    ],
)
def test_an_ad_group_is_checked_too(
    mia: Client,
    step: Callable[..., str],
    ad_account: AdAccount,
    at: datetime,
    changes: dict[str, Any],
    field: str,
    said: str,
) -> None:
    campaign = make_campaign(ad_account, at)

    answer = mia.post(step("ad_group", campaign=campaign.pk), GROUP | changes)

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert not AdGroup.objects.exists()


def test_yen_have_no_decimals(
    client_of: Callable[[User], Client], cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    tokyo = make_ad_account(ad_account.business_center, cast.ben, at, currency="JPY")
    grant_access(ad_account=tokyo, user=cast.mia, level=Level.OPERATOR, actor=cast.ben, at=at)
    address = reverse("campaigns:campaign_create", args=[tokyo.pk])

    refused = client_of(cast.mia).post(address, CAMPAIGN | {"budget": "6000.5"})
    client_of(cast.mia).post(address, CAMPAIGN | {"budget": "6000"})

    assert "JPY has no decimals" in refused.content.decode()
    assert Campaign.objects.get().budget == 6000


def test_an_ad_needs_a_creative_of_this_account(
    mia: Client,
    step: Callable[..., str],
    ad_account: AdAccount,
    at: datetime,
    cast: Cast,
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)
    other = make_creative(make_ad_account(ad_account.business_center, cast.ben, at, name="B"), at)
    address = step("ad", ad_group=group.pk)

    none, foreign = mia.post(address, AD), mia.post(address, AD | {"creative": other.pk})

    assert "Pick a picture or video" in none.content.decode()
    assert "not in the library" in foreign.content.decode()
    assert not Ad.objects.exists()
