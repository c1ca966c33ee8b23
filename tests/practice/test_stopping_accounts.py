"""A trainer suspends an ad account or holds its contract; everybody in it sees why it stands."""

from collections.abc import Callable

import pytest
from django.test import Client

from adaccounts.models import AdAccount
from tests.factories.accounts import Cast

DESK = "/practice/desk/"


@pytest.mark.parametrize(
    ("act", "state", "undo"),
    [("suspend", "suspended", "lift"), ("hold", "contract_pending", "start")],
)
def test_a_trainer_stops_an_account_and_undoes_it(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client], act, state, undo
) -> None:
    tom, place = client_of(cast.tom), f"{DESK}ad-accounts/{ad_account.pk}/state/"
    assert "Northwind USD" in tom.get(DESK, {"account": "wind usd"}).content.decode()

    tom.post(place, {"act": act, "reason": "Repeated complaints."})

    ad_account.refresh_from_db()
    assert ad_account.status == state
    assert "Northwind USD" in tom.get(DESK).content.decode()
    said = f"Ad account: {ad_account.get_status_display().lower()}"
    for url in (f"/ad-accounts/{ad_account.pk}/", f"/ad-accounts/{ad_account.pk}/campaigns/"):
        page = client_of(cast.mia).get(url).content.decode()
        assert said in page
        assert ("Repeated complaints." in page) == (act == "suspend")

    tom.post(place, {"act": undo})
    ad_account.refresh_from_db()
    assert ad_account.status == "approved"
    assert "Ad account: " not in client_of(cast.mia).get(url).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "suspend", "reason": " "}, "Say what the account is suspended for."),
        ({"act": "lift"}, "Northwind USD is not suspended."),
        ({"act": "close"}, "Choose what to do from the list."),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client], sent, said
) -> None:
    place = f"{DESK}ad-accounts/{ad_account.pk}/state/"

    page = client_of(cast.tom).post(place, sent, follow=True).content.decode()

    assert said in page
    ad_account.refresh_from_db()
    assert ad_account.status == "approved"
