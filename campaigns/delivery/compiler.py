"""From the marketer's rows to a Plan: product words become rates, prices and audiences.

Compiling costs more than an hour of delivery; a caller that runs many hours keeps the plan until
something is edited.
"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.delivery.plan import Plan
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow, GroupRow


def compile_plan(
    account: AccountRow,
    campaigns: Sequence[CampaignRow],
    groups: Sequence[GroupRow],
    ads: Sequence[AdRow],
) -> Plan:
    """The account as arrays; rows come in any order, the plan's ads in the order of `ads`."""
    raise NotImplementedError
