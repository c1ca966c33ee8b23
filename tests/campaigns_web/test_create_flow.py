"""Mia creates a campaign, an ad group and an ad; each step saves a row, and mistakes save none."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from adaccounts.services import grant_access
from assets.models import Creative
from campaigns.models import Ad, AdGroup, Campaign, ReviewState
from campaigns.web.once import answer_once
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import make_ad_group, make_campaign, make_creative
from tests.factories.media import picture, upload

CAMPAIGN = {
    "objective": "TRAFFIC",
    "name": "Autumn sale",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": "120.50",
    "form_token": "first",
}
GROUP = {
    "name": "Women 18–34",
    "countries": ["US", "CA"],
    "age_groups": ["AGE_18_24", "AGE_25_34"],
    "gender": "GENDER_FEMALE",
    "optimization_goal": "CLICK",
    "bid_type": "BID_TYPE_NO_BID",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": "60",
    "schedule_type": "SCHEDULE_START_END",
    "start_at": "2026-11-03T09:00",
    "end_at": "2026-11-10T18:00",
    "pacing": "PACING_MODE_SMOOTH",
    "form_token": "second",
}
AD = {
    "name": "Film A",
    "display_name": "Northwind",
    "text": "Coats for the first cold day",
    "call_to_action": "SHOP_NOW",
    "landing_page_url": "https://northwind.example/sale",
    "form_token": "third",
}


@pytest.fixture
def step(ad_account: AdAccount) -> Callable[..., str]:
    def address(level: str, **asked: Any) -> str:
        query = "&".join(f"{key}={value}" for key, value in asked.items())
        return f"{reverse(f'campaigns:{level}_create', args=[ad_account.pk])}?{query}"

    return address


def test_three_steps_lead_to_an_ad_in_review(
    mia: Client, step: Callable[..., str], ad_account: AdAccount, at: datetime
) -> None:
    creative = make_creative(ad_account, at)

    second = mia.post(step("campaign"), CAMPAIGN).headers["Location"]
    third = mia.post(second, GROUP).headers["Location"]
    end = mia.post(third, AD | {"creative": creative.pk}, follow=True)

    campaign, group, ad = Campaign.objects.get(), AdGroup.objects.get(), Ad.objects.get()
    assert (campaign.budget, group.budget) == (12_050, 6_000)
    assert (group.countries, group.billing_event) == (["US", "CA"], "CPC")
    assert ad_account.local(group.start_at).strftime("%d %H:%M") == "03 09:00"
    assert ad_account.local(group.end_at).strftime("%d %H:%M") == "10 18:00"
    assert (ad.ad_group, ad.creative, ad.review_state) == (group, creative, ReviewState.PENDING)
    assert end.redirect_chain[-1][0] == reverse(
        "campaigns:campaign", args=[ad_account.pk, campaign.pk]
    )
    assert "“Film A” is in review" in end.content.decode()


def test_objectives_come_in_three_groups_that_say_when_to_use_them(
    mia: Client, step: Callable[..., str]
) -> None:
    page = mia.get(step("campaign")).content.decode()

    assert page.index("Awareness") < page.index("Consideration") < page.index("Conversion")
    assert page.count('name="objective"') == 8
    assert page.count("Use it ") == 8


def test_strategies_that_do_not_suit_are_locked_with_the_reason(
    mia: Client, step: Callable[..., str], ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at, objective="VIDEO_VIEWS")

    page = mia.get(step("ad_group", campaign=campaign.pk)).content.decode()

    for name in ("CPC", "CPM", "oCPM"):
        assert f"<b>{name}</b>" in page
    assert page.count("Not for Video views;") == 3
    assert "<b>CPV · 6-second views</b>" in page


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


def test_a_file_that_comes_with_the_ad_is_uploaded_once_even_if_the_ad_has_mistakes(
    mia: Client, step: Callable[..., str], ad_account: AdAccount, at: datetime
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)
    address = step("ad", ad_group=group.pk)

    wrong = mia.post(address, AD | {"text": "Buy {now}", "upload": upload(picture())})
    creative = Creative.objects.get()
    assert wrong.status_code == 422
    assert f'value="{creative.pk}" checked' in wrong.content.decode()
    assert not Ad.objects.exists()

    mia.post(address, AD | {"creative": creative.pk})
    assert Ad.objects.get().creative == creative


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


def test_sending_the_same_form_twice_creates_one(mia: Client, step: Callable[..., str]) -> None:
    first, again = (mia.post(step("campaign"), CAMPAIGN) for _ in range(2))

    assert Campaign.objects.count() == 1
    assert first.headers["Location"] == again.headers["Location"]

    mia.post(step("campaign"), CAMPAIGN | {"form_token": "another"})
    assert Campaign.objects.count() == 2


def test_a_form_with_mistakes_can_be_sent_again(mia: Client, step: Callable[..., str]) -> None:
    assert mia.post(step("campaign"), CAMPAIGN | {"budget": "1"}).status_code == 422
    assert mia.post(step("campaign"), CAMPAIGN).status_code == 302


def test_two_at_the_same_moment_do_the_work_once(rf: Any, cast: Cast) -> None:
    begun, done, answers = threading.Event(), [], []

    def work() -> HttpResponseRedirect:
        begun.set()
        done.append(1)
        threading.Event().wait(0.2)
        return HttpResponseRedirect("/there/")

    def send() -> None:
        request = rf.post("/", {"form_token": "same"})
        request.user = cast.mia
        answers.append(answer_once(request, work).url)

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done == [1]
    assert answers == ["/there/"] * 3


def test_an_analyst_is_refused(ana: Client, step: Callable[..., str]) -> None:
    assert ana.get(step("campaign")).status_code == 403
    assert ana.post(step("campaign"), CAMPAIGN).status_code == 403
    assert not Campaign.objects.exists()
