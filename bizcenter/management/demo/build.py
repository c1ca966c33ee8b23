"""Plays the story day by day through the product's own services; the engine makes the numbers."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.services import mark_notifications_read
from adaccounts.models import AdAccount
from assets.models import Creative
from assets.services import upload_creative
from billing.services import CardInput, top_up
from bizcenter.clock import queries as clock
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from bizcenter.lib import money
from bizcenter.practice.services import advance_to
from campaigns.models import (
    AdFormat,
    BidType,
    BudgetMode,
    Campaign,
    OperationStatus,
    Pacing,
    ScheduleType,
    StopKind,
    StopReason,
)
from campaigns.services import (
    AdGroupInput,
    AdInput,
    CampaignInput,
    create_ad,
    create_ad_group,
    create_campaign,
    request_stop,
)

from .artwork import jpeg, poster
from .cast import Stage, assemble
from .clips import clip
from .office import Office
from .story import ACCOUNTS, CAMPAIGNS, AdStory, CampaignStory, GroupStory

DAYS = 28
CARD = CardInput(
    number="4242424242424242", expiry_month=12, expiry_year=2031, cvc="123", holder="Fay Tanaka"
)
Act = Callable[[datetime], None]


def first_day(now: datetime) -> datetime:
    """28 days before `now`, or earlier where last month would else have had too little delivery."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return min(now - timedelta(days=DAYS), month - timedelta(days=8)).replace(minute=0, second=0)


def draw_all() -> dict[tuple[str, AdStory], Future[bytes]]:
    """Every picture and clip, drawn on the second core while the story is played."""
    brands = {account.key: account.brand for account in ACCOUNTS}
    wanted = dict.fromkeys(
        (brands[campaign.account], ad) for campaign in CAMPAIGNS for ad in campaign.ads
    )
    pool = ThreadPoolExecutor(max_workers=1)
    drawn = {(brand, ad): pool.submit(draw, brand, ad) for brand, ad in wanted}
    pool.shutdown(wait=False)
    return drawn


def draw(brand: str, ad: AdStory) -> bytes:
    picture = poster(ad.scene, ad.look, ad.headline, brand)
    return clip(picture, 9) if ad.video else jpeg(picture)


class Story:
    """Knows the stage and what has been made so far; hands out what happens when."""

    def __init__(self, start: datetime, now: datetime) -> None:
        self.start, self.now = start, now
        self.last_day = (now - start).days
        self.stage: Stage = assemble(start)
        self.creatives: dict[tuple[str, str], Creative] = {}
        self.drawn = draw_all()

    def _when(self, day: int, minutes: int = 0) -> datetime:
        """Office hours of that day; days are stretched where the story is longer than 28."""
        stretched = round(day * self.last_day / DAYS)
        moment = self.start + timedelta(days=stretched, hours=1, minutes=minutes)
        return min(moment, self.now - timedelta(minutes=20))

    def acts(self) -> Iterator[tuple[datetime, str, Act]]:
        """Everything people do, each with its time and a word for the progress bar."""
        for account in ACCOUNTS:
            for number, (day, amount) in enumerate(account.top_ups):
                yield (
                    self._when(day, 1),
                    f"{account.brand} adds balance",
                    partial(self._top_up, account.key, number, amount),
                )
        yield from Office(self.stage).acts(self._when)
        for index, campaign in enumerate(CAMPAIGNS):
            yield from self._campaign_acts(index, campaign)

    def _campaign_acts(
        self, index: int, story: CampaignStory
    ) -> Iterator[tuple[datetime, str, Act]]:
        made: list[Campaign] = []

        def create(at: datetime) -> None:
            made.append(self._create(story, at))

        yield self._when(story.start, 10 + 5 * index), f"“{story.name}” is built", create
        for day, kind in (
            (story.pause_on, StopKind.PAUSE),
            (story.deactivate_on, StopKind.DEACTIVATE),
        ):
            if day is not None:
                yield (
                    self._when(day, 20),
                    f"“{story.name}” is stopped",
                    partial(self._stop, made, kind),
                )

    def _top_up(self, account: str, number: int, amount: int, at: datetime) -> None:
        ad_account = self.stage.accounts[account]
        top_up(
            ad_account=ad_account,
            amount=money.to_minor(Decimal(amount), ad_account.currency),
            card=CARD,
            idempotency_key=f"demo-{account}-{number}",
            actor=self.stage.people["fay"],
            at=at,
        )

    def _create(self, story: CampaignStory, at: datetime) -> Campaign:
        account = self.stage.accounts[story.account]
        mia = self.stage.people["mia"]
        shared = story.campaign_budget
        campaign = create_campaign(
            ad_account=account,
            data=CampaignInput(
                name=story.name,
                objective=story.objective,
                budget_mode=BudgetMode.DAY if shared else BudgetMode.INFINITE,
                budget=money.to_minor(Decimal(shared), account.currency) if shared else None,
                is_budget_optimized=bool(shared),
                po_number=story.po_number,
            ),
            actor=mia,
            at=at,
        )
        for number, group in enumerate(story.groups):
            ad_group = create_ad_group(
                campaign=campaign, data=self._group(story, group, account, at), actor=mia, at=at
            )
            for ad in story.ads[number:] + story.ads[:number]:
                create_ad(ad_group=ad_group, data=self._ad(story, ad, at), actor=mia, at=at)
        return campaign

    def _group(
        self, story: CampaignStory, group: GroupStory, account: AdAccount, at: datetime
    ) -> AdGroupInput:
        start = at + timedelta(days=story.starts_in)
        ends = story.ends_after is not None
        budget = money.to_minor(Decimal(group.budget), account.currency) if group.budget else None
        return AdGroupInput(
            name=group.name,
            countries=group.countries,
            age_groups=group.ages,
            gender=group.gender,
            optimization_goal=story.goal,
            billing_event=story.billing,
            budget_mode=BudgetMode.TOTAL if story.lifetime else BudgetMode.DAY,
            budget=budget,
            schedule_type=ScheduleType.START_END if ends else ScheduleType.FROM_NOW,
            start_at=start,
            end_at=start + timedelta(days=story.ends_after or 0) if ends else None,
            pacing=Pacing.FAST if story.fast else Pacing.SMOOTH,
            bid_type=BidType.CUSTOM if story.bid else BidType.NO_BID,
            bid_micros=money.to_micros(Decimal(story.bid)) if story.bid else None,
        )

    def _ad(self, story: CampaignStory, ad: AdStory, at: datetime) -> AdInput:
        brand = next(account.brand for account in ACCOUNTS if account.key == story.account)
        return AdInput(
            name=ad.name,
            ad_format=AdFormat.VIDEO if ad.video else AdFormat.IMAGE,
            creative=self._creative(story.account, brand, ad, at),
            display_name=brand,
            text=ad.text,
            call_to_action=story.call_to_action,
            landing_page_url=story.link,
            operation_status=OperationStatus.ENABLE,
        )

    def _creative(self, account: str, brand: str, ad: AdStory, at: datetime) -> Creative:
        known = self.creatives.get((account, ad.name))
        if known is not None:
            return known
        kind = ("mp4", "video/mp4") if ad.video else ("jpg", "image/jpeg")
        data = self.drawn[brand, ad].result()
        file = SimpleUploadedFile(f"{ad.name}.{kind[0]}", data, kind[1])
        creative = upload_creative(
            ad_account=self.stage.accounts[account],
            upload=file,
            name=ad.name,
            actor=self.stage.people["mia"],
            at=at,
        )
        self.creatives[account, ad.name] = creative
        return creative

    def _stop(self, made: list[Campaign], kind: StopKind, at: datetime) -> None:
        [campaign] = made
        campaign.refresh_from_db()
        request_stop(
            campaign=campaign,
            kind=kind,
            reason=StopReason.PERFORMANCE if kind == StopKind.PAUSE else StopReason.UNAVAILABLE,
            note="Cost per result above plan." if kind == StopKind.PAUSE else "Sold out.",
            expected_version=campaign.version,
            actor=self.stage.people["mia"],
            at=at,
        )


def build(now: datetime, report: Callable[[float, str], None]) -> None:
    """The whole story has happened and the clock runs from `now`, an hour a minute.

    `report` is called with the share done (0 to 1) and what is going on.
    """
    now = now.astimezone(UTC)
    start = first_day(now)
    set_clock(at=start, rate=PracticeClock.PAUSED)
    story = Story(start, now)
    for when, note, act in sorted(story.acts(), key=lambda item: item[0]):
        report((when - start) / (now - start), note)
        advance_to(when)
        act(when)
    for person in story.stage.people.values():
        mark_notifications_read(user=person, at=clock.now())
    report(0.99, "the last hours are delivered")
    advance_to(now)
    set_clock(at=now, rate=PracticeClock.MINUTE_AN_HOUR)
    report(1.0, "ready")
