"""The Users page: adding, changing and removing people together with their ad accounts."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Membership
from accounts.permissions import permissions_of
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, level_of, permissions_in
from tests.factories.accounts import Cast, make_person
from tests.factories.adaccounts import make_ad_account


@pytest.fixture
def users(business_center: BusinessCenter) -> str:
    return f"/bc/{business_center.pk}/users/"


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


def test_the_list_shows_everybody_with_role_and_ad_accounts(
    cast: Cast, users: str, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.ben).get(users)

    roles = {person.user.email: person.role for person in page.context["people"]}
    assert roles == {
        "ben@northwind.example": "Admin",
        "mia@northwind.example": "Ad Account Operator",
        "ana@northwind.example": "Analyst",
        "fay@northwind.example": "Finance",
    }
    assert "Creates and edits campaigns in the chosen ad accounts only." in page.content.decode()


def test_adding_a_registered_person_gives_role_and_chosen_ad_accounts_only(
    cast: Cast,
    users: str,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    second = make_ad_account(business_center, cast.ben, at, "EUR")
    newcomer = make_person("Nora New", "nora@northwind.example")

    answer = client_of(cast.ben).post(
        users + "add/",
        {"email": "Nora@Northwind.example", "preset": "operator", "ad_accounts": [second.pk]},
    )

    assert answer.headers["Location"] == users
    assert level(newcomer, second) == Level.OPERATOR
    assert level(newcomer, ad_account) is None
    assert permissions_of(membership_of(newcomer, business_center)) == frozenset()
    told = ActivityEntry.objects.filter(label__in=["Nora New", second.name])
    assert {"add_member", "grant_access"} <= set(told.values_list("action", flat=True))


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"email": "nobody@x.example", "preset": "finance"}, "email", "Nobody has signed up"),
        ({"email": "mia@northwind.example", "preset": "finance"}, "email", "is a member already"),
        ({"email": "sam@elsewhere.example", "preset": "analyst"}, "ad_accounts", "at least one"),
        ({"email": "sam@elsewhere.example", "preset": "king"}, "preset", "valid choice"),
        ({"email": "", "preset": "finance"}, "email", "required"),
    ],
)
def test_what_cannot_be_added_is_said_at_its_field(
    cast: Cast,
    users: str,
    client_of: Callable[..., Client],
    sent: dict[str, str],
    field: str,
    said: str,
) -> None:
    answer = client_of(cast.ben).post(users + "add/", sent)

    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert Membership.objects.filter(business_center__name="Northwind").count() == 4


def test_ad_accounts_of_others_cannot_be_given_away(
    cast: Cast, users: str, at: datetime, client_of: Callable[..., Client]
) -> None:
    foreign = make_ad_account(BusinessCenter.objects.get(name="Carl & Co"), cast.carl, at)

    answer = client_of(cast.ben).post(
        users + "add/",
        {"email": cast.stranger.email, "preset": "operator", "ad_accounts": [foreign.pk]},
    )

    assert "ad_accounts" in answer.context["form"].errors
    assert level(cast.stranger, foreign) is None


def test_changing_the_role_moves_the_ad_accounts_with_it(
    cast: Cast,
    users: str,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    client_of: Callable[..., Client],
) -> None:
    mia = membership_of(cast.mia, business_center)
    browser = client_of(cast.ben)

    browser.post(f"{users}{mia.pk}/", {"preset": "admin"})
    as_admin = level(cast.mia, ad_account), membership_of(cast.mia, business_center).role
    browser.post(f"{users}{mia.pk}/", {"preset": "finance", "ad_accounts": [ad_account.pk]})

    assert as_admin == (Level.ADMIN, "admin")
    assert level(cast.mia, ad_account) is None
    assert membership_of(cast.mia, business_center).finance_role == "manager"


def test_the_form_shows_what_the_person_has_now(
    cast: Cast,
    users: str,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    client_of: Callable[..., Client],
) -> None:
    ana = membership_of(cast.ana, business_center)

    form = client_of(cast.ben).get(f"{users}{ana.pk}/").context["form"]

    assert form["preset"].value() == "analyst"
    assert form["ad_accounts"].value() == [ad_account.pk]


def test_a_member_of_another_business_center_cannot_be_reached_by_id(
    cast: Cast, users: str, client_of: Callable[..., Client]
) -> None:
    foreign = Membership.objects.get(user=cast.carl)

    answer = client_of(cast.ben).post(f"{users}{foreign.pk}/remove/")

    assert answer.status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()
