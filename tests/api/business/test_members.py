"""Members and invited people over the API."""

from datetime import datetime, timedelta

import pytest

from accounts.models import BusinessCenter, Invitation, Membership
from accounts.permissions import Preset
from accounts.services import add_member, settle_invitation
from adaccounts.models import AdAccount, InvitedAccount
from adaccounts.permissions import permissions_in
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast, make_person

GET, INVITE = "bc/member/get/", "bc/member/invite/"
UPDATE, DELETE, ASSIGN = "bc/member/update/", "bc/member/delete/", "bc/member/assign/"


def listed(caller: Caller, bc_id: str, **params: object) -> list[dict]:
    return data_of(caller.get(GET, bc_id=bc_id, page_size=50, **params))["list"]


def test_members_are_listed_with_both_layers_of_their_role(
    ben: Caller, cast: Cast, bc_id: str
) -> None:
    rows = listed(ben, bc_id)

    assert [
        (row["user_name"], row["user_role"], row["ext_user_role"]["finance_role"]) for row in rows
    ] == [
        ("Ana Analyst", "STANDARD", None), ("Ben Admin", "ADMIN", "MANAGER"),
        ("Fay Finance", "STANDARD", "MANAGER"), ("Mia Marketer", "STANDARD", None),
    ]  # fmt: skip
    assert rows[0]["user_id"] == str(cast.ana.pk)
    assert {row["relation_status"] for row in rows} == {"BOUND"}


def test_people_are_found_by_name_role_and_state(ben: Caller, cast: Cast, bc_id: str) -> None:
    data_of(ben.post(INVITE, bc_id=bc_id, emails=["new@northwind.example"]))

    def found(**filtering: str) -> list[str]:
        return [row["user_email"] for row in listed(ben, bc_id, filtering=filtering)]

    assert found(keyword="mia") == [cast.mia.email]
    assert found(user_role="ADMIN") == [cast.ben.email]
    assert found(relation_status="PENDING") == ["new@northwind.example"]
    assert found(relation_status="REJECTED") == []


def test_an_invitation_waits_expires_and_is_declined_under_one_row(
    ben: Caller, bc_id: str, at: datetime
) -> None:
    data_of(ben.post(INVITE, bc_id=bc_id, emails=["new@northwind.example"]))

    def state() -> tuple[str | None, str]:
        (row,) = [it for it in listed(ben, bc_id) if it["user_email"].startswith("new@")]
        return row["user_id"], row["relation_status"]

    seen = [state()]
    set_clock(at=at + timedelta(days=30), rate=PracticeClock.PAUSED)
    seen.append(state())
    invited = Invitation.objects.get()
    settle_invitation(invitation=invited, state=Invitation.State.DECLINED, actor=None, at=at)
    seen.append(state())

    assert seen == [(None, "PENDING"), (None, "UNBOUND"), (None, "REJECTED")]


def test_people_are_invited_with_roles_and_ad_accounts(
    ben: Caller, cast: Cast, bc_id: str, ad_account: AdAccount
) -> None:
    emails = ["a@northwind.example", "b@northwind.example", cast.mia.email]
    for _ in range(2):
        data_of(
            ben.post(
                INVITE, bc_id=bc_id, emails=emails, ext_user_role={"finance_role": "ANALYST"},
                asset_ids=[str(ad_account.pk)], advertiser_role="OPERATOR",
            )
        )  # fmt: skip

    found = Invitation.objects.order_by("email")
    assert [it.email for it in found] == emails[:2]
    assert {(it.role, it.finance_role) for it in found} == {("standard", "analyst")}
    promised = InvitedAccount.objects.values_list("ad_account_id", "level")
    assert list(promised) == [(ad_account.pk, "operator")] * 2
    rows = data_of(
        ben.get("bc/asset/get/", bc_id=bc_id, asset_type="ADVERTISER",
                filtering={"user_email": emails[0]})
    )["list"]  # fmt: skip
    assert [row["advertiser_role"] for row in rows] == ["OPERATOR"]


def test_roles_and_names_are_changed_and_ad_accounts_kept(
    ben: Caller, cast: Cast, bc_id: str, ad_account: AdAccount
) -> None:
    mia = {"bc_id": bc_id, "user_id": str(cast.mia.pk)}
    data_of(ben.post(UPDATE, **mia, user_name="Mia (ads)"))
    data_of(ben.post(UPDATE, **mia, ext_user_role={"finance_role": "ANALYST"}))

    (row,) = listed(ben, bc_id, filtering={"keyword": "ads"})
    assert (row["user_name"], row["ext_user_role"]["finance_role"]) == ("Mia (ads)", "ANALYST")
    assert len(permissions_in(cast.mia, ad_account.pk)) == 2


def test_an_admin_has_everything_and_a_former_one_nothing_of_it(
    ben: Caller, cast: Cast, bc_id: str, ad_account: AdAccount
) -> None:
    held = []
    for role in ("ADMIN", "STANDARD"):
        data_of(ben.post(UPDATE, bc_id=bc_id, user_id=str(cast.mia.pk), user_role=role))
        held.append(len(permissions_in(cast.mia, ad_account.pk)))

    assert held == [3, 0]


def test_members_go_by_id_and_invited_people_by_address(
    ben: Caller, mia: Caller, cast: Cast, bc_id: str, advertiser_id: str
) -> None:
    data_of(ben.post(INVITE, bc_id=bc_id, emails=["new@northwind.example"]))
    data_of(ben.post(DELETE, bc_id=bc_id, user_email="NEW@northwind.example"))
    data_of(ben.post(DELETE, bc_id=bc_id, user_id=str(cast.mia.pk)))

    assert Invitation.objects.get().state == Invitation.State.REVOKED
    assert mia.get("campaign/get/", advertiser_id=advertiser_id)["code"] == 40001
    again = [
        ben.post(DELETE, bc_id=bc_id, user_email="new@northwind.example")["code"],
        ben.post(DELETE, bc_id=bc_id, user_id=str(cast.mia.pk))["code"],
    ]
    assert again == [40007, 40007]


def test_the_last_admin_stays(ben: Caller, cast: Cast, bc_id: str) -> None:
    own = {"bc_id": bc_id, "user_id": str(cast.ben.pk)}
    demoted, removed = ben.post(UPDATE, **own, user_role="STANDARD"), ben.post(DELETE, **own)

    assert (demoted["code"], demoted["message"].split(":")[0]) == (40002, "user_role")
    assert (removed["code"], "last Admin" in removed["message"]) == (40002, True)


def test_nobody_raises_themselves(mia: Caller, cast: Cast, bc_id: str) -> None:
    found = mia.post(UPDATE, bc_id=bc_id, user_id=str(cast.mia.pk), user_role="ADMIN")

    assert found["code"] == 40001
    assert Membership.objects.get(user=cast.mia).role == "standard"


def test_foreign_people_and_accounts_are_answered_as_if_there_were_none(
    ben: Caller, cast: Cast, bc_id: str, elsewhere: AdAccount
) -> None:
    for path, more in ((UPDATE, {"user_role": "ADMIN"}), (DELETE, {})):
        for pk in (cast.stranger.pk, 7):
            found = ben.post(path, bc_id=bc_id, user_id=str(pk), **more)
            assert found["message"] == f"user_id: {pk} is no member of this Business Center."
    for pk in (elsewhere.pk, 7):
        found = ben.post(INVITE, bc_id=bc_id, emails=["a@b.example"], asset_ids=[str(pk)])
        assert found["message"] == f"No permission to operate advertiser {pk}."
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("path", "body", "code", "name"),
    [
        (INVITE, {"emails": []}, 40002, "emails"),
        (INVITE, {"emails": [f"p{n}@b.example" for n in range(51)]}, 40002, "emails"),
        (INVITE, {"emails": ["a@b.example", "nobody"]}, 40002, "emails.1"),
        (INVITE, {"emails": ["a@b.example"], "user_role": "BOSS"}, 40002, "user_role"),
        (INVITE, {"emails": ["a@b.example"], "asset_type": "CATALOG"}, 40009, "asset_type"),
        (INVITE, {"emails": ["a@b.example"], "ext_user_role": {"finance_role": "X"}}, 40002,
         "ext_user_role.finance_role"),
        (UPDATE, {"user_id": "7", "user_name": "x" * 251}, 40002, "user_name"),
        (UPDATE, {"user_role": "ADMIN"}, 40002, "user_id"),
        (DELETE, {}, 40002, "user_id"),
        (DELETE, {"user_id": "7", "user_email": "a@b.example"}, 40002, "user_id"),
        (DELETE, {"user_id": "7", "child_bc_id": "7"}, 40009, "child_bc_id"),
        (ASSIGN, {"target_child_bc_id": "7", "users": []}, 40002, "users"),
        (ASSIGN, {"target_child_bc_id": "7", "users": [{"user_id": "7"}]}, 40002,
         "users.0.source_child_bc_id"),
        (ASSIGN, {"target_child_bc_id": "7",
                  "users": [{"user_id": "7", "source_child_bc_id": "7"}]}, 40009,
         "target_child_bc_id"),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_named(
    ben: Caller, bc_id: str, path: str, body: dict, code: int, name: str
) -> None:
    found = ben.post(path, bc_id=bc_id, **body)

    assert (found["code"], found["message"].split(":")[0]) == (code, name)


def test_a_change_of_nothing_is_said_to_be_one(ben: Caller, cast: Cast, bc_id: str) -> None:
    assert ben.post(UPDATE, bc_id=bc_id, user_id=str(cast.mia.pk))["code"] == 40012


def test_a_list_costs_the_same_with_few_and_25_rows(
    ben: Caller, cast: Cast, business_center: BusinessCenter, bc_id: str, at: datetime
) -> None:
    few = cost(lambda: ben.get(GET, bc_id=bc_id, page_size=50))
    for number in range(21):
        person = make_person(f"Person {number}")
        add_member(
            business_center=business_center, user=person, standing=Preset.ANALYST.standing,
            actor=cast.ben, at=at,
        )  # fmt: skip

    assert len(listed(ben, bc_id)) == 25
    assert cost(lambda: ben.get(GET, bc_id=bc_id, page_size=50)) == few
