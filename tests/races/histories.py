"""Everything that delivery left of an ad account, in words that do not depend on row ids."""

from typing import Any

from adaccounts.models import AdAccount
from billing.models import Posting
from billing.queries import spendable_balance
from campaigns.delivery.breakdown import SPLIT_METRICS
from campaigns.delivery.plan import METRICS
from campaigns.models import (
    Ad,
    AdGroup,
    Campaign,
    DayBreakdown,
    DayFact,
    DeliveryCursor,
    HourFact,
    HourLog,
    LateConversion,
)

_LATE = ("event_slot", "day", "kind", "conversions", "conversion_value_micros", "view_conversions",
         "age_gender", "system", "country")  # fmt: skip


def history(account: AdAccount) -> dict[str, list[Any]]:
    """Facts, late conversions, logs, days, their people, books and marks; every list in order."""
    ordinals = dict(Ad.objects.filter(ad_account=account).values_list("pk", "ordinal"))

    def rows(model: Any, *columns: str) -> list[Any]:
        found = model.objects.filter(ad_account_id=account.pk).values_list("ad_id", *columns)
        return sorted((ordinals[ad], *rest) for ad, *rest in found)

    logs = HourLog.objects.filter(ad_account_id=account.pk).order_by("slot")
    cursor = DeliveryCursor.objects.get(ad_account=account)
    return {
        "hours": rows(HourFact, "slot", *METRICS),
        "late": rows(LateConversion, "slot", *_LATE),
        "days": rows(DayFact, "day", *METRICS),
        "people": rows(DayBreakdown, "day", "countries", *SPLIT_METRICS),
        "log": [(slot, bytes(data)) for slot, data in logs.values_list("slot", "entries")],
        "books": _books(account),
        "balance": [spendable_balance(ad_account=account)],
        "cursor": [cursor.next_slot, cursor.open_day, cursor.is_out_of_balance],
        "marks": [
            list(model.objects.filter(ad_account=account).order_by("pk").values_list(*columns))
            for model, *columns in (
                (Ad, "ordinal", "review_state", "approved_at"),
                (AdGroup, "exhausted_on"),
                (Campaign, "exhausted_on", "operation_status"),
            )
        ],
    }


def _books(account: AdAccount) -> list[Any]:
    """Each posting with its amounts; keys and references are different from account to account."""
    postings = Posting.objects.filter(ad_account=account).prefetch_related("entries__account")
    return sorted(
        (each.at, each.day, each.kind,
         sorted((entry.account.kind, entry.amount) for entry in each.entries.all()))
        for each in postings
    )  # fmt: skip
