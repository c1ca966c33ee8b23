"""What accounts have running, from the database to the engine's plan; kept until it changes.

One statement tells what was switched since the hour began and gives a stamp over the rows of each
account, from which it follows whether anything was created, edited, decided or switched; only then
are its rows read and compiled again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q, QuerySet

from adaccounts.models import AdAccount
from assets.models import Creative
from bizcenter.lib.money import micros_per_minor
from bizcenter.lib.prepared import Prepared

from ..models import Ad, AdGroup, Campaign, OperationStatus
from .compiler import compile_plan
from .memory import Memory
from .plan import Bools, Ints, Plan
from .rows import AccountRow, AdRow, CampaignRow, GroupRow

HOUR = timedelta(hours=1)
FOREVER = np.iinfo(np.int64).max // 2
_MOST_ADS = 200_000  # of which plans are kept; a kilobyte each
_LOOK = Prepared(
    """
    SELECT account.id,
           (SELECT (count(*), sum(version))::text FROM campaigns_campaign
             WHERE ad_account_id = account.id),
           (SELECT (count(*), sum(version))::text FROM campaigns_adgroup
             WHERE ad_account_id = account.id),
           (SELECT (count(*), sum(version), sum(approved_at - '2000-01-01 00:00+00'),
                    sum(rejected_at - '2000-01-01 00:00+00'),
                    count(*) FILTER (WHERE approved_at >= $3))::text
              FROM campaigns_ad WHERE ad_account_id = account.id),
           (SELECT json_agg(json_build_array(
                       node_id, (extract(epoch FROM effective_at) * 1000000)::bigint, is_on
                   ) ORDER BY effective_at, id)
              FROM campaigns_switchevent
             WHERE ad_account_id = account.id AND effective_at >= $2)
      FROM unnest($1) AS account (id)
    """,
    *("bigint[]", "timestamptz", "timestamptz"),
)


class Switch(NamedTuple):
    """From `at` (epoch microseconds) on, the node is on or off."""

    at: int
    is_on: bool


Switches = dict[int, list[Switch]]


@dataclass(frozen=True, eq=False)
class Running:
    """A plan with what the database knows of its ads, groups and campaigns, in the plan's order.

    Times are epoch microseconds; `is_on` has the switches of ad, ad group and campaign as they
    stood when this was read.
    """

    plan: Plan
    ad_ids: Ints
    group_ids: Ints  # per ad
    campaign_ids: Ints  # per ad
    campaign_ix: Ints  # per ad, into the plan's campaigns
    is_on: Bools  # [3, n]
    approved: Ints
    rejected: Ints
    labels: list[tuple[int, str, str]]  # per campaign: id, name, order number

    @cached_property
    def all_on(self) -> Bools:
        """Per ad, whether it, its group and its campaign were on."""
        ad, group, campaign = self.is_on
        return ad & group & campaign

    @property
    def size(self) -> int:
        return len(self.ad_ids)


_kept: Memory[tuple[tuple[Any, ...], Running]] = Memory(_MOST_ADS)


class Found(NamedTuple):
    """What an account has running, and its switches effective from the moment asked for on."""

    running: Running
    switches: Switches


def look(accounts: Sequence[AdAccount], *, since: datetime) -> list[Found]:
    """Of each account everything that may deliver in the hour that begins at `since`, and the
    switches effective from then on, by node and in their order. An ad that was approved after that
    hour is not among it, as it would not be if the hour had been delivered before."""
    ids = [each.pk for each in accounts]
    seen = {key: values for key, *values in _LOOK.rows(ids, since, since + HOUR)}
    return [_found(each, since, *seen[each.pk]) for each in accounts]


def _found(account: AdAccount, since: datetime, *seen: Any) -> Found:
    *stamps, events = seen
    switches: Switches = {}
    for node_id, at, is_on in events or ():
        switches.setdefault(node_id, []).append(Switch(at, is_on))
    is_over = account.over_delivers(since)
    stamp = (*stamps, account.seed, is_over, tuple(sorted(switches)))
    kept = _kept.find(account.pk)
    if kept is None or kept[0] != stamp:
        kept = (stamp, _read(account, is_over, since=since, switched=frozenset(switches)))
        _kept.keep(account.pk, kept, ads=kept[1].size)
    return Found(kept[1], switches)


def _read(
    account: AdAccount, is_over: bool, *, since: datetime, switched: frozenset[int]
) -> Running:
    """Nodes that were switched since may have been on before, whatever they are now."""

    def live(path: str) -> Q:
        on = Q(**{f"{path}operation_status": OperationStatus.ENABLE})
        return on | Q(**{f"{path}pk__in": switched}) if switched else on

    unended = Q(end_at__isnull=True) | Q(end_at__gt=since)
    own = Q(ad_account=account, campaign__ad_account=account)
    groups = AdGroup.objects.filter(own, live(""), live("campaign__"), unended)
    kept = ~Q(operation_status=OperationStatus.DELETE) | Q(pk__in=switched)
    in_time = Q(approved_at__lt=since + HOUR)
    # By number and not joined, each of the account: how long that takes must not depend on what
    # the database knows so far of tables that have just been filled.
    ids = list(groups.values_list("pk", flat=True))
    return _compiled(account, Ad.objects.filter(kept, in_time, ad_group__in=ids), is_over)


def read_ads(account: AdAccount, ad_ids: list[int]) -> Running:
    """These ads as they and their groups are now, whether they may deliver or not."""
    return _compiled(account, Ad.objects.filter(pk__in=ad_ids))


def _compiled(account: AdAccount, chosen: QuerySet[Ad], is_over: bool = False) -> Running:
    """The ads that were ever approved, by id."""
    ads = list(
        chosen.filter(ad_account=account, approved_at__isnull=False)
        .order_by("pk")
        .values_list(
            "pk", "ad_group_id", "campaign_id", "ordinal", "creative__kind",
            "creative__duration_ms", "approved_at", "rejected_at", "operation_status",
            "creative_revision",
        )
    )  # fmt: skip
    groups = _groups(sorted({ad[1] for ad in ads}))
    campaigns = _campaigns(sorted({ad[2] for ad in ads}))
    plan = compile_plan(
        AccountRow(
            seed=account.seed,
            currency=account.currency,
            micros_per_minor=micros_per_minor(account.currency),
            utc_offset_minutes=account.utc_offset_minutes,
            over_delivery=is_over,
        ),
        [CampaignRow(*row[:5]) for row in campaigns],
        [_group_row(row) for row in groups],
        [
            AdRow(
                ordinal=ad[3],
                group_key=ad[1],
                is_video=ad[4] == Creative.Kind.VIDEO,
                duration_seconds=ad[5] / 1000,
                revision=ad[9],
            )
            for ad in ads
        ],
    )
    return _running(plan, ads, groups, campaigns)


def _running(plan: Plan, ads: list[Any], groups: list[Any], campaigns: list[Any]) -> Running:
    def ints(values: Any) -> Ints:
        return np.array(list(values), np.int64)

    def on(rows: list[Any], place: int) -> Bools:
        return np.array([row[place] == OperationStatus.ENABLE for row in rows], np.bool_)

    campaign_ix = plan.campaign_ix[plan.group_ix]
    return Running(
        plan=plan,
        ad_ids=ints(ad[0] for ad in ads),
        group_ids=ints(ad[1] for ad in ads),
        campaign_ids=ints(ad[2] for ad in ads),
        campaign_ix=campaign_ix,
        is_on=np.stack((on(ads, 8), on(groups, -1)[plan.group_ix], on(campaigns, -1)[campaign_ix])),
        approved=ints(microseconds(ad[6]) for ad in ads),
        rejected=ints(FOREVER if ad[7] is None else microseconds(ad[7]) for ad in ads),
        labels=[(row[0], row[5], row[6]) for row in campaigns],
    )


def microseconds(moment: datetime) -> int:
    """Exact epoch microseconds."""
    return round(moment.timestamp() * 1_000_000)


def _campaigns(ids: list[int]) -> list[Any]:
    return list(
        Campaign.objects.filter(pk__in=ids)
        .order_by("pk")
        .values_list(
            "pk", "objective", "budget_mode", "budget", "is_budget_optimized", "name",
            "po_number", "operation_status",
        )
    )  # fmt: skip


def _groups(ids: list[int]) -> list[Any]:
    return list(
        AdGroup.objects.filter(pk__in=ids)
        .order_by("pk")
        .values_list(
            "pk", "campaign_id", "countries", "age_groups", "gender", "operating_systems",
            "budget_mode", "budget", "start_at", "end_at", "dayparting", "pacing",
            "billing_event", "optimization_goal", "bid_type", "bid_micros", *_WHO_AND_HOW,
            "operation_status",
        )
    )  # fmt: skip


# Fields of GroupRow that the table names alike.
_WHO_AND_HOW = (
    "languages", "interests", "behaviours", "click_window_days", "view_window_days",
    "frequency_cap", "frequency_days", "learning_epoch",
)  # fmt: skip


def _group_row(row: Any) -> GroupRow:
    values = list(row[:-1])
    values[8] = int(values[8].timestamp())
    values[9] = None if values[9] is None else int(values[9].timestamp())
    first = len(values) - len(_WHO_AND_HOW)
    return GroupRow(*values[:first], **dict(zip(_WHO_AND_HOW, values[first:], strict=True)))
