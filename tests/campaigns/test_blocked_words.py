"""Words that an ad account has blocked: named with their field, on pages and by the API."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from adaccounts.models import AdAccount
from adaccounts.services import set_blocked_words
from campaigns.services import InvalidInput, update_ad
from tests.factories.accounts import Cast
from tests.factories.campaigns import make_ad, make_tree


@pytest.fixture
def blocking(ad_account: AdAccount, at: datetime) -> AdAccount:
    words = ["cheap", "best price", "größe"]
    return set_blocked_words(ad_account=ad_account, words=words, actor=None, at=at)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("text", "So CHEAP, so good", "“CHEAP”"),
        ("text", "The best   price in town", "“best   price”"),
        ("display_name", "Cheap Coats", "“Cheap”"),
        ("name", "cheap film", "“cheap”"),
        ("text", "Jede Größe.", "“Größe”"),
    ],
)
def test_a_new_ad_with_a_blocked_word_is_refused_at_its_field(
    blocking: AdAccount, at: datetime, field: str, text: str, said: str
) -> None:
    group = make_tree(blocking, at).group

    with pytest.raises(InvalidInput) as refusal:
        make_ad(group, at, **{field: text})

    assert refusal.value.field == field
    assert said in refusal.value.message


@pytest.mark.parametrize("text", ["Cheaply made? Never.", "Best of prices", "Uncheap"])
def test_only_whole_words_are_blocked(blocking: AdAccount, at: datetime, text: str) -> None:
    make_ad(make_tree(blocking, at).group, at, text=text)


def test_an_edit_is_refused_for_what_it_changes_only(ad_account: AdAccount, at: datetime) -> None:
    ad = make_tree(ad_account, at, ad={"text": "Cheap coats"}).ad
    set_blocked_words(ad_account=ad_account, words=["cheap"], actor=None, at=at)
    for_all = {"ad": ad, "expected_version": None, "actor": None, "at": at}

    update_ad(changes={"landing_page_url": "https://northwind.example/new"}, **for_all)
    with pytest.raises(InvalidInput):
        update_ad(changes={"text": "Cheap hats"}, **for_all)


def test_the_check_before_publishing_says_so_already(
    cast: Cast, blocking: AdAccount, client_of: Callable[..., Client]
) -> None:
    url = f"/ad-accounts/{blocking.pk}/ads/preview/"

    shown = client_of(cast.mia).get(url, {"text": "So cheap"}).content.decode()

    assert "uses words that this ad account has blocked: “cheap”" in shown
