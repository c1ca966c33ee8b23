"""In review, approved, not approved, suspended, waiting for a contract, disabled: who moves it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Notification, Verification
from adaccounts import services
from adaccounts.models import AdAccount
from bizcenter.practice.services import advance_to
from tests.factories.accounts import Cast

MINUTE = timedelta(minutes=1)
Status = AdAccount.Status
FACTS = {
    "name": "Coats", "currency": "USD", "timezone": "America/New_York", "country": "US",
    "industry": "Retail", "website": "https://coats.example",
}  # fmt: skip


def opened(business_center: BusinessCenter, at: datetime, **changes: str) -> AdAccount:
    return services.create_ad_account(
        business_center=business_center, actor=None, at=at, **FACTS | changes
    )


def state_of(account: AdAccount) -> str:
    account.refresh_from_db()
    return account.status


def verify(business_center: BusinessCenter, at: datetime) -> None:
    Verification.objects.create(
        business_center=business_center, state="verified", entity_type="company", country="US",
        business_name="Northwind", document_type="tax", certificate_number="1",
        submitted_at=at, due_at=at, decided_at=at,
    )  # fmt: skip


def test_an_account_of_a_business_that_is_not_verified_is_reviewed_within_minutes(
    business_center: BusinessCenter, at: datetime
) -> None:
    account = opened(business_center, at)

    assert account.status == Status.IN_REVIEW
    assert timedelta(minutes=8) <= account.review_due_at - at <= timedelta(minutes=13)
    assert services.decide_due_ad_accounts(until=account.review_due_at - MINUTE) == 0
    assert services.decide_due_ad_accounts(until=account.review_due_at) == 1
    assert services.decide_due_ad_accounts(until=account.review_due_at) == 0
    due = account.review_due_at
    assert state_of(account) == Status.APPROVED
    assert account.status_since == due
    assert Notification.objects.get(user__name="Ben Admin").topic == "business"


def test_an_account_of_a_verified_business_is_approved_at_once(
    business_center: BusinessCenter, at: datetime
) -> None:
    verify(business_center, at)

    assert opened(business_center, at).status == Status.APPROVED
    # The rules are looked at all the same.
    assert opened(business_center, at, website="https://bestcasino.example").status == "in_review"


def test_a_jump_of_the_clock_decides_what_falls_due_on_the_way(
    business_center: BusinessCenter, at: datetime
) -> None:
    account = opened(business_center, at)

    advance_to(at + timedelta(hours=3))

    assert state_of(account) == Status.APPROVED
    assert account.status_since < at + timedelta(hours=1)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("website", "https://www.best-vapes.example", "vapes"),
        ("website", "https://mycasinonight.example", "casino"),
        ("industry", "Tobacco shops", "tobacco"),
        ("name", "Guns and more", "guns"),
    ],
)
def test_what_cannot_be_advertised_is_not_approved_and_says_which_word(
    business_center: BusinessCenter, at: datetime, field: str, value: str, word: str
) -> None:
    account = opened(business_center, at, **{field: value})

    services.decide_due_ad_accounts(until=at + 15 * MINUTE)

    assert state_of(account) == Status.DISAPPROVED
    assert f"The {field} names" in account.status_reason
    assert f"“{word}”" in account.status_reason


def test_innocent_words_that_contain_a_bad_one_pass(
    business_center: BusinessCenter, at: datetime
) -> None:
    account = opened(business_center, at, name="Burgunsale", website="https://begunsale.example")

    services.decide_due_ad_accounts(until=at + 15 * MINUTE)

    assert state_of(account) == Status.APPROVED


def test_an_account_that_was_not_approved_is_reviewed_again_when_it_is_changed(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    account = opened(business_center, at, website="https://vapes.example")
    services.decide_due_ad_accounts(until=at + 15 * MINUTE)
    browser, url = client_of(cast.ben), f"/ad-accounts/{account.pk}/settings/"
    assert "Change what the reason names" in browser.get(url).content.decode()

    sent = {"name": "Coats", "industry": "Retail", "website": "https://coats.example"}
    assert browser.post(url, sent).status_code == 302

    assert state_of(account) == Status.IN_REVIEW
    services.decide_due_ad_accounts(until=at + 40 * MINUTE)
    assert state_of(account) == Status.APPROVED


def test_an_approved_account_that_turns_to_weapons_goes_back_to_review(
    ad_account: AdAccount, at: datetime
) -> None:
    for_all = {"ad_account": ad_account, "actor": None, "at": at}
    services.update_ad_account(changes={"website": "https://warm.example"}, **for_all)
    assert state_of(ad_account) == Status.APPROVED

    services.update_ad_account(changes={"website": "https://firearms.example"}, **for_all)

    assert state_of(ad_account) == Status.IN_REVIEW
    entry = ActivityEntry.objects.filter(action="update_ad_account").latest("id")
    assert (entry.before["status"], entry.after["status"]) == ("approved", "in_review")


def test_switching_off_and_on_is_no_way_round_the_review(
    ad_account: AdAccount, at: datetime
) -> None:
    for_all = {"ad_account": ad_account, "actor": None, "at": at}
    services.disable_ad_account(**for_all)
    services.update_ad_account(changes={"website": "https://firearms.example"}, **for_all)

    services.enable_ad_account(**for_all)

    assert state_of(ad_account) == Status.IN_REVIEW


def test_the_owner_disables_and_enables_after_being_asked(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    browser, url = client_of(cast.ben), f"/ad-accounts/{ad_account.pk}/settings/"
    assert "No campaign of the account delivers" in browser.get(f"{url}disable/").content.decode()
    assert state_of(ad_account) == Status.APPROVED

    browser.post(f"{url}disable/")
    assert state_of(ad_account) == Status.DISABLED
    browser.post(f"{url}enable/")
    assert state_of(ad_account) == Status.APPROVED
    entry = ActivityEntry.objects.filter(action="enable_account").get()
    assert (entry.before, entry.actor) == ({"status": "disabled"}, cast.ben)
    assert entry.after["status"] == "approved"


def test_the_trainer_suspends_with_a_reason_that_people_read_and_lifts_it(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: Callable[..., Client]
) -> None:
    for_all = {"ad_account": ad_account, "actor": cast.tom, "at": at}
    with pytest.raises(services.ReasonNeeded):
        services.suspend_ad_account(reason=" ", **for_all)

    services.suspend_ad_account(reason="Repeated complaints.", **for_all)

    page = client_of(cast.ben).get(f"/ad-accounts/{ad_account.pk}/settings/").content.decode()
    assert "Repeated complaints." in page
    services.lift_suspension(**for_all)
    assert state_of(ad_account) == Status.APPROVED


def test_a_contract_holds_the_account_until_it_starts(ad_account: AdAccount, at: datetime) -> None:
    for_all = {"ad_account": ad_account, "actor": None, "at": at}
    services.await_contract(**for_all)
    assert state_of(ad_account) == Status.CONTRACT_PENDING

    services.start_contract(**for_all)

    assert state_of(ad_account) == Status.APPROVED


def test_a_state_is_left_by_its_own_way_only(ad_account: AdAccount, at: datetime) -> None:
    for_all = {"ad_account": ad_account, "actor": None, "at": at}

    for move in (
        services.enable_ad_account,
        services.lift_suspension,
        services.start_contract,
        lambda **who: services.decide_ad_account(approve=True, reason="", **who),
    ):
        with pytest.raises(services.WrongState):
            move(**for_all)
