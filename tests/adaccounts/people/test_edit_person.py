"""Changing what a member has: roles, single ad accounts, and oneself."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Membership
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, level_of, permissions_in, preset_access
from adaccounts.services import change_person, share_account
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co

from .conftest import sent


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


def listed(browser: Client, users: str, **wanted: str) -> dict[str, str]:
    return {row.email: row.role for row in browser.get(users, wanted).context["rows"]}


def test_changing_the_role_moves_the_ad_accounts_with_it(
    cast: Cast, users: str, ben: Client, ad_account: AdAccount, business_center: BusinessCenter
) -> None:
    mia = membership_of(cast.mia, business_center)

    ben.post(f"{users}{mia.pk}/", {"preset": "admin", "confirm": "on"})
    as_admin = level(cast.mia, ad_account), membership_of(cast.mia, business_center).role
    ben.post(f"{users}{mia.pk}/", sent(ad_account, preset="finance"))

    assert as_admin == (Level.ADMIN, "admin")
    assert level(cast.mia, ad_account) is None
    assert membership_of(cast.mia, business_center).finance_role == "manager"


def test_a_single_ad_account_can_be_given_and_taken_away(
    cast: Cast,
    users: str,
    ben: Client,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    at: datetime,
) -> None:
    second = make_ad_account(business_center, cast.ben, at, "EUR")
    mia = membership_of(cast.mia, business_center)
    both = {"accounts-shown": [ad_account.pk, second.pk], "accounts": [second.pk]}

    ben.post(f"{users}{mia.pk}/", {"preset": "operator", **both})

    assert (level(cast.mia, ad_account), level(cast.mia, second)) == (None, Level.OPERATOR)
    told = ActivityEntry.objects.filter(subject_id=cast.mia.pk, at=at)
    assert {"grant_access", "revoke_access"} <= set(told.values_list("action", flat=True))


def test_what_is_not_shown_stays_and_takes_the_new_level(
    cast: Cast,
    users: str,
    ben: Client,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    at: datetime,
) -> None:
    second = make_ad_account(business_center, cast.ben, at, "EUR")
    mia = membership_of(cast.mia, business_center)

    ben.post(f"{users}{mia.pk}/", sent(second, preset="analyst"))

    assert (level(cast.mia, ad_account), level(cast.mia, second)) == (Level.ANALYST, Level.ANALYST)


def test_the_form_shows_what_the_person_has_now(
    cast: Cast, users: str, ben: Client, ad_account: AdAccount, business_center: BusinessCenter
) -> None:
    ana = membership_of(cast.ana, business_center)

    form = ben.get(f"{users}{ana.pk}/").context["form"]

    assert form["preset"].value() == "analyst"
    assert [row.thing for row in form.account_picker.rows if row.is_ticked] == [ad_account]


def test_many_ad_accounts_are_searched_instead_of_listed(
    cast: Cast, users: str, ben: Client, business_center: BusinessCenter, at: datetime
) -> None:
    for number in range(21):
        make_ad_account(business_center, cast.ben, at, name=f"Shop {number:02}")
    chosen = AdAccount.objects.get(name="Shop 03")
    form = sent(chosen) | {"accounts-search": "shop 17"}

    first = ben.get(users + "invite/").context["form"].account_picker
    found = ben.post(users + "pick/accounts/", form).content.decode()
    without_scripts = ben.post(users + "invite/", form | {"find": "1", "emails": "a@x.example"})

    assert (first.rows, first.total) == ([], 22)
    assert "Shop 03" in found
    assert "Shop 17" in found
    assert "Shop 18" not in found
    rows = without_scripts.context["form"].account_picker.rows
    assert [(row.thing.name, row.is_ticked) for row in rows] == [
        ("Shop 03", True),
        ("Shop 17", False),
    ]
    assert without_scripts.context["form"]["emails"].value() == "a@x.example"


def test_a_shared_ad_account_is_given_up_to_the_level_of_the_share(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: Callable[..., Client]
) -> None:
    center = BusinessCenter.objects.get(name="Carl & Co")
    carl = Membership.objects.get(user=cast.carl)
    url = f"/bc/{center.pk}/users/{carl.pk}/"
    layers = {"preset": "custom", "role": "admin", "finance_role": "manager"}
    share_account(ad_account=ad_account, partner=center, level=Level.ANALYST, actor=cast.ben, at=at)

    client_of(cast.carl).post(url, sent(ad_account, **layers))

    assert level(cast.carl, ad_account) == Level.ANALYST


def test_giving_up_ones_own_admin_role_is_asked_about(
    cast: Cast, users: str, ben: Client, business_center: BusinessCenter, at: datetime
) -> None:
    mia = membership_of(cast.mia, business_center)
    access = preset_access(Preset.ADMIN)
    change_person(membership=mia, access=access, actor=cast.ben, at=at)
    me = membership_of(cast.ben, business_center)

    asked = ben.post(f"{users}{me.pk}/", {"preset": "finance"})
    still = membership_of(cast.ben, business_center).role
    ben.post(f"{users}{me.pk}/", {"preset": "finance", "confirm": "on"})

    assert "You take your own Admin role away" in asked.content.decode()
    assert (still, membership_of(cast.ben, business_center).role) == ("admin", "standard")


def test_an_ad_account_of_others_beside_ones_own_is_refused(
    cast: Cast,
    users: str,
    ben: Client,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    at: datetime,
) -> None:
    carls = make_ad_account(carl_and_co(), cast.carl, at, "JPY")
    mia = membership_of(cast.mia, business_center)
    chosen = [ad_account.pk, carls.pk]

    answer = ben.post(
        f"{users}{mia.pk}/", {"preset": "analyst", "accounts-shown": chosen, "accounts": chosen}
    )

    assert answer.status_code == 422
    assert level(cast.mia, ad_account) == Level.OPERATOR
