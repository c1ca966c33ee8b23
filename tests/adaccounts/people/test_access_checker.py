"""The access checker says allowed or denied, and the rule, as the doors would."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import Standing
from accounts.queries import membership_of
from accounts.services import add_member
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetRole, Level
from adaccounts.services import create_asset_group, grant_access, grant_asset, share_account
from tests.factories.accounts import Cast, make_person


@pytest.fixture
def check(users: str, ben: Client) -> Callable[..., tuple[bool, str]]:
    def checked(person: User, thing: str, what: str) -> tuple[bool, str]:
        page = ben.get(f"{users}check/", {"person": person.pk, "thing": thing, "what": what})
        answer = page.context["answer"]
        assert ("Allowed" if answer.allowed else "Denied") in page.content.decode()
        return answer.allowed, " ".join([answer.rule, *answer.hints])

    return checked


@pytest.mark.parametrize(
    ("name", "what", "allowed", "said"),
    [
        ("mia", "manage_campaigns", True, "Operator (given directly)"),
        ("ana", "manage_campaigns", False, "Analyst (given directly)"),
        ("fay", "view_reports", False, "is a member, but has nothing in"),
        ("carl", "manage_campaigns", True, "through the partner Carl & Co's share"),
    ],
)
def test_in_an_ad_account(
    cast: Cast, check, ad_account: AdAccount, name: str, what: str, allowed: bool, said: str
) -> None:
    answer = check(cast.everyone[name], f"account-{ad_account.pk}", what)

    assert answer[0] == allowed
    assert said in answer[1]


@pytest.mark.parametrize(
    ("name", "what", "allowed", "said"),
    [
        ("ben", "manage_members", True, "is Admin of"),
        ("mia", "manage_members", False, "Only Admins may"),
        ("fay", "manage_finance", True, "Finance manager"),
        ("mia", "view_finance", False, "takes a finance role"),
        ("carl", "view_finance", False, "is no member here"),
    ],
)
def test_in_the_business_center(
    cast: Cast, check, name: str, what: str, allowed: bool, said: str
) -> None:
    answer = check(cast.everyone[name], "business", what)

    assert answer[0] == allowed
    assert said in answer[1]


def test_an_asset_group_is_named(
    cast: Cast, check, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    for_all = {"actor": cast.ben, "at": at}
    create_asset_group(
        business_center=business_center,
        name="Europe",
        ad_accounts=[ad_account],
        members={membership_of(cast.fay, business_center): Level.ANALYST},
        **for_all,
    )

    assert check(cast.fay, f"account-{ad_account.pk}", "view_reports") == (
        True,
        "Fay Finance has Analyst (by the asset group Europe) in Northwind USD.",
    )


def test_an_asset(cast: Cast, check, business_center: BusinessCenter, at: datetime) -> None:
    pixel = BusinessAsset.objects.create(
        business_center=business_center, kind="pixel", name="Shop", code="C1", created_at=at
    )
    grant_asset(asset=pixel, user=cast.mia, role=AssetRole.USER, actor=cast.ben, at=at)

    assert check(cast.mia, f"asset-{pixel.pk}", "use_asset")[0]
    assert not check(cast.mia, f"asset-{pixel.pk}", "manage_asset")[0]
    assert not check(cast.ana, f"asset-{pixel.pk}", "use_asset")[0]


def test_what_stands_in_the_way_beside_permissions_is_said(
    cast: Cast, check, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    BusinessCenter.objects.filter(pk=business_center.pk).update(requires_two_step=False)
    AdAccount.objects.filter(pk=ad_account.pk).update(status="suspended")

    assert "is suspended" in check(cast.mia, f"account-{ad_account.pk}", "manage_campaigns")[1]


def test_only_own_people_and_things_can_be_chosen(
    cast: Cast, users: str, ben: Client, at: datetime, ad_account: AdAccount
) -> None:
    page = ben.get(f"{users}check/").context
    cora = make_person("Cora Colleague", "cora@carlandco.example")
    add_member(
        business_center=BusinessCenter.objects.get(name="Carl & Co"),
        user=cora,
        standing=Standing(),
        actor=cast.carl,
        at=at,
    )
    names = {person.name for person in page["people"]}
    found = {
        key: ben.get(f"{users}check/", {"p": name}).context["people"]
        for key, name in (("carl", "Carl"), ("cora", "Cora"))
    }
    sam = ben.get(f"{users}check/", {"person": cast.stranger.pk}).context["person"]
    foreign = ben.get(f"{users}check/", {"thing": "account-1"}).context["thing"]

    assert {"Mia Marketer", "Carl Partner"} <= names
    assert "Sam Stranger" not in names
    assert (sam, foreign) == (None, None)
    # Of a partner's people only those who are in something of ours.
    assert found == {"carl": [cast.carl], "cora": []}
    assert ben.get(f"{users}check/", {"person": cora.pk}).context["person"] is None


def test_the_answer_links_to_where_it_is_changed(
    cast: Cast, users: str, ben: Client, business_center: BusinessCenter, ad_account: AdAccount
) -> None:
    mia = Membership.objects.get(user=cast.mia)
    sent = {"person": cast.mia.pk, "thing": f"account-{ad_account.pk}", "what": "manage_account"}

    assert f'href="{users}{mia.pk}/"' in ben.get(f"{users}check/", sent).content.decode()


def test_the_help_page_leads_to_every_remedy(users: str, ben: Client) -> None:
    page = ben.get(f"{users}help/").content.decode()

    for address in ("check/", "requests/", "unused/", "?state=pending"):
        assert f'href="{users}{address}"' in page
    assert "/account/password/reset/" in page


def test_the_doors_agree(
    cast: Cast, check, ad_account: AdAccount, at: datetime, client_of: Callable[..., Client]
) -> None:
    center = BusinessCenter.objects.get(name="Carl & Co")
    share_account(ad_account=ad_account, partner=center, level=Level.ANALYST, actor=cast.ben, at=at)
    grant_access(ad_account=ad_account, user=cast.fay, level=Level.ANALYST, actor=cast.ben, at=at)
    for person in cast.everyone.values():
        if person in (cast.stranger, cast.tom):
            continue
        opened = client_of(person).get(f"/ad-accounts/{ad_account.pk}/campaigns/new/")
        allowed, _ = check(person, f"account-{ad_account.pk}", "manage_campaigns")
        assert (opened.status_code == 200) == allowed


def test_a_person_and_a_thing_are_answered_before_anything_else_is_chosen(
    cast: Cast, ben: Client, users: str, ad_account: AdAccount
) -> None:
    sent = {"person": cast.fay.pk, "thing": f"account-{ad_account.pk}"}

    answer = ben.get(f"{users}check/", sent).context["answer"]

    assert not answer.allowed
    assert answer.wish == "View ads, performance and reports"
    assert "has nothing in" in answer.rule
