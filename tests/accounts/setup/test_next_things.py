"""What a founder does next: each thing is ticked off by doing it, not by looking at it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from accounts.queries.setup import next_things
from adaccounts.permissions import preset_access
from adaccounts.services import add_person, invite_person
from billing.services import add_card
from tests.factories.accounts import make_business_center, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund, make_card
from tests.factories.papers import send_documents

Deed = Callable[[BusinessCenter, datetime], object]


@pytest.fixture
def center(practice_clock: object, at: datetime) -> BusinessCenter:
    return make_business_center(make_person(email="fred@acme.example"), at, name="Acme")


def founder_of(center: BusinessCenter):
    return center.memberships.get().user


def invite(center: BusinessCenter, at: datetime) -> None:
    invite_person(
        business_center=center,
        email="nora@acme.example",
        access=preset_access(Preset.ANALYST),
        actor=founder_of(center),
        at=at,
    )


def add(center: BusinessCenter, at: datetime) -> None:
    founder, _ = founder_of(center), make_person(email="nora@acme.example")
    add_person(
        business_center=center,
        email="nora@acme.example",
        access=preset_access(Preset.ANALYST),
        actor=founder,
        at=at,
    )


def pay(center: BusinessCenter, at: datetime) -> None:
    add_card(owner=center, card=make_card(), actor=founder_of(center), at=at)


def open_account(center: BusinessCenter, at: datetime) -> None:
    make_ad_account(center, founder_of(center), at)


def top_up(center: BusinessCenter, at: datetime) -> None:
    fund(make_ad_account(center, founder_of(center), at), 10_000, at)


def verify(center: BusinessCenter, at: datetime) -> None:
    send_documents(center, founder_of(center), at)


@pytest.mark.parametrize(
    ("deed", "ticked"),
    [
        (invite, {"people"}),
        (add, {"people"}),
        (pay, {"payment"}),
        (open_account, {"ad_account"}),
        (top_up, {"ad_account", "balance"}),
        (verify, {"verification"}),
    ],
)
def test_a_thing_that_was_done_is_ticked_off(
    center: BusinessCenter, at: datetime, deed: Deed, ticked: set[str]
) -> None:
    assert not any(thing.is_done for thing in next_things(center))

    deed(center, at)

    assert {thing.key for thing in next_things(center) if thing.is_done} == ticked


def test_the_welcome_page_says_so(
    center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    founder = client_of(founder_of(center))
    before = founder.get(f"/bc/{center.pk}/welcome/").context["things"]

    invite(center, at)

    after = founder.get(f"/bc/{center.pk}/welcome/").context["things"]
    assert {key for key in after if after[key] != before[key]} == {"people"}
