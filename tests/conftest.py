"""What every test may ask for: the cast, their Business Center and ad account, a paused clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import BusinessCenter, User
from accounts.permissions import Preset
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, preset_access
from adaccounts.services import add_person, share_account
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.delivery import partitions
from tests.factories.accounts import (
    Cast,
    make_business_center,
    make_person,
    mark_as_just_signed_in,
)
from tests.factories.adaccounts import make_ad_account


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The months of most stories are there, as on every day but the first of a month."""
    with django_db_blocker.unblock():
        partitions.ensure(date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Counters of one test (sign-in limits) must not reach the next; the cache is in memory."""
    cache.clear()


@pytest.fixture
def at() -> datetime:
    """A Monday, 10:00 in New York; the practice time of every story unless it says otherwise."""
    return datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def practice_clock(db: None, at: datetime) -> PracticeClock:
    """The clock stands at `at`."""
    return set_clock(at=at, rate=PracticeClock.PAUSED)


@pytest.fixture
def business_center(practice_clock: PracticeClock, at: datetime) -> BusinessCenter:
    """Northwind in New York, founded by Ben."""
    ben = make_person("Ben Admin", "ben@northwind.example")
    return make_business_center(ben, at)


@pytest.fixture
def ad_account(business_center: BusinessCenter, at: datetime) -> AdAccount:
    """Northwind's USD account, always at UTC-5; Ben manages it."""
    return make_ad_account(business_center, User.objects.get(email="ben@northwind.example"), at)


@pytest.fixture
def cast(business_center: BusinessCenter, ad_account: AdAccount, at: datetime) -> Cast:
    """Everybody, with the access that their role has; nobody has been told anything yet."""
    people = Cast(
        ben=User.objects.get(email="ben@northwind.example"),
        mia=make_person("Mia Marketer", "mia@northwind.example"),
        ana=make_person("Ana Analyst", "ana@northwind.example"),
        fay=make_person("Fay Finance", "fay@northwind.example"),
        tom=make_person("Tom Trainer", "tom@northwind.example", is_trainer=True),
        carl=make_person("Carl Partner", "carl@carlandco.example"),
        stranger=make_person("Sam Stranger", "sam@elsewhere.example"),
    )
    roles = (
        (people.mia, Preset.OPERATOR),
        (people.ana, Preset.ANALYST),
        (people.fay, Preset.FINANCE),
    )
    for person, preset in roles:
        chosen = [ad_account] if preset.roles.on_accounts == "chosen" else []
        add_person(
            business_center=business_center,
            email=person.email,
            access=preset_access(preset, chosen),
            actor=people.ben,
            at=at,
        )
    carl_and_co = make_business_center(people.carl, at, name="Carl & Co")
    share_account(
        ad_account=ad_account, partner=carl_and_co, level=Level.OPERATOR, actor=people.ben, at=at,
        is_told=True,
    )  # fmt: skip
    return people


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which the person has signed in just now."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        mark_as_just_signed_in(client, user)
        return client

    return signed_in
