"""An ad's hour in plain words: what held it back, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime

from adaccounts.models import AdAccount
from bizcenter.lib import money
from campaigns.delivery.plan import Limit
from campaigns.delivery.why import Hour
from campaigns.models import Ad, BillingEvent, BudgetMode
from campaigns.queries.gaps import Kind

from .vocabulary import BID_IS_PER

LITTLE = 950  # per mille: from here on down a factor is worth a word
_TENTHS = {
    1: "one of ten", 2: "one of five", 3: "three of ten", 4: "two of five", 5: "half of the",
    6: "three of five", 7: "seven of ten", 8: "four of five", 9: "nine of ten",
    10: "almost all",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How a cause is drawn: a short name for the legend, a tone and an icon."""

    name: str
    tone: str
    icon: str

    @property
    def is_coming(self) -> bool:
        return self == COMING


COMING = Look("Still to come", "grey", "clock")
FINE = Look("Delivered as planned", "green", "check")
PARTLY = Look("On for a part of the hour", "blue", "clock-pause")
OFF = Look("Off", "grey", "player-pause")
REVIEW = Look("Review", "amber", "shield-check")
SCHEDULE = Look("Outside its hours", "grey", "calendar-off")
ACCOUNT = Look("Ad account not open", "red", "alert-triangle")
MONEY = Look("Budget used up", "amber", "wallet")
BALANCE = Look("Balance empty", "red", "credit-card-off")
AUDIENCE = Look("Audience too small", "amber", "users-group")
BID = Look("Bid too low", "amber", "scale")
UNKNOWN = Look("No part of delivery", "grey", "circle-minus")

LIMITS = {
    Limit.NONE: FINE,
    Limit.OFF: OFF,
    Limit.GROUP_BUDGET: MONEY,
    Limit.CAMPAIGN_BUDGET: MONEY,
    Limit.BALANCE: BALANCE,
    Limit.SUPPLY: AUDIENCE,
    Limit.BID: BID,
    Limit.FREQUENCY: AUDIENCE,
}
_GAPS = {
    Kind.ACCOUNT: ACCOUNT,
    Kind.OFF: OFF,
    Kind.REVIEW: REVIEW,
    Kind.DENIED: REVIEW,
    Kind.SCHEDULE: SCHEDULE,
}


@dataclass(frozen=True)
class Told:
    """`text` says what held the ad back, `step` what to do; `notes` is what else mattered."""

    look: Look
    text: str
    step: str = ""
    notes: tuple[str, ...] = ()


def tell(hour: Hour, ad: Ad, account: AdAccount) -> Told:
    """The hour's main cause; that it was off for a part of the hour is told with it."""
    if not hour.is_delivered:
        return Told(COMING, "Still to come.")
    off = _gap_texts(hour, account)
    if hour.is_shut:
        first = hour.gaps[0]
        return Told(_GAPS[first.kind], " ".join(off), first.step)
    if hour.entry is None:
        text = "What held it back was not noted in this hour."
        if hour.totals.impressions:
            return Told(FINE, "Delivered. How it came about was not noted in this hour.", "", off)
        return Told(_GAPS[hour.gaps[0].kind] if off else UNKNOWN, text, "", off)
    look, (text, step) = LIMITS[hour.entry.limit], _limit_words(hour, ad, account)
    if look is FINE and off:
        look = PARTLY
    return Told(look, text, step, (*off, *_notes(hour)))


def _gap_texts(hour: Hour, account: AdAccount) -> tuple[str, ...]:
    texts = []
    for gap in hour.gaps:
        whole = gap.start <= hour.slot and gap.end - gap.start >= gap.end - hour.slot
        if whole and (gap.end - hour.slot).total_seconds() >= 3600:
            texts.append(f"{gap.why}.")
        else:
            span = f"{_clock(account, gap.start)} to {_clock(account, gap.end)}"
            texts.append(f"Off from {span}: {gap.why}.")
    return tuple(texts)


def _clock(account: AdAccount, moment: datetime) -> str:
    local = account.local(moment)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _limit_words(hour: Hour, ad: Ad, account: AdAccount) -> tuple[str, str]:
    entry = hour.entry
    assert entry is not None
    since = hour.used_up_since
    at = f"{account.local(since):%H}:00" if since is not None else ""
    if entry.limit == Limit.GROUP_BUDGET:
        return _budget_words("ad group", ad.ad_group.budget_mode, hour, at)
    if entry.limit == Limit.CAMPAIGN_BUDGET:
        return _budget_words("campaign", ad.campaign.budget_mode, hour, at)
    if entry.limit == Limit.BID:
        return _bid_words(entry.win, ad, account.currency)
    if entry.limit == Limit.NONE:
        return _unhindered(hour, ad)
    return {
        Limit.OFF: ("It was off for the whole hour.", "See its switches and its schedule."),
        Limit.BALANCE: (
            f"The account's balance or spending cap was used up in the hour from {at}.",
            "Add balance to the ad account, or raise its spending cap.",
        ),
        Limit.SUPPLY: (
            "The audience is too small: it bought every impression it could win.",
            "Widen the audience, or lower the budget to what it can spend.",
        ),
        Limit.FREQUENCY: (
            "Most people have seen it as often as the frequency cap allows.",
            "Raise the frequency cap of the ad group, or widen its audience.",
        ),
    }[entry.limit]


def _unhindered(hour: Hour, ad: Ad) -> tuple[str, str]:
    """Nothing held it back; where nothing was spent all the same, why that is."""
    if not hour.totals.impressions:
        return (
            "It was in play, but nothing came of it: it meant to spend very little.",
            "Raise the budget if this lasts.",
        )
    if hour.totals.spend:
        return "Delivered as planned.", ""
    event = BillingEvent(ad.ad_group.billing_event)
    if event == BillingEvent.CPC:
        return "Delivered as planned. By chance nobody clicked, so nothing was paid.", ""
    if event == BillingEvent.CPV:
        return "Delivered as planned. Nobody watched long enough, so nothing was paid.", ""
    return "Delivered as planned. It cost too little for a bill; a later hour carries it.", ""


def _budget_words(level: str, mode: str, hour: Hour, at: str) -> tuple[str, str]:
    when = "in this hour" if hour.slot == hour.used_up_since else f"in the hour from {at}"
    if mode == BudgetMode.TOTAL:
        return (
            f"The lifetime budget of the {level} was used up {when}.",
            f"Raise the {level}'s budget to go on.",
        )
    return (
        f"The daily budget of the {level} was used up {when}.",
        f"It is full again at midnight. Raise the {level}'s budget to deliver longer.",
    )


def _bid_words(win: int, ad: Ad, currency: str) -> tuple[str, str]:
    lost = _TENTHS[min(max(round((1000 - win) / 100), 1), 10)]
    text = f"The bid loses {lost} auctions."
    group = ad.ad_group
    if not group.bid_micros:
        return text, "Raise the budget: with maximum delivery the bid follows it."
    bid = money.format_amount(money.micros_to_decimal(group.bid_micros), currency)
    per = BID_IS_PER.get(BillingEvent(group.billing_event), "")
    return text, f"Raise the bid above {bid} {per}, or use maximum delivery."


def _notes(hour: Hour) -> tuple[str, ...]:
    entry = hour.entry
    assert entry is not None
    found = []
    if 0 < entry.tired <= LITTLE:
        found.append(
            f"People have seen it often: it gets {entry.tired // 10} % of the clicks of a "
            "fresh ad. Show a new creative."
        )
    if 0 < entry.learned <= LITTLE:
        found.append(
            f"The ad group is learning: {entry.learned // 10} % of the conversions that it brings "
            "once it has learned."
        )
    if 0 < entry.shared <= LITTLE:
        found.append(
            f"The account's other ad groups want the same people: {entry.shared // 10} % of the "
            "auctions are left."
        )
    return tuple(found)
