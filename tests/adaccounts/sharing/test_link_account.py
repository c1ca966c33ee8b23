"""Linking an existing ad account by its ID: its owner is asked and answers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Notification
from adaccounts import services
from adaccounts.models import AdAccount, LinkRequest
from adaccounts.permissions import Level, level_of, permissions_in
from adaccounts.services import links
from adaccounts.services.links import MOST_OPEN
from tests.factories.accounts import Cast, make_business_center
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co


@pytest.fixture
def wanted(cast: Cast, business_center: BusinessCenter, at: datetime) -> AdAccount:
    """Northwind's EUR account, of which Carl knows the ID only."""
    return make_ad_account(business_center, cast.ben, at, "EUR")


def ask(cast: Cast, at: datetime, ad_account_id: int, level: Level = Level.OPERATOR) -> LinkRequest:
    return services.request_link(
        business_center=carl_and_co(), ad_account_id=ad_account_id, level=level,
        note="For the spring campaign", actor=cast.carl, at=at,
    )  # fmt: skip


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


def test_the_owner_is_asked_and_approves_step_by_step(
    cast: Cast, business_center: BusinessCenter, wanted: AdAccount, client_of: Callable[..., Client]
) -> None:
    carl, ben = client_of(cast.carl), client_of(cast.ben)
    sent = {"ad_account_id": f" {wanted.pk} ", "level": "admin", "note": "Spring"}
    carl.post(f"/bc/{carl_and_co().pk}/ad-accounts/link/", sent)

    told = Notification.objects.get(user=cast.ben, topic="access", key__startswith="link_request")
    page = ben.get(told.url).content.decode()
    assert all(word in page for word in ("Carl &amp; Co", "Spring", "Northwind EUR", "Admin"))
    assert "spends this account&#x27;s money" in page or "spends this account's money" in page
    ben.post(told.url, {"decision": "approve", "level": "operator"})

    assert level(cast.carl, wanted) == Level.OPERATOR
    ours = carl.get(f"/bc/{carl_and_co().pk}/ad-accounts/link-requests/").content.decode()
    assert "Approved" in ours
    assert "Operator" in ours
    assert Notification.objects.filter(user=cast.carl, key__startswith="link_decided").exists()
    assert client_of(cast.carl).get(f"/ad-accounts/{wanted.pk}/campaigns/").status_code == 200


def test_declining_shows_declined_and_opens_nothing(
    cast: Cast, wanted: AdAccount, at: datetime, client_of: Callable[..., Client]
) -> None:
    request = ask(cast, at, wanted.pk)

    services.decide_link(
        request=request, approve=False, level=Level.OPERATOR, actor=cast.ben, at=at
    )

    page = client_of(cast.carl).get(f"/bc/{carl_and_co().pk}/ad-accounts/link-requests/")
    assert "Declined" in page.content.decode()
    assert level(cast.carl, wanted) is None
    with pytest.raises(services.AlreadyDecided):
        services.decide_link(
            request=request, approve=True, level=Level.ADMIN, actor=cast.ben, at=at
        )


def test_each_reason_not_to_ask_has_its_own_message(
    cast: Cast, ad_account: AdAccount, wanted: AdAccount, at: datetime
) -> None:
    own = make_ad_account(carl_and_co(), cast.carl, at, "JPY", name="Carl's own")
    ask(cast, at, wanted.pk)

    said = {}
    for name, key in {
        "unknown": 12345, "own": own.pk, "linked": ad_account.pk, "asked": wanted.pk,
    }.items():  # fmt: skip
        with pytest.raises(services.CannotLink) as refusal:
            ask(cast, at, key)
        assert refusal.value.field == "ad_account_id"
        said[name] = refusal.value.message

    assert "There is no ad account with this ID" in said["unknown"]
    assert "is your own" in said["own"]
    assert "is linked already" in said["linked"]
    assert "its owner has not answered yet" in said["asked"]


@pytest.mark.parametrize("text", ["", "12a", "-5", "9" * 20, "9" * 19, "1e5"])
def test_what_is_no_id_is_refused_at_its_field(
    cast: Cast, client_of: Callable[..., Client], text: str
) -> None:
    sent = {"ad_account_id": text, "level": "analyst"}

    answer = client_of(cast.carl).post(f"/bc/{carl_and_co().pk}/ad-accounts/link/", sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ad_account_id"]


def test_twenty_open_requests_are_enough(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    accounts = [
        make_ad_account(business_center, None, at, name=f"Account {n}")
        for n in range(MOST_OPEN + 1)
    ]
    requests = [ask(cast, at, account.pk) for account in accounts[:MOST_OPEN]]

    with pytest.raises(services.CannotLink):
        ask(cast, at, accounts[-1].pk)
    services.withdraw_link(request=requests[0], actor=cast.carl, at=at)

    assert ask(cast, at, accounts[-1].pk).state == LinkRequest.State.PENDING


def test_only_who_asked_withdraws_and_only_the_owner_decides(
    cast: Cast, business_center: BusinessCenter, wanted: AdAccount, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    request = ask(cast, at, wanted.pk)
    third = make_business_center(cast.stranger, at, name="Third")
    yes = {"decision": "approve", "level": "admin"}

    answers = [
        client_of(person).post(f"/bc/{center.pk}/ad-accounts/link-requests/{request.pk}/{do}", yes)
        for person, center, do in (
            (cast.carl, carl_and_co(), ""),
            (cast.stranger, third, ""),
            (cast.stranger, third, "withdraw/"),
            (cast.ben, business_center, "withdraw/"),
        )
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    request.refresh_from_db()
    assert request.state == LinkRequest.State.PENDING


def test_both_logs_tell_of_it(
    cast: Cast, business_center: BusinessCenter, wanted: AdAccount, at: datetime
) -> None:
    request = ask(cast, at, wanted.pk)
    services.decide_link(request=request, approve=True, level=Level.ANALYST, actor=cast.ben, at=at)

    for center in (business_center, carl_and_co()):
        actions = set(
            ActivityEntry.objects.filter(business_center=center, ad_account_id=wanted.pk)
            .values_list("action", flat=True)
        )  # fmt: skip
        assert {"request_link", "decide_link", "share_account"} <= actions


def test_asking_and_withdrawing_in_turn_does_not_fill_the_owners_mailbox(
    cast: Cast, wanted: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_A_DAY", 3)
    for _ in range(3):
        services.withdraw_link(request=ask(cast, at, wanted.pk), actor=cast.carl, at=at)
    second = make_business_center(cast.carl, at, name="Carl again")

    with pytest.raises(services.CannotLink, match="Too many requests: 3 can be sent in a day"):
        ask(cast, at, wanted.pk)
    with pytest.raises(services.CannotLink, match="Too many requests"):
        services.request_link(
            business_center=second, ad_account_id=wanted.pk, level=Level.ANALYST, note="",
            actor=cast.carl, at=at,
        )  # fmt: skip

    told = Notification.objects.filter(user=cast.ben, key__startswith="link_request")
    assert told.count() == 3
    assert ask(cast, at + timedelta(days=1), wanted.pk).state == "pending"
