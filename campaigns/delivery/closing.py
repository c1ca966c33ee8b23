"""The end of an account-local day: its totals, and who its people were, in the same transaction."""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from adaccounts.models import AdAccount

from . import writing
from .breakdown import Day, Parts, split
from .day_sums import DaySums, OpenDay
from .loading import Running, read_ads
from .plan import Ints, Plan
from .segments import Targets

_FIRST_DAY = date(1970, 1, 1)


def close_day(
    account: AdAccount, day: date, *, end: datetime, running: Running, whole: OpenDay | None
) -> None:
    """The day, which is over at `end`, has its totals and their audience.

    `whole` are its sums where they were added up on the way; `running` is what ran last. The
    audience is that of the ad groups as they are now.
    """
    if whole is None:
        sums = writing.add_up_day(
            ad_account_id=account.pk, day=day, start=account.day_start(day), end=end
        )
    else:
        sums = whole.sums()
        writing.copy_day(sums, ad_account_id=account.pk, day=day)
    parts = list(_parts(account, day, running, sums))
    writing.copy_breakdown(sums, parts, ad_account_id=account.pk, day=day)


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
