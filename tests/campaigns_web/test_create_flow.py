"""Mia creates a campaign, an ad group and an ad; each step saves a real row."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from assets.models import Creative
from campaigns.models import Ad, AdGroup, Campaign, ReviewState
from tests.factories.campaigns import make_ad_group, make_campaign, make_creative
from tests.factories.media import picture, upload

from .wishes import AD, CAMPAIGN, GROUP


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


def test_an_analyst_is_refused(ana: Client, step: Callable[..., str]) -> None:
    assert ana.get(step("campaign")).status_code == 403
    assert ana.post(step("campaign"), CAMPAIGN).status_code == 403
    assert not Campaign.objects.exists()
