"""Goal, bidding strategy and bid: do they suit the objective and each other?"""

from bizcenter.lib import money

from ...models import BidType, Objective, OptimizationGoal, Pacing
from ...queries import suitability
from ..errors import InvalidInput


def check_goal(*, objective: str, goal: str, billing_event: str) -> None:
    """The goal suits the objective and the strategy is the one this goal is billed by."""
    suited = suitability.goals_for(objective)
    objective_label = Objective(objective).label
    if goal not in suited:
        names = ", ".join(str(each.label) for each in suited)
        raise InvalidInput(
            f"The objective {objective_label} can be optimised for: {names}.",
            field="optimization_goal",
        )
    billed = suitability.billing_for(goal)
    if billing_event != billed:
        raise InvalidInput(
            f"{OptimizationGoal(goal).label} are billed by {billed}; {billing_event or 'nothing'} "
            f"does not suit this goal.",
            field="billing_event",
        )


def check_bid(
    *, bid_type: str, bid_micros: int | None, goal: str, budget: int | None, currency: str
) -> None:
    """A custom bid is an amount below the budget that pays for it; maximum delivery has none."""
    if bid_type not in BidType.values:
        raise InvalidInput("Choose maximum delivery or a bid or cost cap.", field="bid_type")
    if bid_type == BidType.NO_BID:
        return
    if goal == OptimizationGoal.VALUE:
        raise InvalidInput("Purchase value is bought with maximum delivery only.", field="bid_type")
    if bid_micros is None or bid_micros <= 0:
        raise InvalidInput("Enter the bid: an amount above zero.", field="bid_micros")
    if budget is not None and bid_micros >= budget * money.micros_per_minor(currency):
        raise InvalidInput(
            f"The bid must be below the budget of {money.format_minor(budget, currency)}.",
            field="bid_micros",
        )


def check_pacing(*, pacing: str, is_budget_optimized: bool) -> None:
    if pacing not in Pacing.values:
        raise InvalidInput("Choose standard or accelerated delivery.", field="pacing")
    if is_budget_optimized and pacing == Pacing.FAST:
        raise InvalidInput(
            "Under campaign budget optimisation delivery is always standard.", field="pacing"
        )
