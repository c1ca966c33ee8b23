"""The end of account-local days: totals, and who their people were, in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from adaccounts.models import AdAccount

from . import writing
from .breakdown import Day, Parts, split
from .copying import CopyRows
from .day_sums import DaySums, OpenDay
from .loading import Running, read_ads
from .plan import Ints, Plan
from .segments import Targets

_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, eq=False)
class Closing:
    """An account's day that is over: what ran last, its sums where they were added up on the way,
    and the state after its last hour."""

    account: AdAccount
    day: date
    running: Running
    whole: OpenDay | None
    state: bytes


def close_days(closings: Iterable[Closing], *, end: datetime) -> None:
    """The days, which are over at `end`, have their totals and the audience of those: of the ad
    groups as they are now."""
    by_day: dict[date, list[Closing]] = defaultdict(list)
    for each in closings:
        by_day[each.day].append(each)
    for day, same in by_day.items():
        totals: list[CopyRows] = []
        people: list[CopyRows] = []
        for each in same:
            sums = _sums(each, end)
            if each.whole is not None:
                totals.append(writing.day_rows(sums, ad_account_id=each.account.pk, day=day))
            parts = _parts(each.account, day, each.running, sums)
            people += writing.breakdown_rows(sums, parts, ad_account_id=each.account.pk, day=day)
        if totals:
            writing.copy_days(totals, day=day)
        writing.copy_breakdowns(people, day=day)


def _sums(closing: Closing, end: datetime) -> DaySums:
    """The day's; where nobody knows them the database adds them up and writes them."""
    if closing.whole is not None:
        return closing.whole.sums()
    account, day = closing.account, closing.day
    return writing.add_up_day(
        ad_account_id=account.pk, day=day, start=account.day_start(day), end=end
    )


def _parts(account: AdAccount, day: date, running: Running, sums: DaySums) -> Iterator[Parts]:
    """The day divided; the `ads` of each part are places in `sums`."""
    runs = np.isin(sums.ad_ids, running.ad_ids)
    for chosen, ads in ((runs.nonzero()[0], running), ((~runs).nonzero()[0], None)):
        if not chosen.size:
            continue
        found = ads or read_ads(account, sums.ad_ids[chosen].tolist())
        at, plan = np.searchsorted(found.ad_ids, sums.ad_ids[chosen]), found.plan
        of_day = Day(
            seed=plan.seed,
            number=(day - _FIRST_DAY).days,
            ordinal=plan.ordinal[at],
            billing=plan.billing[at].astype(np.int64),
            group_ix=plan.group_ix[at],
            counts=sums.counts[:, chosen],
        )
        for part in split(of_day, _targets(plan)):
            yield part._replace(ads=chosen[part.ads])


def _targets(plan: Plan) -> Targets:
    """Whom the plan's groups reach; those that reach nobody any more are divided evenly, so that
    their day adds up all the same."""
    return Targets(
        plan.countries,
        _or_everybody(plan.target_cells),
        _or_everybody(plan.target_systems),
        _or_everybody(plan.audience),
    )


def _or_everybody(sizes: Ints) -> Ints:
    """Of each group, where there is nobody: one in every cell."""
    nobody = sizes.reshape(len(sizes), -1).sum(axis=1) == 0
    found = sizes.copy()
    found[nobody] = 1
    return found
