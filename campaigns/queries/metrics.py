"""The figures people look at: name, formula, how each is taken from totals, rounded and printed.

Pages, charts and CSV files all print what `rounded` gives, so they cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from bizcenter.lib import money

from .totals import Totals

DASH = "–"


@dataclass(frozen=True)
class Metric:
    """`kind`: a sum of money, an average of money, a count, a number with decimals, or a share in
    percent. `good` is the way people want it to go."""

    key: str
    label: str
    kind: Literal["money", "average", "number", "decimal", "percent"]
    definition: str
    good: Literal["up", "down", ""] = "up"

    @property
    def unit(self) -> Literal["money", "number", "percent"]:
        if self.kind in ("money", "average"):
            return "money"
        return "percent" if self.kind == "percent" else "number"

    def of(self, totals: Totals) -> Any:
        """The exact value; None where it is undefined, as people reached are for plain sums."""
        return getattr(totals, self.key, None)

    def rounded(self, totals: Totals, currency: str) -> Decimal | int | None:
        """In currency units, percent or counts, with the decimals people see; None if undefined."""
        value = self.of(totals)
        if value is None or self.kind == "number":
            return value
        places = money.exponent(currency) if self.unit == "money" else 2
        amount = Decimal(value).scaleb(-places) if self.unit == "money" else Decimal(value)
        return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)

    def text(self, totals: Totals, currency: str) -> str:
        """As pages print it."""
        value = self.rounded(totals, currency)
        if value is None:
            return DASH
        if self.unit == "money":
            return money.format_amount(Decimal(value), currency)
        return f"{value:,.2f} %" if self.kind == "percent" else f"{value:,}"

    def plain(self, totals: Totals, currency: str) -> str:
        """As files carry it: no signs, no thousands marks; empty if undefined."""
        value = self.rounded(totals, currency)
        return "" if value is None else str(value)

    def change(self, now: Totals, before: Totals) -> Decimal | None:
        """By how many percent it moved; None where there was nothing before."""
        new, old = self.of(now), self.of(before)
        if not old or new is None:
            return None
        return (Decimal(new) / Decimal(old) - 1) * 100


SPEND = Metric("spend", "Spend", "money", "What was charged in the period.", "")
IMPRESSIONS = Metric("impressions", "Impressions", "number", "How often ads were shown.")
REACH = Metric(
    "reach",
    "Reach",
    "number",
    "People who saw an ad at least once, estimated. People are counted once however many days or "
    "ads, so it does not add up: a total is less than the sum of its parts.",
)
FREQUENCY = Metric(
    "frequency", "Frequency", "decimal", "How often a person saw ads = impressions ÷ reach.", ""
)
COST_PER_1000_REACHED = Metric(
    "cost_per_1000_reached",
    "Cost per 1,000 reached",
    "average",
    "Spend ÷ reach × 1,000.",
    "down",
)
CLICKS = Metric("clicks", "Clicks", "number", "How often people followed an ad's link.")
CTR = Metric("ctr", "CTR", "percent", "Click-through rate = clicks ÷ impressions.")
CPC = Metric("cpc", "CPC", "average", "Cost per click = spend ÷ clicks.", "down")
CPM = Metric(
    "cpm", "CPM", "average", "Cost per 1,000 impressions = spend ÷ impressions × 1,000.", "down"
)
CONVERSIONS = Metric(
    "conversions",
    "Conversions",
    "number",
    "Results after a click or view, such as orders, counted on the day of that click or view.",
)
CVR = Metric("cvr", "CVR", "percent", "Conversion rate = conversions ÷ clicks.")
CPA = Metric(
    "cpa", "CPA", "average", "Cost per conversion = spend ÷ conversions; – without any.", "down"
)
VIDEO_VIEWS = Metric("video_views", "Video views", "number", "How often a video began to play.")
WATCHED_6S = Metric("watched_6s", "6s views", "number", "Views of 6 seconds or longer.")

SO_FAR: Sequence[Metric] = (SPEND, IMPRESSIONS, CLICKS, CTR, CONVERSIONS, CPA)
BRIEF: Sequence[Metric] = (SPEND, IMPRESSIONS, CLICKS, CONVERSIONS, CPA)
TABLE: Sequence[Metric] = (
    SPEND, IMPRESSIONS, REACH, FREQUENCY, CLICKS, CTR, CPC, CPM, CONVERSIONS, CPA
)  # fmt: skip
REPORT: Sequence[Metric] = (*TABLE[:9], CVR, CPA, VIDEO_VIEWS, WATCHED_6S)
ACCOUNT_TILES: Sequence[Metric] = (SPEND, IMPRESSIONS, CLICKS, CONVERSIONS, CTR, CPC, CPA)
NODE_TILES: Sequence[Metric] = (
    SPEND, IMPRESSIONS, REACH, FREQUENCY, CLICKS, CONVERSIONS, CTR, CPC, CPA
)  # fmt: skip
GROUPS: Sequence[Metric] = (SPEND, IMPRESSIONS, REACH, FREQUENCY, CLICKS, CTR, CONVERSIONS, CPA)
CHARTED: Sequence[Metric] = (SPEND, IMPRESSIONS, CLICKS, CONVERSIONS, CTR, CPC, CPA)


def charted(key: str) -> Metric:
    """The metric an address asks a chart for; spend for anything else."""
    return next((metric for metric in CHARTED if metric.key == key), SPEND)
