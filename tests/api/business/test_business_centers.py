"""Founding a Business Center over the API, and listing one's own."""

from datetime import datetime

import pytest

from accounts.models import BusinessCenter, User, Verification
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast, make_business_center

BERLIN = {"bc_name": "Nordlicht", "timezone": "Europe/Berlin"}


def test_a_business_center_is_founded_and_its_founder_is_admin(
    mia: Caller, cast: Cast, at: datetime
) -> None:
    contact = {
        "email": "office@nordlicht.example", "secondary_industry": "Retail", "name": "Nora",
        "phone_region_code": "+43", "phone": "555",
    }  # fmt: skip
    made = data_of(
        mia.post(
            "bc/create/",
            **BERLIN,
            company_name="Nordlicht GmbH",
            registered_area="AT",
            currency="GBP",
            contact_info=contact,
        )
    )

    (row,) = data_of(mia.get("bc/get/", bc_id=made["bc_id"]))["list"]
    kept = BusinessCenter.objects.get(pk=made["bc_id"])
    info = row["bc_info"]
    assert (info["company"], info["registered_area"], info["currency"]) == (
        "Nordlicht GmbH", "AT", "GBP",
    )  # fmt: skip
    assert (row["user_role"], row["ext_user_role"]) == ("ADMIN", {"finance_role": "MANAGER"})
    assert (kept.contact_name, kept.contact_phone) == ("Nora", "+43 555")
    assert (kept.contact_email, kept.industry, kept.created_at) == (
        contact["email"], "Retail", at,
    )  # fmt: skip


def test_country_and_currency_follow_from_the_time_zone(mia: Caller) -> None:
    made = data_of(mia.post("bc/create/", **BERLIN))

    (row,) = data_of(mia.get("bc/get/", bc_id=made["bc_id"]))["list"]
    info = row["bc_info"]
    assert (info["registered_area"], info["currency"], info["company"]) == (
        "DE", "EUR", "Nordlicht",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "name"),
    [
        ({"timezone": "Mars/Olympus"}, 40002, "registered_area"),
        ({"timezone": "Mars/Olympus", "registered_area": "DE"}, 40002, "timezone"),
        ({"timezone": "UTC"}, 40002, "registered_area"),
        ({"timezone": None}, 40002, "timezone"),
        ({"currency": "XYZ"}, 40002, "currency"),
        ({"bc_name": " "}, 40002, "bc_name"),
        ({"bc_name": "x" * 101}, 40002, "bc_name"),
        ({"type": "SELF_SERVICE"}, 40009, "type"),
        ({"contact_info": {"email": "nobody"}}, 40002, "contact_info.email"),
    ],
)
def test_a_bad_parameter_is_named(mia: Caller, change: dict, code: int, name: str) -> None:
    before = BusinessCenter.objects.count()
    found = mia.post("bc/create/", **{**BERLIN, **change})

    assert (found["code"], found["message"].split(":")[0]) == (code, name)
    assert BusinessCenter.objects.count() == before


def test_the_second_of_a_name_is_refused(mia: Caller) -> None:
    data_of(mia.post("bc/create/", **BERLIN))
    again = mia.post("bc/create/", **BERLIN)

    assert (again["code"], again["message"].split(":")[0]) == (40002, "bc_name")


def test_the_state_of_the_verification_is_told(
    mia: Caller, business_center: BusinessCenter, at: datetime
) -> None:
    def told() -> str:
        (row,) = data_of(mia.get("bc/get/"))["list"]
        return row["bc_info"]["verification_status"]

    seen = [told()]
    for state in ("rejected", "verified"):
        Verification.objects.create(
            business_center=business_center, state=state, entity_type="company", country="US",
            document_type="tax", certificate_number="1", submitted_at=at, due_at=at, decided_at=at,
            reason="mismatch" if state == "rejected" else "",
        )  # fmt: skip
        seen.append(told())

    assert seen == ["NOT_STARTED", "REJECTED", "VERIFIED"]


def test_tiers_are_not_pretended(mia: Caller) -> None:
    tiered = mia.get("bc/get/", scene="TIERED_ACCOUNT")
    children = mia.get("bc/get/", filtering={"relation_type": "CHILD"})
    members = mia.get("bc/get/", filtering={"keyword": "a", "keyword_type": "MEMBER"})

    assert data_of(tiered)["list"] == data_of(children)["list"] == []
    assert members["code"] == 40009


def test_of_others_nothing_is_listed(ben: Caller, elsewhere: object) -> None:
    other = BusinessCenter.objects.get(name="Elsewhere")

    assert data_of(ben.get("bc/get/", bc_id=str(other.pk)))["list"] == []


def test_a_list_costs_the_same_with_1_and_25_rows(ben: Caller, cast: Cast, at: datetime) -> None:
    def listed() -> dict:
        return ben.get("bc/get/", page_size=50)

    few = cost(listed)
    founder = User.objects.get(pk=cast.ben.pk)
    for number in range(24):
        make_business_center(founder, at, name=f"Center {number}")

    assert data_of(listed())["page_info"]["total_number"] == 25
    assert cost(listed) == few
