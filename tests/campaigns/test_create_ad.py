"""Creating and changing ads: texts, links and creatives, and what goes back to review."""

from datetime import datetime

import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import Ad, AdFormat, Objective, OptimizationGoal, ReviewState
from campaigns.services import InvalidInput, LimitReached
from campaigns.services import ads as ad_services
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import (
    approve,
    make_ad,
    make_ad_group,
    make_campaign,
    make_creative,
)


def change(ad: Ad, at: datetime, **changes: object) -> Ad:
    return services.update_ad(ad=ad, changes=changes, expected_version=None, actor=None, at=at)


def test_ads_of_an_account_are_counted_and_go_to_review(
    ad_account: AdAccount, at: datetime
) -> None:
    groups = [make_ad_group(make_campaign(ad_account, at), at) for _ in range(2)]

    ads = [make_ad(group, at) for group in groups]

    assert [ad.ordinal for ad in ads] == [1, 2]
    assert {ad.review_state for ad in ads} == {ReviewState.PENDING}
    assert ads[0].reviews.get().submitted_at == at < ads[0].reviews.get().due_at


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": ""}, "name", "empty"),
        ({"display_name": "N"}, "display_name", "at least 2"),
        ({"display_name": "N" * 41}, "display_name", "at most 40"),
        ({"text": ""}, "text", "empty"),
        ({"text": "a" * 101}, "text", "at most 100"),
        ({"text": "コ" * 51}, "text", "count twice"),
        ({"text": "New in 🧥"}, "text", "emoji"),
        ({"text": "Ask #northwind"}, "text", "cannot contain #"),
        ({"text": "two\nlines"}, "text", "control"),
        ({"landing_page_url": ""}, "landing_page_url", "enter the landing page"),
        ({"landing_page_url": "northwind.example"}, "landing_page_url", "https://"),
        ({"landing_page_url": "javascript:alert(1)"}, "landing_page_url", "https://"),
        ({"landing_page_url": "https://[oops"}, "landing_page_url", "https://"),
        ({"landing_page_url": "https://n.example/" + "a" * 2000}, "landing_page_url", "2,000"),
        ({"call_to_action": "PANIC"}, "call_to_action", "Choose"),
        ({"ad_format": "SINGLE_SMELL"}, "ad_format", "video or an image"),
        ({"ad_format": AdFormat.IMAGE}, "creative", "kind image"),
        ({"operation_status": "DELETE"}, "operation_status", "on or off"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_field(
    ad_account: AdAccount, at: datetime, changes: dict, field: str, said: str
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)

    with pytest.raises(InvalidInput, match=said) as caught:
        make_ad(group, at, **changes)

    assert caught.value.field == field
    assert not Ad.objects.exists()


def test_a_reach_campaign_does_without_a_link(ad_account: AdAccount, at: datetime) -> None:
    group = make_ad_group(make_campaign(ad_account, at, objective=Objective.REACH), at)

    assert make_ad(group, at, landing_page_url="").landing_page_url == ""


def test_views_are_counted_on_videos_only(ad_account: AdAccount, at: datetime) -> None:
    group = make_ad_group(
        make_campaign(ad_account, at, objective=Objective.VIDEO_VIEWS), at,
        optimization_goal=OptimizationGoal.VIDEO_VIEW,
    )  # fmt: skip

    with pytest.raises(InvalidInput) as caught:
        make_ad(group, at, creative=make_creative(ad_account, at, kind="image"))

    assert caught.value.field == "ad_format"


def test_another_accounts_creative_is_refused(ad_account: AdAccount, at: datetime) -> None:
    other = make_ad_account(ad_account.business_center, None, at, currency="EUR")
    group = make_ad_group(make_campaign(ad_account, at), at)

    with pytest.raises(InvalidInput, match="another ad account") as caught:
        make_ad(group, at, creative=make_creative(other, at))

    assert caught.value.field == "creative"


def test_an_ad_group_can_be_full(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)
    monkeypatch.setattr(ad_services, "MOST_ADS", 1)
    make_ad(group, at)

    with pytest.raises(LimitReached):
        make_ad(group, at)


def test_only_what_people_see_goes_back_to_review(ad_account: AdAccount, at: datetime) -> None:
    ad = approve(make_ad(make_ad_group(make_campaign(ad_account, at), at), at), at)

    renamed = change(ad, at, name="Film two", call_to_action="SHOP_NOW")
    assert renamed.review_state == ReviewState.APPROVED

    rewritten = change(ad, at, text="Coats for the second cold day")
    assert rewritten.review_state == ReviewState.PENDING
    assert rewritten.is_runnable
    assert [review.attempt for review in ad.reviews.all()] == [2, 1]


def test_a_new_creative_starts_without_the_old_ones_fatigue(
    ad_account: AdAccount, at: datetime
) -> None:
    ad = make_ad(make_ad_group(make_campaign(ad_account, at), at), at)

    changed = change(ad, at, creative=make_creative(ad_account, at))

    assert changed.creative_revision == 1
    assert changed.ordinal == 1
