"""A large ad account written in bulk: building it is not what is measured."""

from datetime import UTC, datetime, timedelta
from itertools import product

from accounts.models import BusinessCenter, User
from accounts.services import create_business_center, register_person
from adaccounts.models import AdAccount
from adaccounts.services import create_ad_account
from assets.models import Creative
from billing.services import CardInput, top_up
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.models import (
    Ad,
    AdFormat,
    AdGroup,
    BillingEvent,
    Campaign,
    DeliveryCursor,
    Objective,
    OptimizationGoal,
    ReviewState,
)

# Local midnight of a Monday in New York.
START = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
CARD = CardInput(
    number="4242424242424242", expiry_month=12, expiry_year=2031, cvc="123", holder="B"
)


def owner() -> User:
    return register_person(email="bench@northwind.example", name="Ben", password="practice-1234")


def _business_center(person: User) -> BusinessCenter:
    membership = person.memberships.first()
    if membership is not None:
        return membership.business_center
    return create_business_center(
        name="Bench",
        legal_name="Bench Ltd",
        country="US",
        currency="USD",
        timezone="America/New_York",
        owner=person,
        at=START,
    )


def account(person: User, name: str, top_ups: int = 0) -> AdAccount:
    """A USD account, with that many times 50,000 dollars; the clock stands at START."""
    set_clock(at=START, rate=PracticeClock.PAUSED)
    center = _business_center(person)
    made = create_ad_account(
        business_center=center, name=name, currency="USD", timezone="America/New_York",
        country="US", seed=7, is_reviewed=True,
        actor=person, at=START,
    )  # fmt: skip
    for number in range(top_ups):
        top_up(
            ad_account=made, amount=50_000_00, card=CARD, idempotency_key=f"{made.pk}-{number}",
            actor=person, at=START,
        )  # fmt: skip
    DeliveryCursor.objects.create(ad_account=made, next_slot=START, open_day=made.day_of(START))
    return made


def fill(account: AdAccount, *, campaigns: int, groups: int, ads: int, budget: int) -> list[Ad]:
    """So many campaigns, ad groups in each and approved ads in each of those, all active.

    `budget` of an ad group in minor units a day.
    """
    times = {"created_at": START, "modified_at": START}
    creative = Creative.objects.create(
        ad_account=account, kind=Creative.Kind.VIDEO, name="Film", file="film.mp4",
        cover="film.jpg", mime_type="video/mp4", width=720, height=1280, duration_ms=15_000,
        size_bytes=1, signature="0" * 32, created_at=START,
    )  # fmt: skip
    made = Campaign.objects.bulk_create(
        Campaign(ad_account=account, name=f"Campaign {n:05}", objective=Objective.TRAFFIC, **times)
        for n in range(campaigns)
    )
    below = AdGroup.objects.bulk_create(
        AdGroup(
            ad_account=account, campaign=campaign, name=f"Group {n}", countries=["US"],
            budget=budget, start_at=START, billing_event=BillingEvent.CPC,
            optimization_goal=OptimizationGoal.CLICK, audience_size=135_000_000, **times,
        )
        for campaign, n in product(made, range(groups))
    )  # fmt: skip
    return Ad.objects.bulk_create(
        Ad(
            ad_account=account, campaign_id=group.campaign_id, ad_group=group, name=f"Ad {n}",
            ordinal=place * ads + n + 1, ad_format=AdFormat.VIDEO, creative=creative,
            display_name="Northwind", text="Coats", landing_page_url="https://northwind.example/",
            review_state=ReviewState.APPROVED, approved_at=START - timedelta(hours=1), **times,
        )
        for (place, group), n in product(enumerate(below), range(ads))
    )  # fmt: skip
