"""People at the same moment: Admins who remove each other, one code used twice, one news twice."""

from datetime import datetime

import pytest

from accounts.models import AccessToken, BusinessCenter, Membership, Notification, Topic
from accounts.permissions import Preset
from accounts.queries import membership_of
from accounts.services import (
    InvalidAuthorizationCode,
    LastAdmin,
    authorize_app,
    create_developer_app,
    exchange_code,
    notify,
)
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, preset_access
from adaccounts.services import LastAccountAdmin, change_person, grant_access, remove_person
from tests.factories.accounts import Cast
from tests.races.money_threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_admins_who_remove_each_other_leave_one(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    mia = membership_of(cast.mia, business_center)
    change_person(membership=mia, access=preset_access(Preset.ADMIN), actor=cast.ben, at=at)
    ben, mia = (membership_of(person, business_center) for person in (cast.ben, cast.mia))

    answers = at_once(
        lambda: remove_person(membership=mia, actor=cast.ben, at=at),
        lambda: remove_person(membership=ben, actor=cast.mia, at=at),
    )

    assert {type(answer) for answer in answers} == {type(None), LastAdmin}
    assert Membership.objects.filter(business_center=business_center, role="admin").count() == 1


def test_two_account_admins_who_demote_each_other_leave_one(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    for_all = {"ad_account": ad_account, "actor": None, "at": at}
    grant_access(user=cast.mia, level=Level.ADMIN, **for_all)

    answers = at_once(
        lambda: grant_access(user=cast.mia, level=Level.ANALYST, **for_all),
        lambda: grant_access(user=cast.ben, level=Level.ANALYST, **for_all),
    )

    assert {type(answer) for answer in answers} == {type(None), LastAccountAdmin}


def test_one_code_gives_one_token(cast: Cast, at: datetime) -> None:
    app, secret = create_developer_app(
        owner=cast.ben, name="Tool", redirect_uris=["https://t.example/"], at=at
    )
    code = authorize_app(app=app, user=cast.mia)

    answers = at_once(
        *[lambda: exchange_code(app_id=app.pk, secret=secret, code=code, at=at)] * 2,
    )

    assert {type(answer) for answer in answers} == {tuple, InvalidAuthorizationCode}
    assert AccessToken.objects.count() == 1


def test_the_same_news_from_two_workers_arrives_once(cast: Cast, at: datetime, mailoutbox) -> None:
    def tell() -> None:
        notify(users=[cast.ben], key="stop:7", topic=Topic.STOP, text="Stopped.", at=at)

    assert at_once(tell, tell) == [None, None]

    assert Notification.objects.count() == 1
    assert len(mailoutbox) == 1
