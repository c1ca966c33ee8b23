"""Budgets: least and greatest amounts per currency, which modes go together, and never below spend.

All amounts in minor units. The base amounts are the documented ones in dollars; a currency's ratio
scales them (documented for JPY; the others are ours, rounded to what people would call even).
"""

from datetime import datetime, timedelta

from bizcenter.lib import money

from ...models import BudgetMode
from ..errors import InvalidInput

CAMPAIGN_MINIMUM, GROUP_DAILY_MINIMUM, UPPER_BOUND = 50, 20, 10_000_000
RATIOS = {"JPY": 100, "KRW": 1000, "BRL": 5, "MXN": 20, "INR": 80}
HEADROOM_PERCENT = 105


def in_minor(base: int, currency: str) -> int:
    """A documented amount in dollars as minor units of `currency`."""
    return base * RATIOS.get(currency, 1) * int(10 ** money.exponent(currency))


def scheduled_days(start_at: datetime, end_at: datetime) -> int:
    """Days a schedule lasts, a begun day counting whole; at least one."""
    return max(1, -(-(end_at - start_at) // timedelta(days=1)))


def check_campaign_budget(
    *, mode: str, budget: int | None, is_budget_optimized: bool, currency: str
) -> None:
    """The mode is known, an amount is there exactly when the mode needs one, and is in range."""
    if mode not in BudgetMode.values:
        raise InvalidInput("Choose a daily, a lifetime or no budget.", field="budget_mode")
    if mode == BudgetMode.INFINITE:
        if is_budget_optimized:
            raise InvalidInput(
                "Campaign budget optimisation needs a daily or lifetime campaign budget.",
                field="budget_mode",
            )
        if budget:
            raise InvalidInput(
                "A campaign without limit has no budget: leave the amount empty.", field="budget"
            )
        return
    _check_range(budget, least=in_minor(CAMPAIGN_MINIMUM, currency), currency=currency)


def check_group_modes(*, mode: str, campaign_mode: str, is_budget_optimized: bool) -> None:
    """An ad group has a daily or lifetime budget, and no lifetime one below a daily campaign."""
    if mode not in (BudgetMode.DAY, BudgetMode.TOTAL):
        raise InvalidInput("Choose a daily or a lifetime budget.", field="budget_mode")
    if is_budget_optimized:
        return
    if campaign_mode == BudgetMode.DAY and mode == BudgetMode.TOTAL:
        raise InvalidInput(
            "The campaign has a daily budget, so the ad group's must be daily too.",
            field="budget_mode",
        )


def check_group_budget(*, mode: str, budget: int | None, days: int, currency: str) -> None:
    """Daily: at least 20; lifetime: at least 20 for each scheduled day (in dollars)."""
    least = in_minor(GROUP_DAILY_MINIMUM, currency) * (days if mode == BudgetMode.TOTAL else 1)
    what = f" for {days} scheduled days" if mode == BudgetMode.TOTAL and days > 1 else ""
    _check_range(budget, least=least, currency=currency, what=what)


def check_not_below_spend(*, budget: int, spent: int, mode: str, currency: str) -> None:
    """A changed budget is at least 105 % of what it has already spent (today or in all)."""
    least = -(-spent * HEADROOM_PERCENT // 100)
    if budget < least:
        when = "today" if mode == BudgetMode.DAY else "so far"
        raise InvalidInput(
            f"{money.format_minor(spent, currency)} is spent {when}: the new budget must be at "
            f"least {money.format_minor(least, currency)} (105 % of it).",
            field="budget",
        )


def _check_range(budget: int | None, *, least: int, currency: str, what: str = "") -> None:
    if budget is None:
        raise InvalidInput("Enter the budget.", field="budget")
    if budget < least:
        raise InvalidInput(
            f"The budget must be at least {money.format_minor(least, currency)}{what}.",
            field="budget",
        )
    bound = in_minor(UPPER_BOUND, currency)
    if budget >= bound:
        raise InvalidInput(
            f"The budget must be below {money.format_minor(bound, currency)}.", field="budget"
        )
