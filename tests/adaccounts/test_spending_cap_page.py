"""Setting the spending cap, the defaults and the blocked words of an ad account."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry
from adaccounts import services
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast
from tests.factories.billing import fund, spend
from tests.factories.campaigns import make_tree


@pytest.fixture
def browser(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.ben)


def page(account: AdAccount, name: str) -> str:
    return f"/ad-accounts/{account.pk}/settings/{name}/"


def test_a_cap_is_set_in_the_accounts_own_currency_and_is_in_the_log(
    browser: Client, ad_account: AdAccount
) -> None:
    sent = {"mode": "daily", "amount": "120.50"}

    assert browser.post(page(ad_account, "spending-cap"), sent).status_code == 302

    ad_account.refresh_from_db()
    assert (ad_account.cap_mode, ad_account.cap_amount) == ("daily", 12_050)
    entry = ActivityEntry.objects.get(action="set_spending_cap")
    assert (entry.before, entry.after) == ({"cap": "no limit"}, {"cap": "$120.50 (A day)"})


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"mode": "daily", "amount": ""}, "amount"),
        ({"mode": "daily", "amount": "0"}, "amount"),
        ({"mode": "monthly", "amount": "-5"}, "amount"),
        ({"mode": "monthly", "amount": "1.005"}, "amount"),
        ({"mode": "sometimes", "amount": "5"}, "mode"),
    ],
)
def test_a_cap_that_means_nothing_is_refused_at_its_field(
    browser: Client, ad_account: AdAccount, sent: dict[str, str], field: str
) -> None:
    answer = browser.post(page(ad_account, "spending-cap"), sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_total_cap_counts_on_when_it_is_raised_and_anew_when_it_is_reset(
    browser: Client, ad_account: AdAccount, at: datetime
) -> None:
    for_all = {"ad_account": ad_account, "actor": None}
    services.set_spending_cap(mode="total", amount=100, at=at, **for_all)
    later = at.replace(hour=18)

    services.set_spending_cap(mode="total", amount=200, at=later, **for_all)
    ad_account.refresh_from_db()
    assert ad_account.cap_since == at

    services.reset_spending_cap(at=later, **for_all)
    ad_account.refresh_from_db()
    assert (ad_account.cap_since, ad_account.cap_amount) == (later, 200)


def test_only_a_total_cap_can_be_reset(ad_account: AdAccount, at: datetime) -> None:
    with pytest.raises(services.InvalidSetting):
        services.reset_spending_cap(ad_account=ad_account, actor=None, at=at)


def test_the_page_shows_what_the_cap_has_used(
    browser: Client, ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 10_000, at)
    spend(ad_account, at, c1=2_500)
    services.set_spending_cap(ad_account=ad_account, mode="daily", amount=2_000, actor=None, at=at)

    part = browser.get(f"/ad-accounts/{ad_account.pk}/finance/cap/").content.decode()

    assert "$25.00 of $20.00" in part
    assert "The cap is reached: nothing delivers until tomorrow or raised." in part


def test_defaults_are_offered_by_the_forms_of_new_ads(
    browser: Client, ad_account: AdAccount, at: datetime
) -> None:
    sent = {
        "default_landing_page": "northwind.example/sale",
        "default_display_name": "Northwind Coats",
        "default_daily_budget": "75",
    }
    assert browser.post(page(ad_account, "defaults"), sent).status_code == 302
    tree = make_tree(ad_account, at)

    ads = f"/ad-accounts/{ad_account.pk}/"
    campaign = browser.get(f"{ads}campaigns/new/").context["form"]
    group = browser.get(f"{ads}ad-groups/new/?campaign={tree.campaign.pk}").context["form"]
    ad = browser.get(f"{ads}ads/new/?ad_group={tree.group.pk}").context["form"]
    assert campaign["budget"].value() == group["budget"].value() == "75.00"
    assert ad["display_name"].value() == "Northwind Coats"
    assert ad["landing_page_url"].value() == "https://northwind.example/sale"


def test_blocked_words_are_kept_once_and_in_lower_case(
    browser: Client, ad_account: AdAccount
) -> None:
    sent = {"words": "Cheap\n  best  PRICE \ncheap\n\n"}

    browser.post(page(ad_account, "blocked-words"), sent)

    ad_account.refresh_from_db()
    assert ad_account.blocked_words == ["best price", "cheap"]


@pytest.mark.parametrize("words", ["x" * 61, "!!!"])
def test_what_is_no_word_cannot_be_blocked(
    browser: Client, ad_account: AdAccount, words: str
) -> None:
    answer = browser.post(page(ad_account, "blocked-words"), {"words": words})

    assert list(answer.context["form"].errors) == ["words"]


@pytest.mark.parametrize("name", ["spending-cap", "people"])
def test_cap_and_people_ask_for_a_recent_sign_in(
    cast: Cast, ad_account: AdAccount, name: str, client: Client
) -> None:
    client.force_login(cast.ben)

    answer = client.post(page(ad_account, name), {"mode": "none"})

    assert answer.headers["Location"].startswith("/account/reauthenticate/")
