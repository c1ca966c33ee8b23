"""Editing the three levels, and two people editing the same thing."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import AdGroup, ReviewState
from tests.factories.campaigns import Tree, approve, make_ad_group, make_campaign, make_tree


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    budget = {"budget_mode": "BUDGET_MODE_DAY", "budget": 20_000}
    return make_tree(ad_account, at, campaign=budget)


def page_of(node: Any) -> str:
    level, argument = {
        "Campaign": ("campaign", node.pk),
        "AdGroup": ("ad_group", node.pk),
        "Ad": ("ad", node.pk),
    }[type(node).__name__]
    return reverse(f"campaigns:{level}_edit", args=[node.ad_account_id, argument])


def filled(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """The form as the page shows it, with some answers changed."""
    form = client.get(address).context["form"]
    values = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() is not None and name != "upload"
    }
    return values | {"version": client.get(address).context["version"]} | changes


def test_a_campaign_gets_another_name_and_budget(mia: Client, tree: Tree) -> None:
    address = page_of(tree.campaign)

    answer = mia.post(address, filled(mia, address, name="Autumn sale 2", budget="250"))

    tree.campaign.refresh_from_db()
    assert answer.status_code == 302
    assert (tree.campaign.name, tree.campaign.budget) == ("Autumn sale 2", 25_000)


def test_what_is_fixed_stays_fixed(mia: Client, tree: Tree) -> None:
    address = page_of(tree.campaign)

    mia.post(address, filled(mia, address, objective="REACH", budget_mode="BUDGET_MODE_TOTAL"))

    tree.campaign.refresh_from_db()
    assert (tree.campaign.objective, tree.campaign.budget_mode) == ("TRAFFIC", "BUDGET_MODE_DAY")


def test_an_untouched_ad_group_can_be_saved_hours_after_it_began(
    mia: Client, tree: Tree, at: datetime
) -> None:
    """Its start has seconds, which the form does not show, and lies in the past."""
    AdGroup.objects.filter(pk=tree.group.pk).update(start_at=at.replace(second=42))
    address = page_of(tree.group)

    answer = mia.post(address, filled(mia, address, name="Everybody else"))

    tree.group.refresh_from_db()
    assert answer.status_code == 302
    assert tree.group.name == "Everybody else"
    assert tree.group.start_at.second == 42


def test_targeting_and_bid_of_an_ad_group_change(mia: Client, tree: Tree) -> None:
    address = page_of(tree.group)
    changes = {"countries": ["CA"], "bid_type": "BID_TYPE_CUSTOM", "bid_micros": "1.2345"}

    mia.post(address, filled(mia, address, **changes))

    tree.group.refresh_from_db()
    assert (tree.group.countries, tree.group.bid_micros) == (["CA"], 1_234_500)
    assert mia.get(address).context["form"]["bid_micros"].value() == "1.2345"


def test_a_frequency_cap_is_taken_away_by_emptying_its_fields(
    mia: Client, ad_account: AdAccount, at: datetime
) -> None:
    group = make_ad_group(
        make_campaign(ad_account, at, objective="REACH"), at, optimization_goal="REACH",
        frequency_cap=2, frequency_days=7,
    )  # fmt: skip
    address = page_of(group)

    half = mia.post(address, filled(mia, address, frequency_cap=""))
    assert half.status_code == 422
    assert "or leave both fields empty" in half.content.decode()

    answer = mia.post(address, filled(mia, address, frequency_cap="", frequency_days=""))
    group.refresh_from_db()
    assert answer.status_code == 302
    assert (group.frequency_cap, group.frequency_days) == (None, None)


def test_new_words_send_an_ad_back_to_review(mia: Client, tree: Tree, at: datetime) -> None:
    approve(tree.ad, at)
    address = page_of(tree.ad)

    mia.post(address, filled(mia, address, name="Only the name"))
    tree.ad.refresh_from_db()
    assert tree.ad.review_state == ReviewState.APPROVED

    mia.post(address, filled(mia, address, text="New words"))
    tree.ad.refresh_from_db()
    assert (tree.ad.text, tree.ad.review_state) == ("New words", ReviewState.PENDING)


def test_who_saves_second_sees_both_versions_and_decides(
    mia: Client, tree: Tree, at: datetime
) -> None:
    address = page_of(tree.campaign)
    mine = filled(mia, address, budget="250")
    services.update_campaign(
        campaign=tree.campaign, changes={"budget": 30_000}, expected_version=None,
        actor=None, at=at,
    )  # fmt: skip

    conflict = mia.post(address, mine)
    page = conflict.content.decode()
    tree.campaign.refresh_from_db()
    assert conflict.status_code == 422
    assert "Somebody else changed this" in page
    assert "300.00 USD" in page
    assert "250.00 USD" in page
    assert tree.campaign.budget == 30_000

    mia.post(address, mine | {"version": conflict.context["version"]})
    tree.campaign.refresh_from_db()
    assert tree.campaign.budget == 25_000


def test_a_mistake_in_an_edit_changes_nothing(mia: Client, tree: Tree) -> None:
    address = page_of(tree.campaign)

    answer = mia.post(address, filled(mia, address, name="Better", budget="10"))

    tree.campaign.refresh_from_db()
    assert answer.status_code == 422
    assert tree.campaign.name == "Autumn sale"


def test_a_rejected_ad_says_which_words_broke_which_rule(
    mia: Client, tree: Tree, at: datetime
) -> None:
    services.update_ad(
        ad=tree.ad, changes={"text": "This cures everything"}, expected_version=None,
        actor=None, at=at,
    )  # fmt: skip
    approve(tree.ad, at)

    page = mia.get(page_of(tree.ad)).content.decode()

    assert "Misleading claim" in page
    assert "<dd>cures</dd>" in page


def test_other_peoples_pages_are_closed(ana: Client, tree: Tree) -> None:
    for node in (tree.campaign, tree.group, tree.ad):
        assert ana.get(page_of(node)).status_code == 403
        assert ana.post(page_of(node), {"name": "x"}).status_code == 403
