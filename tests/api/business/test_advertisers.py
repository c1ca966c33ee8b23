"""Opening ad accounts, changing their facts and caps, and switching them off."""

from collections.abc import Callable

import pytest

from accounts.models import User
from adaccounts.models import AdAccount
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast

CREATE, ATTRIBUTE = "bc/advertiser/create/", "bc/advertiser/attribute/"
DISABLE, UPDATE = "bc/advertiser/disable/", "advertiser/update/"


@pytest.fixture
def body(bc_id: str) -> dict:
    return {
        "bc_id": bc_id,
        "advertiser_info": {
            "name": "Northwind CAD", "currency": "CAD", "timezone": "America/Toronto",
        },
        "customer_info": {"company": "Northwind Ltd", "industry": "Retail",
                          "registered_area": "CA"},
        "qualification_info": {"promotion_link": "https://northwind.example/ca"},
        "contact_info": {"name": "Fay", "email": "fay@northwind.example"},
    }  # fmt: skip


def test_an_ad_account_is_opened(ben: Caller, body: dict) -> None:
    made = data_of(ben.post(CREATE, **body))

    account = AdAccount.objects.get(pk=made["advertiser_id"])
    assert (account.name, account.currency, account.country, account.company) == (
        "Northwind CAD", "CAD", "CA", "Northwind Ltd",
    )  # fmt: skip
    assert (account.website, account.contact_name) == ("https://northwind.example/ca", "Fay")
    ids = [made["advertiser_id"]]
    (row,) = data_of(ben.get("advertiser/info/", advertiser_ids=ids))["list"]
    assert row["currency"] == "CAD"


def test_what_may_be_chosen_is_told(ben: Caller, bc_id: str) -> None:
    found = data_of(ben.get(ATTRIBUTE, bc_id=bc_id))

    assert {"USD", "JPY"} <= set(found["currencies"])
    assert {"US", "DE"} <= set(found["region_codes"])


@pytest.mark.parametrize(
    ("change", "code", "name"),
    [
        ({"advertiser_info": {"name": "x", "currency": "USD"}}, 40002, "advertiser_info.timezone"),
        ({"advertiser_info": {"name": "x", "currency": "XYZ", "timezone": "UTC"}}, 40002,
         "advertiser_info.currency"),
        ({"advertiser_info": {"name": " ", "currency": "USD", "timezone": "UTC"}}, 40002,
         "advertiser_info.name"),
        ({"advertiser_info": {"name": "x", "currency": "USD", "timezone": "UTC",
                              "type": "RESERVATION"}}, 40009, "type"),
        ({"customer_info": None}, 40002, "customer_info"),
        ({"customer_info": {"registered_area": "XX"}}, 40002, "customer_info.registered_area"),
        ({"qualification_info": {"promotion_link": "javascript:1"}}, 40002,
         "qualification_info.promotion_link"),
        ({"contact_info": {"email": "nobody"}}, 40002, "contact_info.email"),
        ({"payment_info": {"budget_info": {}}}, 40009, "payment_info"),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_named_and_nothing_is_opened(
    ben: Caller, body: dict, change: dict, code: int, name: str
) -> None:
    before = AdAccount.objects.count()
    found = ben.post(CREATE, **{**body, **change})

    assert (found["code"], found["message"].split(":")[0]) == (code, name)
    assert AdAccount.objects.count() == before


def test_facts_are_changed(ben: Caller, advertiser_id: str, ad_account: AdAccount) -> None:
    facts = {
        "advertiser_name": "Northwind US", "company": "Northwind Inc", "address": "2 Harbour St",
        "contact_name": "Fay", "contact_number": "555", "license_no": "L-7",
        "contact_email": "fay@northwind.example", "promotion_link": "https://northwind.example/us",
    }  # fmt: skip
    assert data_of(ben.post(UPDATE, advertiser_id=advertiser_id, **facts)) == {}

    ad_account.refresh_from_db()
    assert (ad_account.name, ad_account.company, ad_account.address) == (
        "Northwind US", "Northwind Inc", "2 Harbour St",
    )  # fmt: skip
    assert (ad_account.contact_phone, ad_account.licence_number) == ("555", "L-7")


def test_caps_are_set_one_by_one(
    ben: Caller, bc_id: str, advertiser_id: str, ad_account: AdAccount
) -> None:
    def cap(**budget: object) -> tuple[str, str, int | None]:
        sent = [{"advertiser_id": int(advertiser_id), **budget}]
        found = data_of(ben.post(UPDATE, bc_id=int(bc_id), advertiser_budgets=sent))
        ad_account.refresh_from_db()
        (row,) = found["advertiser_list"]
        return row["status"], ad_account.cap_mode, ad_account.cap_amount

    assert cap(budget_mode="DAILY_BUDGET", budget=100.5) == ("SUCCESS", "daily", 10_050)
    assert cap(budget_mode="CUSTOM_BUDGET", budget=7) == ("SUCCESS", "total", 700)
    assert cap(budget=50) == ("SUCCESS", "monthly", 5_000)
    assert cap(budget_mode="DAILY_BUDGET", budget=1.005) == ("FAILED", "monthly", 5_000)
    assert cap(budget_mode="DAILY_BUDGET") == ("FAILED", "monthly", 5_000)
    assert cap(budget_mode="UNLIMITED") == ("SUCCESS", "none", None)


def test_a_cap_in_all_begins_anew(
    ben: Caller, bc_id: str, advertiser_id: str, ad_account: AdAccount
) -> None:
    def reset() -> str:
        sent = [{"advertiser_id": advertiser_id}]
        found = ben.post(UPDATE, bc_id=bc_id, advertiser_budgets=sent, budget_update_type="RESET")
        return data_of(found)["advertiser_list"][0]["status"]

    seen = [reset()]
    total = [{"advertiser_id": advertiser_id, "budget_mode": "CUSTOM_BUDGET", "budget": 9}]
    data_of(ben.post(UPDATE, bc_id=bc_id, advertiser_budgets=total))
    seen.append(reset())

    assert seen == ["FAILED", "SUCCESS"]


def test_only_who_manages_the_account_changes_it(
    cast: Cast, caller_of: Callable[[User], Caller], bc_id: str, advertiser_id: str
) -> None:
    caps = [{"advertiser_id": advertiser_id, "budget_mode": "UNLIMITED"}]
    for body in (
        {"advertiser_id": advertiser_id, "company": "x"},
        {"bc_id": bc_id, "advertiser_budgets": caps},
    ):
        codes = {
            name: caller_of(person).post(UPDATE, **body)["code"]
            for name, person in cast.everyone.items()
        }
        assert codes == {name: 0 if name == "ben" else 40001 for name in codes}


def test_foreign_accounts_are_answered_as_if_there_were_none(
    ben: Caller, carl: Caller, bc_id: str, partner: object, elsewhere: AdAccount
) -> None:
    for pk in (elsewhere.pk, 7):
        said = f"No permission to operate advertiser {pk}."
        caps = [{"advertiser_id": str(pk), "budget_mode": "UNLIMITED"}]
        answers = [
            ben.post(UPDATE, advertiser_id=str(pk), company="x"),
            ben.post(UPDATE, bc_id=bc_id, advertiser_budgets=caps),
            ben.post(DISABLE, bc_id=bc_id, advertiser_ids=[str(pk)]),
        ]
        assert {it["message"] for it in answers} == {said}


@pytest.mark.parametrize(
    ("body", "code", "name"),
    [
        ({}, 40002, "advertiser_id"),
        ({"bc_id": "7"}, 40002, "advertiser_budgets"),
        ({"bc_id": "7", "advertiser_budgets": [{"budget": 5}]}, 40002,
         "advertiser_budgets.0.advertiser_id"),
        ({"bc_id": "7", "budget_update_type": "ONE_CLICK_SET"}, 40009, "budget_update_type"),
        ({"advertiser_id": "A"}, 40012, "There is nothing to update."),
        ({"advertiser_id": "A", "promotion_link": "ftp://x.example"}, 40002, "promotion_link"),
        ({"advertiser_id": "A", "advertiser_name": ""}, 40002, "advertiser_name"),
        ({"advertiser_id": "A", "tax_map": {"vat": "1"}}, 40009, "tax_map"),
    ],
)  # fmt: skip
def test_a_bad_update_is_named(
    ben: Caller, advertiser_id: str, body: dict, code: int, name: str
) -> None:
    sent = {key: advertiser_id if value == "A" else value for key, value in body.items()}
    found = ben.post(UPDATE, **sent)

    assert (found["code"], found["message"].split(":")[0]) == (code, name)


def test_an_account_is_switched_off(
    ben: Caller, bc_id: str, advertiser_id: str, ad_account: AdAccount
) -> None:
    for _ in range(2):
        found = data_of(ben.post(DISABLE, bc_id=bc_id, advertiser_ids=[advertiser_id]))
        assert found == {"disabled_advertiser_ids": [advertiser_id], "failed_infos": {}}

    ad_account.refresh_from_db()
    assert ad_account.status == "disabled"


def test_a_suspended_account_is_not_switched_off(
    ben: Caller, bc_id: str, advertiser_id: str, ad_account: AdAccount
) -> None:
    AdAccount.objects.update(status=AdAccount.Status.SUSPENDED)

    found = data_of(ben.post(DISABLE, bc_id=bc_id, advertiser_ids=[advertiser_id]))

    assert found["failed_infos"] == {advertiser_id: "SUSPENDED"}
