"""Sharing at the same moment: revoked while granted, answered by two, lowered while raised."""

from datetime import datetime
from unittest.mock import patch

import pytest

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts import services
from adaccounts.models import AdAccount, AdAccountUserObjectPermission, AssetGroup, LinkRequest
from adaccounts.permissions import Level, level_of, permissions_in, preset_access
from adaccounts.services import InvalidGroup, giving, grants, groups, materialising
from tests.factories.accounts import Cast, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_group
from tests.races.money_threads import LOCKED, Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dora(cast: Cast, at: datetime):
    person = make_person("Dora", "dora@carlandco.example")
    services.add_person(
        business_center=carl_and_co(), email=person.email, access=preset_access(Preset.ANALYST),
        actor=cast.carl, at=at,
    )  # fmt: skip
    return person


def of_partner() -> bool:
    return AdAccountUserObjectPermission.objects.filter(through=carl_and_co()).exists()


def test_nobody_is_granted_what_is_being_revoked(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, dora
) -> None:
    """The grant has read the share and waits; the revocation may not get past it."""
    meeting = Meeting(LOCKED)
    place = grants.place

    def late(**wanted: object) -> None:
        meeting.wait()
        place(**wanted)

    def revoke() -> None:
        services.remove_partner(
            business_center=business_center, partner=carl_and_co(), actor=cast.ben, at=at
        )
        meeting.wait()

    with patch.object(grants, "place", late):
        at_once(
            lambda: services.grant_access(
                ad_account=ad_account, user=dora, level=Level.OPERATOR, actor=cast.carl, at=at,
                through=carl_and_co(),
            ),
            revoke,
        )  # fmt: skip

    assert not of_partner()


def test_no_new_admin_has_what_is_being_revoked(
    cast: Cast, business_center: BusinessCenter, at: datetime, dora
) -> None:
    """An Admin gets all that is shared, and nothing that has just been taken back."""
    meeting = Meeting(LOCKED)
    place_many = giving.place_many

    def late(**wanted: object) -> None:
        meeting.wait()
        place_many(**wanted)

    def revoke() -> None:
        services.remove_partner(
            business_center=business_center, partner=carl_and_co(), actor=cast.ben, at=at
        )
        meeting.wait()

    with patch.object(giving, "place_many", late):
        at_once(
            lambda: services.change_person(
                membership=membership_of(dora, carl_and_co()),
                access=preset_access(Preset.ADMIN),
                actor=cast.carl,
                at=at,
            ),
            revoke,
        )

    assert not of_partner()


def test_a_group_gives_nothing_of_what_is_being_revoked(
    cast: Cast, ad_account: AdAccount, at: datetime, dora
) -> None:
    meeting = Meeting(LOCKED)
    create = materialising._create

    def late(*wanted: object) -> None:
        meeting.wait()
        create(*wanted)

    member = membership_of(dora, carl_and_co())

    def revoke() -> None:
        services.unshare_account(
            ad_account=ad_account, partner=carl_and_co(), actor=cast.ben, at=at
        )
        meeting.wait()

    with patch.object(materialising, "_create", late):
        at_once(
            lambda: make_group(
                carl_and_co(), at, ad_accounts=[ad_account], members={member: Level.OPERATOR}
            ),
            revoke,
        )

    assert not of_partner()


def test_one_of_two_answers_to_a_request_counts(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    wanted = make_ad_account(business_center, cast.ben, at, "EUR")
    request = services.request_link(
        business_center=carl_and_co(), ad_account_id=wanted.pk, level=Level.ANALYST, note="",
        actor=cast.carl, at=at,
    )  # fmt: skip

    answers = at_once(
        *[
            lambda said=said: services.decide_link(
                request=request, approve=said, level=Level.ANALYST, actor=cast.ben, at=at
            )
            for said in (True, False)
        ]
    )

    assert {type(answer) for answer in answers} == {LinkRequest, services.AlreadyDecided}
    request.refresh_from_db()
    held = level_of(permissions_in(cast.carl, wanted.pk))
    assert (request.state == "approved") == (held == Level.ANALYST)


def test_one_of_two_requests_of_the_same_center_is_made(
    cast: Cast, business_center: BusinessCenter, at: datetime, dora
) -> None:
    wanted = make_ad_account(business_center, cast.ben, at, "EUR")

    answers = at_once(
        *[
            lambda person=person: services.request_link(
                business_center=carl_and_co(), ad_account_id=wanted.pk, level=Level.ANALYST,
                note="", actor=person, at=at,
            )
            for person in (cast.carl, dora)
        ]
    )  # fmt: skip

    assert {type(answer) for answer in answers} == {LinkRequest, services.CannotLink}


def test_raised_and_lowered_at_once_nobody_is_above_the_share(
    cast: Cast, ad_account: AdAccount, at: datetime, dora
) -> None:
    def share(level: Level) -> None:
        services.share_account(
            ad_account=ad_account, partner=carl_and_co(), level=level, actor=cast.ben, at=at
        )

    def grant() -> None:
        services.grant_access(
            ad_account=ad_account, user=dora, level=Level.OPERATOR, actor=cast.carl, at=at,
            through=carl_and_co(),
        )  # fmt: skip

    answers = at_once(lambda: share(Level.ANALYST), grant)

    assert answers[0] is None
    held = level_of(permissions_in(dora, ad_account.pk))
    assert held in {Level.ANALYST, None}
    assert isinstance(answers[1], services.BeyondTheShare) == (held is None)


def test_two_groups_do_not_get_one_name(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    """Both have found the name free when the first group is made."""
    meeting = Meeting(LOCKED)
    check = groups._check_name

    def late(*named: object) -> None:
        check(*named)
        meeting.wait()

    with patch.object(groups, "_check_name", late):
        found = at_once(
            lambda: make_group(business_center, at, "Europe"),
            lambda: make_group(business_center, at, "europe"),
        )

    assert {type(each) for each in found} == {AssetGroup, InvalidGroup}
