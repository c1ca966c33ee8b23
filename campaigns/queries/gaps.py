"""When in a day an ad could not deliver, and why: switches, review, schedule, the account's state.

The schedule and the review are taken as they stand now; switches and the account's state as they
were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount

from ..models import Ad, AdGroup, AdReview, Campaign, ReviewState, SwitchEvent
from .pending import clock_time

HALF = timedelta(minutes=30)
MOST_EVENTS = 1000
_STATES = (
    "suspend_account", "lift_suspension", "disable_account", "enable_account", "await_contract",
    "start_contract", "review_account",
)  # fmt: skip


class Kind(IntEnum):
    """In the order in which they are told where several hold."""

    ACCOUNT = 1
    OFF = 2
    REVIEW = 3
    DENIED = 4
    SCHEDULE = 5


@dataclass(frozen=True)
class Gap:
    """From `start` until `end` nothing could deliver; `why` is a sentence without its full stop."""

    start: datetime
    end: datetime
    kind: Kind
    why: str
    step: str = ""

    def within(self, start: datetime, end: datetime) -> "Gap | None":
        begin, stop = max(self.start, start), min(self.end, end)
        return Gap(begin, stop, self.kind, self.why, self.step) if begin < stop else None


def gaps_of(ad: Ad, *, ad_account: AdAccount, start: datetime, end: datetime) -> list[Gap]:
    """All gaps of the span in the order they are told, cut to it; in five queries at most."""
    found = [
        Gap(start, ad.created_at, Kind.OFF, "The ad had not been created yet"),
        *_account_gaps(ad_account, start, end),
        *_switch_gaps(ad, ad_account, start, end),
        *_review_gaps(ad, list(ad.reviews.order_by("attempt")), end),
        *_schedule_gaps(ad.ad_group, ad_account, start, end),
    ]
    cut = (gap.within(start, end) for gap in found)
    return sorted((gap for gap in cut if gap), key=lambda gap: (gap.kind, gap.start))


def _account_gaps(account: AdAccount, start: datetime, end: datetime) -> Iterator[Gap]:
    changes = ActivityEntry.objects.filter(
        reference=f"ad_account:{account.pk}", action__in=_STATES, at__gte=start
    ).order_by("at", "pk")
    since, status = start, ""
    for change in changes[:MOST_EVENTS]:
        yield from _as_gap(since, change.at, change.before.get("status", status))
        since, status = change.at, change.after.get("status", "")
    yield from _as_gap(since, end, status or account.status)


def _as_gap(start: datetime, end: datetime, status: str) -> Iterator[Gap]:
    if status and status != AdAccount.Status.APPROVED:
        label = str(AdAccount.Status(status).label).lower()
        why = f"The ad account was not open ({label})"
        yield Gap(start, end, Kind.ACCOUNT, why, "The account's settings say what ends it.")


def _switch_gaps(ad: Ad, account: AdAccount, start: datetime, end: datetime) -> Iterator[Gap]:
    nodes: dict[int, tuple[Campaign | AdGroup | Ad, str]] = {
        ad.campaign_id: (ad.campaign, "campaign"),
        ad.ad_group_id: (ad.ad_group, "ad group"),
        ad.pk: (ad, "ad"),
    }
    events = _events(list(nodes), account, start)
    said = _said(events, nodes, account, end)
    for key, (node, level) in nodes.items():
        own = [event for event in events if event.node_id == key]
        is_on = not own[0].is_on if own else node.is_on
        since, why = node.created_at, f"The {level} was off"
        for event in own:
            if not is_on and event.is_on:
                yield _off(since, event.effective_at, why, level, node)
            elif is_on and not event.is_on:
                since, why = event.effective_at, said.get(event.pk, f"The {level} was off")
            is_on = event.is_on
        if not is_on:
            yield _off(since, end, why, level, node)


def _off(
    start: datetime, end: datetime, why: str, level: str, node: Campaign | AdGroup | Ad
) -> Gap:
    step = f"Switch the {level} on to deliver."
    if node.is_deleted:
        step = f"Deleting is final. Create another {level} to deliver."
    elif isinstance(node, Campaign) and node.is_deactivated:
        step = "The campaign is deactivated for good. Recreate it to run it again."
    elif node.is_on:
        step = ""
    return Gap(start, end, Kind.OFF, why, step)


def _events(nodes: list[int], account: AdAccount, start: datetime) -> list[SwitchEvent]:
    """Those from `start` on, and of each node the last before."""
    own = SwitchEvent.objects.filter(ad_account=account, node_id__in=nodes)
    before = own.filter(effective_at__lt=start).order_by("node_id", "-effective_at", "-pk")
    since = own.filter(effective_at__gte=start).order_by("effective_at", "pk")
    found = [*before.distinct("node_id"), *since[:MOST_EVENTS]]
    return sorted(found, key=lambda event: (event.effective_at, event.pk))


def _said(
    events: Sequence[SwitchEvent],
    nodes: dict[int, tuple[Campaign | AdGroup | Ad, str]],
    account: AdAccount,
    end: datetime,
) -> dict[int, str]:
    """{event: who switched what off, and when}, from the activity log."""
    offs = [event for event in events if not event.is_on and event.effective_at < end]
    if not offs:
        return {}
    references = {key: f"{level.replace(' ', '_')}:{key}" for key, (_, level) in nodes.items()}
    times = {moment for event in offs for moment in (event.requested_at, event.effective_at)}
    entries = ActivityEntry.objects.filter(reference__in=references.values(), at__in=times)
    found = {(entry.reference, entry.at): entry for entry in entries.order_by("-pk")}
    words = {}
    for event in offs:
        reference, level = references[event.node_id], nodes[event.node_id][1]
        for moment in (event.effective_at, event.requested_at):
            if entry := found.get((reference, moment)):
                did = f"{entry.actor_label} {_did(entry.action, level)}"
                words[event.pk] = f"{did} {_when(event, account)}"
    return words


def _when(event: SwitchEvent, account: AdAccount) -> str:
    asked = f"{account.local(event.requested_at):%-d %b, %H:%M:%S}"
    effect = clock_time(event.effective_at, account=account, at=event.requested_at)
    return f"on {asked}, in effect from {effect} on"


def _did(action: str, level: str) -> str:
    if action.startswith("delete"):
        return f"deleted the {level}"
    return f"switched the {level} off" if action.startswith("switch") else f"stopped the {level}"


def _review_gaps(ad: Ad, reviews: Sequence[AdReview], end: datetime) -> Iterator[Gap]:
    """Until the first approval of what is running, and since a rejection of what ran."""
    until = min(ad.approved_at or end, end)
    starts = [review.submitted_at for review in reviews[1:]]
    for review, following in zip(reviews, [*starts, until], strict=False):
        decided = min(review.decided_at or until, until)
        yield Gap(review.submitted_at, decided, Kind.REVIEW, "The ad was in review", _WAIT)
        if review.outcome == ReviewState.REJECTED:
            yield Gap(decided, min(following, until), Kind.DENIED, "Not approved", _MEND)
    if ad.rejected_at is not None:
        yield Gap(ad.rejected_at, end, Kind.DENIED, "The edited ad was not approved", _MEND)


_WAIT = "Most reviews end within a day; nothing is to be done."
_MEND = "See the reason in the ad, change it and save."


def _schedule_gaps(
    group: AdGroup, account: AdAccount, start: datetime, end: datetime
) -> Iterator[Gap]:
    if group.start_at > start:
        begins = f"{account.local(group.start_at):%-d %b, %H:%M}"
        why = f"The ad group's schedule begins on {begins}"
        yield Gap(start, group.start_at, Kind.SCHEDULE, why, "Move its start to deliver earlier.")
    if group.end_at is not None and group.end_at < end:
        ended = f"{account.local(group.end_at):%-d %b, %H:%M}"
        why = f"The ad group's schedule ended on {ended}"
        yield Gap(group.end_at, end, Kind.SCHEDULE, why, "Move its end to go on.")
    if group.dayparting:
        yield from _outside_hours(group, account, start, end)


def _outside_hours(
    group: AdGroup, account: AdAccount, start: datetime, end: datetime
) -> Iterator[Gap]:
    since, at = None, start
    while at < end:
        if group.is_scheduled_hour(account.local(at)) == (since is not None):
            if since is not None:
                yield _outside(since, at)
            since = None if since is not None else at
        at += HALF
    if since is not None:
        yield _outside(since, end)


def _outside(start: datetime, end: datetime) -> Gap:
    step = "Add these hours to the ad group's schedule to deliver then."
    return Gap(start, end, Kind.SCHEDULE, "Outside the ad group's hours", step)
