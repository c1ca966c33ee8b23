"""Business Centers and ad accounts over the API: who sees which, and what a row says."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from adaccounts.services import grant_access
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund

CallerOf = Callable[[User], Caller]


def test_a_business_center_is_nested_and_says_my_roles(
    caller_of: CallerOf, cast: Cast, business_center: BusinessCenter
) -> None:
    roles = {"ben": ("ADMIN", "MANAGER"), "mia": ("STANDARD", None), "fay": ("STANDARD", "MANAGER")}

    for name, (role, finance_role) in roles.items():
        (row,) = data_of(caller_of(cast.everyone[name]).get("bc/get/"))["list"]
        assert row["bc_info"]["bc_id"] == str(business_center.pk)
        assert row["bc_info"]["company"] == "Northwind Trading Ltd"
        assert (row["user_role"], row["ext_user_role"]["finance_role"]) == (role, finance_role)


def test_business_centers_are_found_by_name_and_id(mia: Caller, cast: Cast) -> None:
    def found(**params: object) -> int:
        return data_of(mia.get("bc/get/", **params))["page_info"]["total_number"]

    assert found(filtering={"keyword": "north"}) == 1
    assert found(filtering={"keyword": "south"}) == 0
    assert found(bc_id="7000000000000000001") == 0


def test_an_ad_account_shows_its_zone_and_when_it_was_made(
    mia: Caller, ad_account: AdAccount, at: datetime
) -> None:
    (row,) = data_of(mia.get("advertiser/info/", advertiser_ids=[str(ad_account.pk)]))["list"]

    assert row["advertiser_id"] == str(ad_account.pk)
    assert row["owner_bc_id"] == str(ad_account.business_center_id)
    assert (row["timezone"], row["display_timezone"]) == ("Etc/GMT+5", "America/New_York")
    assert (row["status"], row["role"]) == ("STATUS_ENABLE", "ROLE_ADVERTISER")
    assert row["create_time"] == int(at.timestamp())
    assert row["license_no"] is None


def test_fields_and_unknown_parameters(mia: Caller, advertiser_id: str) -> None:
    """Connectors send a page size here, which the call does not have."""
    found = mia.get(
        "advertiser/info/", advertiser_ids=[advertiser_id], fields=["name"], page_size=100
    )

    assert data_of(found)["list"] == [{"name": "Northwind USD"}]


def test_the_balance_is_for_those_who_may_see_it(
    caller_of: CallerOf, cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 12_345, at)
    # Finance people see an account over the API only when they are in it.
    grant_access(ad_account=ad_account, user=cast.fay, level=Level.ANALYST, actor=cast.ben, at=at)

    def balance(person: User) -> float | None:
        found = caller_of(person).get("advertiser/info/", advertiser_ids=[str(ad_account.pk)])
        return data_of(found)["list"][0]["balance"]

    expected = {"ben": 123.45, "fay": 123.45, "mia": None, "ana": None, "carl": None}
    assert {name: balance(cast.everyone[name]) for name in expected} == expected


def test_one_account_without_permission_refuses_the_call(
    mia: Caller, cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    other = make_ad_account(ad_account.business_center, cast.ben, at, "EUR")
    ids = [str(ad_account.pk), str(other.pk)]

    found = mia.get("advertiser/info/", advertiser_ids=ids)

    assert (found["code"], str(other.pk) in found["message"]) == (40001, True)
    assert mia.get("advertiser/info/", advertiser_ids=[])["code"] == 40002
    assert mia.get("advertiser/info/")["code"] == 40002
