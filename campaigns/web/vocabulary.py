"""How the choices of the forms are explained to people: objectives, strategies, goals."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.models import BillingEvent, Objective, OptimizationGoal
from campaigns.queries import suitability


@dataclass(frozen=True)
class Choice:
    """One card to choose: what it is, when to use it; `refusal` says why it cannot be chosen."""

    value: str
    title: str
    text: str
    icon: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class ObjectiveGroup:
    title: str
    text: str
    choices: Sequence[Choice]


def _objective(value: Objective, icon: str, text: str) -> Choice:
    return Choice(value.value, str(value.label), text, icon)


OBJECTIVE_GROUPS: Sequence[ObjectiveGroup] = (
    ObjectiveGroup(
        "Awareness",
        "Make people know you.",
        (
            _objective(
                Objective.REACH,
                "speakerphone",
                "Shows the ad to as many people as the budget allows. Use it to make a name or a "
                "product known.",
            ),
        ),
    ),
    ObjectiveGroup(
        "Consideration",
        "Make people look closer.",
        (
            _objective(
                Objective.TRAFFIC,
                "pointer",
                "Brings visitors to a website. Use it when a visit is what counts.",
            ),
            _objective(
                Objective.VIDEO_VIEWS,
                "movie",
                "Gets a video watched for 2 or 6 seconds and longer. Use it to tell a story.",
            ),
            _objective(
                Objective.ENGAGEMENT,
                "heart",
                "Wins followers and profile visits. Use it to build a community.",
            ),
            _objective(
                Objective.APP_PROMOTION,
                "device-mobile",
                "Gets an app installed. Use it when new users are the goal.",
            ),
            _objective(
                Objective.LEAD_GENERATION,
                "clipboard-list",
                "Collects contacts of interested people. Use it when sales follow up in person.",
            ),
        ),
    ),
    ObjectiveGroup(
        "Conversion",
        "Make people act.",
        (
            _objective(
                Objective.WEB_CONVERSIONS,
                "target-arrow",
                "Looks for people likely to buy or sign up on a website. Use it when results on "
                "the site are measured.",
            ),
            _objective(
                Objective.PRODUCT_SALES,
                "shopping-cart",
                "Sells products of a shop. Use it when orders are the measure.",
            ),
        ),
    ),
)

_STRATEGY_TEXT = {
    BillingEvent.CPC: "Pays for each click.",
    BillingEvent.CPM: "Pays for each 1,000 impressions.",
    BillingEvent.OCPM: "Pays for impressions, shown to people likely to bring the result.",
    BillingEvent.CPV: "Pays for each view of the video.",
}
_GOAL_TEXT = {
    OptimizationGoal.CLICK: "Finds people who click.",
    OptimizationGoal.REACH: "Finds as many different people as it can.",
    OptimizationGoal.SHOW: "Shows the ad as often as it can.",
    OptimizationGoal.VIDEO_VIEW: "A view counts from 2 seconds.",
    OptimizationGoal.ENGAGED_VIEW: "A view counts from 6 seconds.",
    OptimizationGoal.CONVERT: "Finds people who buy or sign up.",
    OptimizationGoal.LEAD_GENERATION: "Finds people who leave their contact.",
    OptimizationGoal.INSTALL: "Finds people who install the app.",
    OptimizationGoal.TRAFFIC_LANDING_PAGE_VIEW: "Finds people who wait until the page is loaded.",
    OptimizationGoal.FOLLOWERS: "Finds people who follow.",
    OptimizationGoal.PROFILE_VIEWS: "Finds people who visit the profile.",
    OptimizationGoal.VALUE: "Finds people whose orders are large.",
}
BID_IS_PER = {
    BillingEvent.CPC: "per click",
    BillingEvent.CPM: "per 1,000 impressions",
    BillingEvent.OCPM: "per result",
    BillingEvent.CPV: "per view",
}


def strategies(objective: str) -> list[Choice]:
    """The four bidding strategies as cards, a card for each goal that suits the objective and one
    with the reason for each strategy that does not. A card's value is its goal."""
    cards: list[Choice] = []
    for event in BillingEvent:
        name, _, _ = str(event.label).partition(" – ")
        goals = [g for g in suitability.goals_for(objective) if suitability.billing_for(g) == event]
        for goal in goals:
            text = f"{_STRATEGY_TEXT[event]} {_GOAL_TEXT[goal]}"
            cards.append(Choice(goal.value, f"{name} · {goal.label}", text))
        if not goals:
            cards.append(
                Choice("", name, _STRATEGY_TEXT[event], refusal=_refusal(objective, event))
            )
    return cards


def _refusal(objective: str, event: BillingEvent) -> str:
    suited = [str(o.label) for o in Objective if event in suitability.billing_events_for(o)]
    return f"Not for {Objective(objective).label}; suits {', '.join(suited)}."
