"""The steps of founding a Business Center, how far a person has come, and what comes after."""

from dataclasses import dataclass

from accounts.models import ActivityEntry, BusinessCenter, BusinessSetup, User

from .verification import NOT_STARTED, verification_state

TITLES = {
    "business": "Business",
    "name": "Name",
    "documents": "Documents",
    "payment": "Payment",
    "terms": "Terms",
}
STEPS = tuple(TITLES)


@dataclass(frozen=True)
class SetupStep:
    """A step as the stepper shows it; the account came first and counts as one."""

    key: str
    title: str
    number: int
    state: str
    is_open: bool


@dataclass(frozen=True)
class NextThing:
    """Something to do in a new Business Center, and whether it is done."""

    key: str
    is_done: bool


def open_setup(user: User) -> BusinessSetup | None:
    """What the person has begun and not finished."""
    return BusinessSetup.objects.filter(user=user, business_center__isnull=True).first()


def is_reachable(setup: BusinessSetup | None, step: str) -> bool:
    """Whether all steps before this one are done."""
    first_open = setup.step if setup is not None else STEPS[0]
    return STEPS.index(step) <= STEPS.index(first_open)


def step_before(step: str) -> str:
    """Empty for the first one."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else ""


def setup_steps(setup: BusinessSetup | None, current: str = "") -> list[SetupStep]:
    """The whole way, with where the person is."""
    first_open = STEPS.index(setup.step) if setup is not None else 0
    account_state = "done" if current else "current"
    found = [SetupStep("account", "Account", 1, account_state, False)]
    for place, key in enumerate(STEPS):
        state = "current" if key == current else "done" if place < first_open else "todo"
        is_open = bool(current) and key != current and place <= first_open
        found.append(SetupStep(key, TITLES[key], place + 2, state, is_open))
    return found


# The actions of the activity log that say it was done.
_TELLS = {
    "payment": ("add_payment_method",),
    "ad_account": ("create_ad_account",),
    "people": ("invite_member", "add_member"),
    "balance": ("top_up",),
}


def next_things(center: BusinessCenter) -> list[NextThing]:
    """What a founder does next; the activity log knows what was done already."""
    wanted = [action for actions in _TELLS.values() for action in actions]
    done = set(
        ActivityEntry.objects.filter(business_center=center, action__in=wanted).values_list(
            "action", flat=True
        )
    )
    setup = BusinessSetup.objects.filter(business_center=center).first()
    if setup is not None and setup.data.get("payment", {}).get("method"):
        done.add("add_payment_method")
    told = [NextThing(key, bool(done & set(actions))) for key, actions in _TELLS.items()]
    verified = NextThing("verification", verification_state(center).code != NOT_STARTED)
    return [verified, *told]
