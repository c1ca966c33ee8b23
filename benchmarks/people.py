"""The list pages of a Business Center with 1,000 members, 10,000 ad accounts and 50,000 grants
against the same pages of one with 100 ad accounts.

Through the whole stack in one process, the two taken in turn, as their Admin and as a member who
holds fifty grants; every list is longer than a page in both. Queries must be the same in number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission as PermissionRow
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.models import BusinessCenter, Membership, User
from accounts.services import create_business_center, record_activity, register_person
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Level
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock

from . import _world
from .campaign_table import PLAIN_FILES, figure

MEMBERS, ACCOUNTS, GRANTS_EACH = 1_000, 10_000, 50
FEW_MEMBERS, FEW_ACCOUNTS = 60, 100
ROUNDS = 12
OF_BUSINESS = (
    "reporting:business_overview",
    "adaccounts:user_list",
    "adaccounts:invite",
    "adaccounts:unused_access",
    "adaccounts:request_list",
    "adaccounts:account_list",
    "adaccounts:partner_list",
    "adaccounts:group_list",
    "adaccounts:asset_list",
    "billing:overview",
    "accounts:business_security",
    "accounts:activity",
)
OF_PERSON = ("adaccounts:my_accounts", "adaccounts:switcher", "accounts:notifications")
_numbers = count()


@dataclass
class Office:
    """A Business Center with its Admin and one of its many members."""

    center: BusinessCenter
    admin: User
    member: User


def main() -> Iterable[dict[str, Any]]:
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN_FILES}):
        yield from figures()


def figures() -> Iterable[dict[str, Any]]:
    set_clock(at=_world.START, rate=PracticeClock.PAUSED)
    large, small = office(MEMBERS, ACCOUNTS), office(FEW_MEMBERS, FEW_ACCOUNTS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for name in OF_BUSINESS:
        yield from compared(name, large, small, "admin", [True])
    for name in OF_PERSON:
        yield from compared(name, large, small, "admin", [])
    yield from compared("adaccounts:account_list", large, small, "member", [True])


def office(members: int, accounts: int) -> Office:
    """Its Admin manages every ad account; each member operates up to fifty of them."""
    number = next(_numbers)
    admin = register_person(
        email=f"admin{number}@bench.example", name="Ben", password="practice-1234"
    )
    center = create_business_center(
        name=f"Bench {number}", legal_name="Bench Ltd", country="US", currency="USD",
        timezone="America/New_York", owner=admin, at=_world.START,
    )  # fmt: skip
    people = User.objects.bulk_create(
        User(email=f"person{number}-{n}@bench.example", name=f"Person {n:04}")
        for n in range(members - 1)
    )
    Membership.objects.bulk_create(
        Membership(business_center=center, user=person, created_at=_world.START)
        for person in people
    )
    made = AdAccount.objects.bulk_create(
        AdAccount(
            business_center=center, name=f"Account {n:05}", currency="USD",
            timezone="America/New_York", utc_offset_minutes=-300, country="US", seed=n,
            created_at=_world.START,
        )
        for n in range(accounts)
    )  # fmt: skip
    grant(center, [(admin, account) for account in made], Level.ADMIN)
    reached = min(GRANTS_EACH, accounts)
    grant(
        center,
        [
            (person, made[(place * 37 + step) % accounts])
            for place, person in enumerate(people)
            for step in range(reached)
        ],
        Level.OPERATOR,
    )
    for n in range(120):
        record_activity(
            business_center=center, actor=admin, at=_world.START, action="update_ad_account",
            summary=f"Renamed account {n}", reference=f"ad_account:{made[0].pk}", label="Account",
        )  # fmt: skip
    return Office(center, admin, people[0])


def grant(center: BusinessCenter, pairs: list[tuple[User, AdAccount]], level: Level) -> None:
    rows = PermissionRow.objects.filter(
        content_type__model="adaccount", codename__in=level.permissions
    )
    AdAccountUserObjectPermission.objects.bulk_create(
        (
            AdAccountUserObjectPermission(
                user=person, content_object=account, permission=row, through=center
            )
            for row in rows
            for person, account in pairs
        ),
        batch_size=20_000,
    )


def compared(
    name: str, large: Office, small: Office, who: str, needs_center: list[bool]
) -> Iterable[dict[str, Any]]:
    """One page: its time in the large one against the small one, and its queries."""
    visits = []
    for each in (large, small):
        client = Client(SERVER_NAME="localhost")
        client.force_login(getattr(each, who))
        page = reverse(name, args=[each.center.pk] if needs_center else [])
        assert client.get(page).status_code == 200, page
        visits.append((client, page))
    times: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        for place, (client, page) in enumerate(visits):
            began = perf_counter()
            client.get(page)
            times[place].append(perf_counter() - began)
    said = f"{name.replace(':', '_')}_for_{who}"
    yield figure(said, *(median(each) * 1000 for each in times), "ms")
    counts = [queries(client, page) for client, page in visits]
    assert counts[0] == counts[1], (name, counts)
    yield figure(f"{said}_queries", *counts, "queries")


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    return len(captured)
