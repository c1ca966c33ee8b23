"""What answers while people fill in the forms: audience size, preview, pre-check, picker."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns.delivery.loading import look
from campaigns.delivery.market import audience_size
from tests.factories.campaigns import approve, make_creative, make_tree


def test_the_audience_follows_the_targeting(mia: Client, ad_account: AdAccount) -> None:
    address = reverse("campaigns:audience", args=[ad_account.pk])

    def people(**asked: object) -> int:
        return mia.get(address, asked).context["people"]

    assert people(countries=["US", "CA"]) == audience_size(["US", "CA"])
    narrower = people(countries=["US"], age_groups=["AGE_18_24"], gender="GENDER_FEMALE")
    assert 0 < narrower < people(countries=["US"])
    assert people(countries=["US"], gender="GENDER_UNLIMITED") == people(countries=["US"])
    assert people(countries=["XX", "<b>"], age_groups=["nonsense"]) == 0


def test_what_the_business_api_has_set_is_counted_as_delivery_counts_it(
    mia: Client, ad_account: AdAccount, at: datetime
) -> None:
    tree = make_tree(
        ad_account, at,
        group={
            "languages": ("en", "cy"), "interests": ("15", "15109", "sports"),
            "behaviours": ("LIKED:15:26", "FOLLOWING:0:15109"),
        },
    )  # fmt: skip
    approve(tree.ad, at)
    edit = reverse("campaigns:ad_group_edit", args=[ad_account.pk, tree.group.pk])
    form = mia.get(edit).context["form"]
    names = (
        "countries", "age_groups", "gender", "operating_systems", "languages", "interests",
        "behaviours",
    )  # fmt: skip

    asked = {name: form[name].value() for name in names}
    page = mia.get(reverse("campaigns:audience", args=[ad_account.pk]), asked)

    assert page.context["people"] == tree.group.audience_size
    assert page.context["people"] == look([ad_account], since=at)[0][0].plan.audience.sum()
    without = mia.get(page.request["PATH_INFO"], asked | {"interests": ["15"]})
    assert without.context["people"] < page.context["people"]


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({}, "Empty"),
        ({"countries": "NZ", "age_groups": "AGE_55_100"}, "Narrow"),
        ({"countries": "DE"}, "Balanced"),
        ({"countries": "US"}, "Broad"),
    ],
)
def test_the_size_has_a_word(
    mia: Client, ad_account: AdAccount, asked: dict[str, str], word: str
) -> None:
    page = mia.get(reverse("campaigns:audience", args=[ad_account.pk]), asked).content.decode()

    assert word in page


def test_the_preview_follows_the_words_and_warns_of_the_policy(
    mia: Client, ad_account: AdAccount, at: datetime
) -> None:
    address = reverse("campaigns:ad_preview", args=[ad_account.pk])
    film = make_creative(ad_account, at)
    words = {"creative": film.pk, "display_name": "Northwind", "call_to_action": "SHOP_NOW"}

    fine = mia.get(address, words | {"text": "Warm <coats>"}).content.decode()
    assert "Warm &lt;coats&gt;" in fine
    assert "Shop now" in fine
    assert "12 of 100 characters" in fine
    assert reverse("assets:file", args=[ad_account.pk, film.pk]) in fine
    assert "Nothing here breaks" in fine

    risky = mia.get(address, words | {"text": "This cures everything"}).content.decode()
    assert "Would not be approved" in risky
    assert "cures" in risky


def test_the_picker_finds_by_name_and_keeps_what_is_chosen(
    mia: Client, ad_account: AdAccount, at: datetime
) -> None:
    chosen, other = make_creative(ad_account, at), make_creative(ad_account, at)
    address = reverse("campaigns:creative_picker", args=[ad_account.pk])

    page = mia.get(address, {"creative_q": other.name, "creative": chosen.pk}).content.decode()

    assert f'value="{chosen.pk}" checked' in page
    assert other.name in page
    assert "No creative matches" in mia.get(address, {"creative_q": "zebra"}).content.decode()


def test_analysts_have_no_use_for_them(ana: Client, ad_account: AdAccount) -> None:
    for name in ("audience", "ad_preview", "creative_picker"):
        assert ana.get(reverse(f"campaigns:{name}", args=[ad_account.pk])).status_code == 403
