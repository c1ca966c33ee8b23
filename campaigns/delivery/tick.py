"""One account, one hour, one transaction: facts, charge, state and cursor, or nothing of them.

The cursor is claimed first (locked and compared), so a repeated, overtaken or simultaneous run of
the same hour changes nothing. `campaigns.services.deliver_slot` puts the transaction around it.
"""

from datetime import date, datetime, timedelta
from functools import partial

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from adaccounts.models import AdAccount
from billing.queries import Spendable, lock_spendable
from billing.services import SpendCharge, charge_spend
from bizcenter.lib import rows

from ..models import AdGroup, Campaign, DeliveryCursor
from . import day_sums, over, writing
from .ahead import Question, ask
from .closing import close_day
from .day_sums import OpenDay
from .loading import Running, look
from .plan import Exhausted, Floats, Outcome
from .shares import active_shares

HOUR = timedelta(hours=1)
FOR_GOOD = date.max
_CURSORS, _ACCOUNTS = DeliveryCursor._meta.db_table, AdAccount._meta.db_table
_CLAIM = f"""
    SELECT {{}}, {{}}
      FROM {_CURSORS} stands JOIN {_ACCOUNTS} account ON account.id = stands.ad_account_id
     WHERE stands.ad_account_id = %s AND stands.next_slot = %s
       FOR NO KEY UPDATE OF stands
"""
_MOVE_ON = f"""
    UPDATE {_CURSORS}
       SET next_slot = %s, open_day = %s, state = %s, is_out_of_balance = %s, unusable_cap = %s,
           failed_at = NULL, failure = '', attempted_at = NULL, attempts = 0
     WHERE ad_account_id = %s
"""


def claim(*, ad_account_id: int, slot: datetime) -> DeliveryCursor | None:
    """The account's cursor, locked until the transaction ends; None when it stands elsewhere."""
    statement = _CLAIM.format(
        rows.columns(DeliveryCursor, "stands"), rows.columns(AdAccount, "account")
    )
    with connection.cursor() as database:
        database.execute(statement, [ad_account_id, slot])
        found = database.fetchone()
    if found is None:
        return None
    own = rows.width(DeliveryCursor)
    cursor = rows.instance(DeliveryCursor, found[:own])
    cursor.ad_account = rows.instance(AdAccount, found[own:])
    return cursor


def run(cursor: DeliveryCursor) -> None:
    """The hour at which the claimed cursor stands is delivered and charged, and it moves on."""
    account, slot = cursor.ad_account, cursor.next_slot
    found, switches = look(account, since=slot)
    active = active_shares(found, switches, slot=slot, open_since=account.status_since)
    outcome = None
    if account.is_approved and active.any():
        outcome = _deliver(cursor, found, active)
    charges = [] if outcome is None else _charges(found, outcome)
    charge_spend(ad_account=account, slot=slot, charges=charges)
    _move_on(cursor, found, _day_so_far(cursor, found, outcome))


def _deliver(cursor: DeliveryCursor, found: Running, active: Floats) -> Outcome:
    """Facts and what ran out are written, the state is on the cursor."""
    account, slot = cursor.ad_account, cursor.next_slot
    spendable = lock_spendable(ad_account=account, slot=slot)
    question = Question(
        account_id=account.pk,
        running=found,
        slot=slot,
        state=bytes(cursor.state),
        active=active,
        spendable=spendable.amount,
    )
    answer = ask(question)
    outcome, plan, day = answer.outcome, found.plan, account.day_of(slot)
    if answer.facts:
        writing.copy_hour(answer.facts, slot=slot)
    if answer.late:
        writing.copy_late(answer.late, slot=slot)
    writing.copy_log(answer.log, slot=slot)
    _mark_exhausted(AdGroup, plan.group_key, outcome.group_exhausted, day)
    _mark_exhausted(Campaign, plan.campaign_key, outcome.campaign_exhausted, day)
    cursor.state = answer.state
    _mark_stuck(cursor, outcome, spendable)
    return outcome


def _mark_stuck(cursor: DeliveryCursor, outcome: Outcome, spendable: Spendable) -> None:
    """What is left is too little for another event: of the balance, or of the spending cap."""
    by_cap = outcome.balance_exhausted and spendable.is_capped
    cursor.is_out_of_balance = outcome.balance_exhausted and not by_cap
    cursor.unusable_cap = spendable.amount - outcome.spend if by_cap else None


def _charges(found: Running, outcome: Outcome) -> list[SpendCharge]:
    """What each campaign spent, in minor units."""
    spent = np.zeros(len(found.labels), np.int64)
    np.add.at(spent, found.campaign_ix[outcome.facts["ad_ix"]], outcome.facts["spend"])
    return [
        SpendCharge(*found.labels[place], amount=int(spent[place]))
        for place in np.flatnonzero(spent)
    ]


def _mark_exhausted(
    model: type[AdGroup] | type[Campaign], keys: np.ndarray, exhausted: np.ndarray, day: date
) -> None:
    """Budgets that ran out are marked until midnight or for good; only changes are written."""
    for code, until in ((Exhausted.TODAY, day), (Exhausted.FOR_GOOD, FOR_GOOD)):
        ids = keys[exhausted == code].tolist()
        if ids:
            earlier = Q(exhausted_on__isnull=True) | Q(exhausted_on__lt=until)
            model.objects.filter(earlier, pk__in=ids).update(exhausted_on=until)


def _day_so_far(cursor: DeliveryCursor, found: Running, outcome: Outcome | None) -> OpenDay | None:
    """The sums of the cursor's day with this hour, where they are known."""
    account, slot = cursor.ad_account, cursor.next_slot
    is_first = slot == account.day_start(cursor.open_day)
    day = day_sums.take(account.pk, slot=slot, is_first=is_first, running=found)
    if day is not None:
        day.add(found, None if outcome is None else outcome.facts)
        transaction.on_commit(partial(day_sums.keep, account.pk, day))
    return day


def _move_on(cursor: DeliveryCursor, found: Running, so_far: OpenDay | None) -> None:
    """The cursor stands at the next hour, free of troubles; a day that is over has its totals."""
    account, end = cursor.ad_account, cursor.next_slot + HOUR
    day = account.day_of(end)
    if day != cursor.open_day:
        close_day(account, cursor.open_day, end=end, running=found, whole=so_far)
        over.credit_day(account, cursor.open_day, bytes(cursor.state), end)
        cursor.open_day = day
    cursor.next_slot = end
    stands = (end, day, bytes(cursor.state), cursor.is_out_of_balance, cursor.unusable_cap)
    with connection.cursor() as database:
        database.execute(_MOVE_ON, (*stands, account.pk))
