"""Ad groups say how far they have learned, and the edit form warns before learning starts again."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.delivery.learning import DAYS, LEARNED_AT
from campaigns.models import AdGroup, Campaign, DeliveryCursor, Objective
from campaigns.queries.learning import Learning
from campaigns.services import deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_campaign, make_tree

WARNING = f"starts the learning phase again: its results and cost swing until {LEARNED_AT} conv"
SHARED = f"of all its ad groups again: their results and cost swing until {LEARNED_AT} conversions"


@pytest.fixture
def shop(ad_account: AdAccount, at: datetime) -> Tree:
    """Two hours in, it has sold next to nothing."""
    fund(ad_account, 50_000_00, at)
    tree = make_tree(
        ad_account,
        at,
        campaign={"objective": Objective.WEB_CONVERSIONS},
        group={"budget": 60_00, "optimization_goal": "CONVERT"},
    )
    assert AdGroup.objects.get(pk=tree.group.pk).billing_event == "OCPM"
    approve(tree.ad, at)
    until = at + timedelta(hours=2)
    deliver_until(ad_account_id=ad_account.pk, until=until)
    set_clock(at=until, rate=PracticeClock.PAUSED)
    return tree


def pages(shop: Tree) -> tuple[str, str]:
    account = shop.campaign.ad_account_id
    return (
        reverse("campaigns:ad_group_list", args=[account]),
        reverse("campaigns:campaign", args=[account, shop.campaign.pk]),
    )


def test_the_table_and_the_campaign_say_how_far_it_is_and_what_to_avoid(
    ana: Client, shop: Tree
) -> None:
    for address in pages(shop):
        page = ana.get(address).content.decode()
        assert " of 50 results" in page
        assert "Avoid significant edits" in page


def test_after_a_week_without_results_it_says_what_to_do(ana: Client, shop: Tree) -> None:
    cursor = DeliveryCursor.objects.get()
    DeliveryCursor.objects.update(open_day=cursor.open_day + timedelta(days=8))

    for address in pages(shop):
        page = ana.get(address).content.decode()
        assert "Learning failed" in page
        assert "Raise the budget, widen the audience, or raise the bid." in page


def test_who_edits_is_warned_where_there_is_something_to_learn(
    mia: Client, shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    clicks = make_tree(ad_account, at)

    def form(group: AdGroup) -> str:
        address = reverse("campaigns:ad_group_edit", args=[ad_account.pk, group.pk])
        return mia.get(address).content.decode()

    assert WARNING in form(shop.group)
    assert WARNING not in form(clicks.group)


def test_who_edits_a_shared_budget_is_warned_too(
    mia: Client, shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    shares = {"budget_mode": "BUDGET_MODE_DAY", "budget": 100_00, "is_budget_optimized": True}
    selling = make_campaign(ad_account, at, objective=Objective.WEB_CONVERSIONS, **shares)
    reaching = make_campaign(ad_account, at, objective=Objective.REACH, **shares)

    def form(campaign: Campaign) -> str:
        address = reverse("campaigns:campaign_edit", args=[ad_account.pk, campaign.pk])
        return mia.get(address).content.decode()

    assert SHARED in form(selling)
    assert SHARED not in form(reaching)
    assert SHARED not in form(shop.campaign)  # its ad groups have budgets of their own


def test_pages_count_as_the_engine_does(
    mia: Client, shop: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Learning, "needed", 37)
    edit = reverse("campaigns:ad_group_edit", args=[shop.ad.ad_account_id, shop.group.pk])

    assert "until 37 conversions are known" in mia.get(edit).content.decode()
    about = mia.get(reverse("accounts:help"), {"page": "campaigns:campaign_list"})
    assert f"37 results in {DAYS} days" in about.content.decode()


def test_groups_that_look_for_clicks_do_not_speak_of_learning(
    ana: Client, shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    tree = make_tree(ad_account, at)

    page = ana.get(reverse("campaigns:campaign", args=[ad_account.pk, tree.campaign.pk]))

    assert all(group.learning is None for group, _ in page.context["groups"])
