"""What people look at before, while and after they stop a campaign."""

from dataclasses import dataclass
from datetime import datetime

from adaccounts.models import AdAccount

from ..models import AdGroup, BudgetMode, Campaign, StopRequest
from .spend import lifetime_spend, spend_for_budget
from .totals import data_as_of


@dataclass(frozen=True)
class BudgetUse:
    """Minor units. `amount` and `remaining` are None without a limit; `spent` is of today for a
    daily budget, else in all."""

    mode: str
    label: str
    amount: int | None
    spent: int

    @property
    def remaining(self) -> int | None:
        return None if self.amount is None else max(self.amount - self.spent, 0)

    @property
    def spent_label(self) -> str:
        return "Spent today" if self.mode == BudgetMode.DAY else "Spent so far"


def budget_use(node: Campaign | AdGroup, *, account: AdAccount, at: datetime) -> BudgetUse:
    mode = BudgetMode(node.budget_mode)
    spent = spend_for_budget(node, day=account.day_of(at))
    return BudgetUse(mode.value, str(mode.label), node.budget, spent)


def last_stop(campaign: Campaign) -> StopRequest | None:
    """The latest request to stop the campaign, finished or not."""
    return campaign.stop_requests.select_related("requested_by").first()


@dataclass(frozen=True)
class SpentSince:
    """Minor units spent in the whole hours from `start`, that of the request, until `end`, where
    delivery stands; hours are counted when they are over."""

    amount: int
    start: datetime
    end: datetime

    @property
    def is_counted(self) -> bool:
        return self.end > self.start


def spent_since(stop: StopRequest, campaign: Campaign, *, account: AdAccount) -> SpentSince:
    start = account.hour_start(stop.requested_at)
    end = data_as_of(ad_account=account) or start
    return SpentSince(lifetime_spend(campaign) - stop.spend_at_request, start, end)
