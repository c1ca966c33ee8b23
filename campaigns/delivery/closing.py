"""The end of account-local days: totals, and who their people were, in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Self

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
        counted = [_Counted.of(each, end) for each in same]
        if totals := [each.totals() for each in counted if each.closing.whole]:
            writing.copy_days(totals, day=day)
        writing.copy_breakdowns(chain.from_iterable(each.people() for each in counted), day=day)


@dataclass(frozen=True, eq=False)
class _Counted:
    """A day's sums, and which plans its ads are in: `ads` of each are places in the sums."""

    closing: Closing
    sums: DaySums
    ads: list[tuple[Ints, Running]]

    @classmethod
    def of(cls, closing: Closing, end: datetime) -> Self:
        """The day's; where nobody knows the sums the database adds them up and writes them."""
        account, day, running = closing.account, closing.day, closing.running
        if closing.whole is not None:
            sums = closing.whole.sums()
        else:
            sums = writing.add_up_day(
                ad_account_id=account.pk, day=day, start=account.day_start(day), end=end
            )
        runs = np.isin(sums.ad_ids, running.ad_ids)
        still, ended = runs.nonzero()[0], (~runs).nonzero()[0]
        ads = [(still, running)] if still.size else []
        if ended.size:
            ads.append((ended, read_ads(account, sums.ad_ids[ended].tolist())))
        return cls(closing, sums, ads)

    def totals(self) -> CopyRows:
        account, day = self.closing.account, self.closing.day
        return writing.day_rows(self.sums, ad_account_id=account.pk, day=day)

    def people(self) -> Iterator[CopyRows]:
        account, day = self.closing.account, self.closing.day
        return writing.breakdown_rows(self.sums, self._parts(), ad_account_id=account.pk, day=day)

    def _parts(self) -> Iterator[Parts]:
        """The day divided; the `ads` of each part are places in the sums."""
        for ads, running in self.ads:
            at, plan = np.searchsorted(running.ad_ids, self.sums.ad_ids[ads]), running.plan
            of_day = Day(
                seed=plan.seed,
                number=(self.closing.day - _FIRST_DAY).days,
                ordinal=plan.ordinal[at],
                billing=plan.billing[at].astype(np.int64),
                group_ix=plan.group_ix[at],
                counts=self.sums.counts[:, ads],
            )
            for part in split(of_day, _targets(plan)):
                yield part._replace(ads=ads[part.ads])


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
