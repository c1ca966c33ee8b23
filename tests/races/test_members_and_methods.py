"""At the same moment: granted while removed, the last manager removed, one card saved twice."""

from datetime import datetime
from unittest.mock import patch

import pytest

from accounts.models import ActivityEntry, BusinessCenter
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Level, preset_access
from adaccounts.queries import own_managers_of
from adaccounts.services import (
    add_to_asset_group,
    change_person,
    end_due_access,
    grant_access,
    grants,
    groups,
    people,
    remove_person,
    revoke_access,
)
from billing.models import PaymentMethod
from billing.services import add_card, add_paypal, make_default, methods, remove_method
from tests.factories.accounts import Cast
from tests.factories.billing import make_card
from tests.factories.sharing import make_group
from tests.races.money_threads import LOCKED, UNLOCKED, Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def grants_of(person) -> int:
    return AdAccountUserObjectPermission.objects.filter(user=person).count()


@pytest.mark.parametrize("way", ["directly", "by a group"])
def test_nobody_keeps_what_was_given_while_they_were_removed(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, way: str
) -> None:
    """Who gives has seen the member and waits; the removal may not get past them."""
    meeting = Meeting(LOCKED)
    fay = membership_of(cast.fay, business_center)
    group = make_group(business_center, at, members={fay: Level.ANALYST})
    room, name = (grants, "place") if way == "directly" else (groups, "materialise")
    do = getattr(room, name)

    def late(*args: object, **wanted: object) -> None:
        meeting.wait()
        do(*args, **wanted)

    def give() -> None:
        for_all = {"actor": cast.ben, "at": at}
        if way == "directly":
            grant_access(ad_account=ad_account, user=cast.fay, level=Level.ANALYST, **for_all)
        else:
            add_to_asset_group(group=group, ad_accounts=[ad_account], **for_all)

    def remove() -> None:
        remove_person(membership=fay, actor=cast.ben, at=at)
        meeting.wait()

    with patch.object(room, name, late):
        found = at_once(give, remove)

    assert found[1] is None
    assert grants_of(cast.fay) == 0


def test_an_ad_account_keeps_a_manager_when_one_is_removed_and_the_other_demoted(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    for_all = {"actor": cast.ben, "at": at}
    grant_access(ad_account=ad_account, user=cast.mia, level=Level.ADMIN, **for_all)
    mia = membership_of(cast.mia, business_center)
    checked, done = Meeting(UNLOCKED), Meeting(LOCKED)
    adopt = people._adopt_orphans

    def late(*args: object) -> None:
        adopt(*args)
        checked.wait()
        done.wait()

    def demote() -> None:
        checked.wait()
        revoke_access(ad_account=ad_account, user=cast.ben, **for_all)
        done.wait()

    with patch.object(people, "_adopt_orphans", late):
        at_once(lambda: remove_person(membership=mia, **for_all), demote)

    assert list(own_managers_of(ad_account)) == [cast.ben]


def test_access_that_ends_while_an_admin_changes_it_blocks_nobody(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    mia = membership_of(cast.mia, business_center)
    type(mia).objects.filter(pk=mia.pk).update(access_ends_at=at)
    access = preset_access(Preset.ADMIN)

    found = at_once(
        lambda: end_due_access(until=at),
        lambda: change_person(membership=mia, access=access, actor=cast.ben, at=at),
    )

    there = membership_of(cast.mia, business_center)
    assert found[0] == (there is None)
    assert there is None or there.role == "admin"


def test_one_card_from_two_tabs_is_saved_once(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    who = {"owner": business_center, "actor": cast.fay, "at": at}
    save, meeting = methods._save, Meeting(LOCKED)

    def late(*args: object) -> PaymentMethod:
        meeting.wait()
        return save(*args)

    with patch.object(methods, "_save", late):
        at_once(*[lambda: add_card(card=make_card(), **who)] * 2)

    assert PaymentMethod.objects.count() == 1


def test_a_method_is_not_the_default_once_it_is_removed(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    add = {"owner": business_center, "actor": cast.fay, "at": at}
    first, second = (add_paypal(email=f"{name}@x.example", **add) for name in ("a", "b"))
    old = PaymentMethod.objects.get(pk=second.pk)
    who = {"business_center": business_center, "actor": cast.fay, "at": at}

    remove_method(method=second, **who)
    remove_method(method=old, **who)
    make_default(method=PaymentMethod(pk=old.pk), **who)

    assert PaymentMethod.objects.get() == first
    assert PaymentMethod.objects.get().is_default
    assert ActivityEntry.objects.filter(action="remove_payment_method").count() == 1
