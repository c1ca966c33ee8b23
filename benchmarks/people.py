"""The list pages of a Business Center with 1,000 members, 10,000 ad accounts and 50,000 grants
against the same pages of one with 100 ad accounts, and the same of the search of the API.

Through the whole stack in one process, the two taken in turn, as their Admin and as a member who
holds fifty grants; every list is longer than a page in both. Queries must be the same in number.
"""

import json
from collections.abc import Callable, Iterable
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
from accounts.services import (
    create_business_center,
    issue_access_token,
    record_activity,
    register_person,
)
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
Visit = Callable[[], Any]


@dataclass
class Office:
    """A Business Center with its Admin and one of its many members."""

    center: BusinessCenter
    admin: User
    member: User


def main() -> Iterable[dict[str, Any]]:
    plain = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    with override_settings(STORAGES=plain, API_QPS=0, API_QPM=0):
        yield from figures()


def figures() -> Iterable[dict[str, Any]]:
    set_clock(at=_world.START, rate=PracticeClock.PAUSED)
    large, small = office(MEMBERS, ACCOUNTS), office(FEW_MEMBERS, FEW_ACCOUNTS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    offices = (large, small)
    for name in OF_BUSINESS:
        yield from compared(said(name, "admin"), [page(name, it, "admin") for it in offices])
    for name in OF_PERSON:
        visits = [page(name, it, "admin", of_business=False) for it in offices]
        yield from compared(said(name, "admin"), visits)
    name = "adaccounts:account_list"
    yield from compared(said(name, "member"), [page(name, it, "member") for it in offices])
    for keyword in ("Account", "0007"):
        visits = [search(it, keyword) for it in offices]
        yield from compared(f"bc_asset_get_of_{keyword}_for_admin", visits)


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


def said(name: str, who: str) -> str:
    return f"{name.replace(':', '_')}_for_{who}"


def page(name: str, office: Office, who: str, *, of_business: bool = True) -> Visit:
    """A look at the page by this person."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(getattr(office, who))
    address = reverse(name, args=[office.center.pk] if of_business else [])
    return lambda: client.get(address)


def search(office: Office, keyword: str) -> Visit:
    """The Admin's search for ad accounts by the API; "Account" finds all of them."""
    client = Client(SERVER_NAME="localhost")
    token = issue_access_token(user=office.admin, at=_world.START)
    sent = {
        "bc_id": str(office.center.pk),
        "asset_type": "ADVERTISER",
        "filtering": json.dumps({"keyword": keyword}),
    }
    return lambda: client.get("/open_api/v1.3/bc/asset/get/", sent, headers={"Access-Token": token})


def compared(name: str, visits: list[Visit]) -> Iterable[dict[str, Any]]:
    """Its time in the large one against the small one, and its queries."""
    for visit in visits:
        answer = visit()
        assert answer.status_code == 200, name
        assert answer.headers["Content-Type"] != "application/json" or answer.json()["code"] == 0
    times: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        for place, visit in enumerate(visits):
            began = perf_counter()
            visit()
            times[place].append(perf_counter() - began)
    yield figure(name, *(median(each) * 1000 for each in times), "ms")
    counts = [queries(visit) for visit in visits]
    assert counts[0] == counts[1], (name, counts)
    yield figure(f"{name}_queries", *counts, "queries")


def queries(visit: Visit) -> int:
    with CaptureQueriesContext(connection) as captured:
        visit()
    return len(captured)
