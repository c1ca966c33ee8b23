"""One hour of some accounts, one transaction: facts, charge, state and cursor, or nothing of them.

The cursors are claimed first (locked and compared), so a repeated, overtaken or simultaneous run
of the same hour changes nothing. The accounts have nothing to do with each other, they only share
the statements; `campaigns.services.deliver_hour` puts the transaction around it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

import numpy as np
from django.db import transaction
from django.db.models import Q

from adaccounts.models import AdAccount
from billing.queries import Spendable, lock_spendable
from billing.services import SpendCharge, Spent, charge_hour
from bizcenter.lib import disk, rows
from bizcenter.lib.prepared import Prepared

from ..models import AdGroup, Campaign, DeliveryCursor
from . import day_sums, over, writing
from .ahead import Answer, Question, ask
from .closing import Closing, close_days
from .day_sums import OpenDay
from .loading import Running, Switches, look
from .plan import Exhausted, Floats, Outcome
from .shares import active_shares

HOUR = timedelta(hours=1)
FOR_GOOD = date.max
_CURSORS, _ACCOUNTS = DeliveryCursor._meta.db_table, AdAccount._meta.db_table
_CLAIM = Prepared(
    f"""
    SELECT {rows.columns(DeliveryCursor, "stands")}, {rows.columns(AdAccount, "account")}
      FROM {_CURSORS} stands JOIN {_ACCOUNTS} account ON account.id = stands.ad_account_id
     WHERE stands.ad_account_id = ANY($1) AND stands.next_slot = $2
     ORDER BY stands.ad_account_id
       FOR NO KEY UPDATE OF stands
    """,
    "bigint[]",
    "timestamptz",
)
_MOVE_ON = Prepared(
    f"""
    UPDATE {_CURSORS} stands
       SET next_slot = moved.next_slot, open_day = moved.open_day, state = moved.state,
           is_out_of_balance = moved.is_out_of_balance, unusable_cap = moved.unusable_cap,
           failed_at = NULL, failure = '', attempted_at = NULL, attempts = 0
      FROM unnest($1, $2, $3, $4, $5, $6)
        AS moved (id, next_slot, open_day, state, is_out_of_balance, unusable_cap)
     WHERE stands.ad_account_id = moved.id
    """,
    *("bigint[]", "timestamptz[]", "date[]", "bytea[]", "boolean[]", "bigint[]"),
)


def claim(
    *, ad_account_ids: Iterable[int], slot: datetime, is_durable: bool
) -> list[DeliveryCursor]:
    """The cursors of those accounts that stand at `slot`, locked until the transaction ends; which,
    where it is not durable, need not wait for the disk then."""
    before = disk.need_not_wait(unless=is_durable)
    return [_cursor(values) for values in _CLAIM.rows(list(ad_account_ids), slot, after=before)]


def _cursor(values: Sequence[object]) -> DeliveryCursor:
    own = rows.width(DeliveryCursor)
    cursor = rows.instance(DeliveryCursor, values[:own])
    cursor.ad_account = rows.instance(AdAccount, values[own:])
    return cursor


@dataclass(eq=False)
class _Hour:
    """An account's hour: what it has, and how it came out; no answer if nothing could deliver."""

    cursor: DeliveryCursor
    running: Running
    active: Floats
    answer: Answer | None = None

    @property
    def account(self) -> AdAccount:
        return self.cursor.ad_account

    @property
    def outcome(self) -> Outcome | None:
        return None if self.answer is None else self.answer.outcome

    @property
    def may_deliver(self) -> bool:
        return self.account.is_approved and bool(self.active.any())


def run(cursors: Sequence[DeliveryCursor]) -> None:
    """The hour at which the claimed cursors stand, all at the same one, is delivered and charged,
    and they move on."""
    slot = cursors[0].next_slot
    found = look([cursor.ad_account for cursor in cursors], since=slot)
    hours = [_hour(cursor, *each) for cursor, each in zip(cursors, found, strict=True)]
    _deliver([hour for hour in hours if hour.may_deliver], slot)
    charge_hour(slot=slot, spent=[Spent(hour.account, _charges(hour)) for hour in hours])
    _move_on(hours, slot + HOUR)


def _hour(cursor: DeliveryCursor, running: Running, switches: Switches) -> _Hour:
    slot, since = cursor.next_slot, cursor.ad_account.status_since
    return _Hour(cursor, running, active_shares(running, switches, slot=slot, open_since=since))


def _deliver(hours: Sequence[_Hour], slot: datetime) -> None:
    """Facts and what ran out are written, the answers and the states on their cursors."""
    if not hours:
        return
    spendable = lock_spendable(ad_accounts=[hour.account for hour in hours], slot=slot)
    answers = ask([_question(*each) for each in zip(hours, spendable, strict=True)])
    writing.copy_hour([answer.facts for answer in answers], slot=slot)
    writing.copy_late([answer.late for answer in answers], slot=slot)
    writing.copy_log([answer.log for answer in answers], slot=slot)
    for hour, answer, held in zip(hours, answers, spendable, strict=True):
        hour.answer, hour.cursor.state = answer, answer.state
        _mark_stuck(hour.cursor, answer.outcome, held)
    _mark_exhausted(hours)


def _question(hour: _Hour, spendable: Spendable) -> Question:
    return Question(
        account_id=hour.account.pk,
        running=hour.running,
        slot=hour.cursor.next_slot,
        state=bytes(hour.cursor.state),
        active=hour.active,
        spendable=spendable.amount,
    )


def _mark_stuck(cursor: DeliveryCursor, outcome: Outcome, spendable: Spendable) -> None:
    """What is left is too little for another event: of the balance, or of the spending cap."""
    by_cap = outcome.balance_exhausted and spendable.is_capped
    cursor.is_out_of_balance = outcome.balance_exhausted and not by_cap
    cursor.unusable_cap = spendable.amount - outcome.spend if by_cap else None


def _charges(hour: _Hour) -> list[SpendCharge]:
    """What each campaign spent, in minor units."""
    running, outcome = hour.running, hour.outcome
    if outcome is None:
        return []
    spent = np.zeros(len(running.labels), np.int64)
    np.add.at(spent, running.campaign_ix[outcome.facts["ad_ix"]], outcome.facts["spend"])
    return [
        SpendCharge(*running.labels[place], amount=int(spent[place]))
        for place in np.flatnonzero(spent)
    ]


def _mark_exhausted(hours: Iterable[_Hour]) -> None:
    """Budgets that ran out are marked until midnight or for good; only changes are written."""
    found: dict[tuple[type[AdGroup] | type[Campaign], date], list[int]] = defaultdict(list)
    for hour in hours:
        assert hour.outcome is not None
        plan, outcome = hour.running.plan, hour.outcome
        today = hour.account.day_of(hour.cursor.next_slot)
        for code, until in ((Exhausted.TODAY, today), (Exhausted.FOR_GOOD, FOR_GOOD)):
            found[Campaign, until] += plan.campaign_key[outcome.campaign_exhausted == code].tolist()
            found[AdGroup, until] += plan.group_key[outcome.group_exhausted == code].tolist()
    for (model, until), ids in found.items():
        if ids:
            earlier = Q(exhausted_on__isnull=True) | Q(exhausted_on__lt=until)
            model.objects.filter(earlier, pk__in=ids).update(exhausted_on=until)


def _day_so_far(hour: _Hour) -> OpenDay | None:
    """The sums of the cursor's day with this hour, where they are known."""
    account, slot = hour.account, hour.cursor.next_slot
    is_first = slot == account.day_start(hour.cursor.open_day)
    day = day_sums.take(account.pk, slot=slot, is_first=is_first, running=hour.running)
    if day is not None:
        day.add(hour.running, None if hour.outcome is None else hour.outcome.facts)
        transaction.on_commit(partial(day_sums.keep, account.pk, day))
    return day


def _move_on(hours: Sequence[_Hour], end: datetime) -> None:
    """The cursors stand at the next hour, free of troubles; days that are over have totals."""
    over_now = []
    for hour in hours:
        account, day, so_far = hour.account, hour.cursor.open_day, _day_so_far(hour)
        hour.cursor.open_day = account.day_of(end)
        if day != hour.cursor.open_day:
            over_now.append(Closing(account, day, hour.running, so_far, bytes(hour.cursor.state)))
    close_days(over_now, end=end)
    for each in over_now:
        over.credit_day(each.account, each.day, each.state, end)
    stands = [
        (hour.account.pk, end, hour.cursor.open_day, bytes(hour.cursor.state),
         hour.cursor.is_out_of_balance, hour.cursor.unusable_cap)
        for hour in hours
    ]  # fmt: skip
    _MOVE_ON.rows(*(list(column) for column in zip(*stands, strict=True)))
    for hour in hours:
        hour.cursor.next_slot = end
