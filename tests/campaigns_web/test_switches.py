"""Small changes from a row: on and off, duplicate, delete."""

import json
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns.models import Ad, Campaign, OperationStatus, SwitchEvent
from tests.factories.campaigns import Tree, effects, make_tree

HTMX = {"HX-Request": "true"}


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    return make_tree(ad_account, at)


def address(name: str, ad_account: AdAccount, pk: int) -> str:
    return reverse(f"campaigns:{name}", args=[ad_account.pk, pk])


def test_an_ad_group_and_an_ad_switch_at_once_and_say_when_delivery_follows(
    mia: Client, ad_account: AdAccount, tree: Tree
) -> None:
    for name, node in (("ad_group_switch", tree.group), ("ad_switch", tree.ad)):
        there = address(name, ad_account, node.pk)

        off = mia.post(there, {"on": "0"}, headers=HTMX)
        node.refresh_from_db()
        assert not node.is_on
        events = json.loads(off["HX-Trigger"])
        assert {"changed", "closeModal", "toast"} <= events.keys()
        follows = f"{ad_account.local(effects(node)[0]):%H:%M:%S}"
        assert events["toast"]["message"].endswith(f"now off, and delivery follows at {follows}.")

        mia.post(there, {"on": "1"}, headers=HTMX)
        node.refresh_from_db()
        assert node.is_on
    assert SwitchEvent.objects.count() == 4


def test_without_scripts_a_switch_leads_back_to_the_table(
    mia: Client, ad_account: AdAccount, tree: Tree
) -> None:
    here = reverse("campaigns:ad_list", args=[ad_account.pk]) + "?q=film"
    there = address("ad_switch", ad_account, tree.ad.pk)

    assert mia.post(there, {"on": "0", "next": here}).headers["Location"] == here
    safe = mia.post(there, {"on": "1", "next": "https://evil.example/"}).headers["Location"]
    assert safe == reverse("campaigns:campaign_list", args=[ad_account.pk])


def test_a_refusal_is_said_and_changes_nothing(
    mia: Client, ad_account: AdAccount, tree: Tree, at: datetime
) -> None:
    Campaign.objects.filter(pk=tree.campaign.pk).update(
        operation_status=OperationStatus.DISABLE, deactivated_at=at
    )

    answer = mia.post(address("campaign_switch_on", ad_account, tree.campaign.pk), headers=HTMX)

    assert json.loads(answer["HX-Trigger"])["toast"]["tone"] == "error"
    tree.campaign.refresh_from_db()
    assert not tree.campaign.is_on


def test_duplicating_makes_one_copy_that_is_off(
    mia: Client, ad_account: AdAccount, tree: Tree
) -> None:
    there = address("duplicate", ad_account, tree.campaign.pk)
    form = mia.get(there, headers=HTMX)
    token = form.context["form_token"]
    assert form.context["name"] == "Autumn sale (copy)"

    answers = [
        mia.post(there, {"name": "Second try", "form_token": token}, headers=HTMX) for _ in "12"
    ]

    copy = Campaign.objects.exclude(pk=tree.campaign.pk).get()
    assert (copy.name, copy.is_on, Ad.objects.count()) == ("Second try", False, 2)
    page = address("campaign", ad_account, copy.pk)
    assert [answer["HX-Redirect"] for answer in answers] == [page, page]


def test_deleting_asks_first_and_takes_it_out_of_the_table(
    mia: Client, ad_account: AdAccount, tree: Tree
) -> None:
    there = address("ad_delete", ad_account, tree.ad.pk)

    question = mia.get(there, headers=HTMX).content.decode()
    assert "Delete this ad?" in question
    assert "data-safe" in question
    tree.ad.refresh_from_db()
    assert not tree.ad.is_deleted

    mia.post(there, headers=HTMX)
    tree.ad.refresh_from_db()
    assert tree.ad.is_deleted
    table = mia.get(reverse("campaigns:ad_list", args=[ad_account.pk])).content.decode()
    assert "No ads yet" in table


@pytest.mark.parametrize(
    "name",
    ["campaign_switch_on", "duplicate", "campaign_delete"],
)
def test_an_analyst_changes_nothing(
    ana: Client, ad_account: AdAccount, tree: Tree, name: str
) -> None:
    assert ana.post(address(name, ad_account, tree.campaign.pk)).status_code == 403
    assert Campaign.objects.get() == tree.campaign
    assert not tree.campaign.is_deleted


def test_nothing_of_another_account_can_be_reached_through_ones_own(
    mia: Client, ad_account: AdAccount, tree: Tree
) -> None:
    for name in ("campaign", "campaign_edit", "stop", "duplicate", "campaign_delete", "state"):
        assert mia.get(address(name, ad_account, tree.campaign.pk + 1)).status_code == 404
