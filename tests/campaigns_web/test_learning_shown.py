"""Ad groups say how far they have learned, and the edit form warns before learning starts again."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.models import AdGroup, DeliveryCursor, Objective
from campaigns.services import deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

WARNING = "Changing targeting, bid, goal or budget by more than half starts the learning phase"


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


def test_groups_that_look_for_clicks_do_not_speak_of_learning(
    ana: Client, shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    tree = make_tree(ad_account, at)

    page = ana.get(reverse("campaigns:campaign", args=[ad_account.pk, tree.campaign.pk]))

    assert all(group.learning is None for group, _ in page.context["groups"])
