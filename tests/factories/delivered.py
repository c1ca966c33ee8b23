"""A day of delivery to look at: three campaigns, made and delivered through the services."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.services import deliver_until

from .billing import fund
from .campaigns import Tree, approve, make_tree

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Delivered:
    """`until` is what the clock shows now; the largest spender comes first."""

    trees: tuple[Tree, ...]
    until: datetime


def deliver_a_day(ad_account: AdAccount, at: datetime) -> Delivered:
    """Winter coats spend 400, spring shoes 200, old stock 50 dollars a day; it is a day later."""
    fund(ad_account, 900_000, at)
    trees = tuple(
        make_tree(
            ad_account,
            at,
            campaign={"name": name},
            group={"name": f"{name} group", "budget": budget},
            ad={"name": f"{name} film"},
        )
        for name, budget in (
            ("Winter coats", 40_000),
            ("Spring shoes", 20_000),
            ("Old stock", 5_000),
        )
    )
    for tree in trees:
        approve(tree.ad, at)
    until = at + DAY
    deliver_until(ad_account_id=ad_account.pk, until=until)
    set_clock(at=until, rate=PracticeClock.PAUSED)
    return Delivered(trees, until)
