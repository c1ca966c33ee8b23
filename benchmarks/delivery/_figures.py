"""What the parts have in common: the shape of a figure, and the nine ads in ten."""

from datetime import datetime
from typing import Any

from campaigns.models import HourFact

MOST_MUST_DELIVER = 0.9


def figure(name: str, value: float, baseline: float, ratio: float, unit: str) -> dict[str, Any]:
    return {
        "name": f"delivery_{name}",
        "value": float(f"{value:.4g}"),
        "baseline": float(f"{baseline:.4g}"),
        "ratio": round(ratio, 3),
        "unit": unit,
    }


def facts_of(account_ids: list[int], first: datetime, end: datetime, *, ads: int) -> int:
    """Rows of the hours from `first` to `end`; there must be enough for `ads` active ads."""
    rows = HourFact.objects.filter(
        ad_account_id__in=account_ids, slot__gte=first, slot__lt=end
    ).count()
    hours = round((end - first).total_seconds() / 3600)
    share = rows / (hours * ads)
    assert share >= MOST_MUST_DELIVER, f"only {share:.0%} of the ads delivered"
    return rows
