"""Printing figures in templates."""

from decimal import Decimal

from django import template

from campaigns.queries.metrics import Metric
from campaigns.queries.totals import Totals

register = template.Library()


@register.simple_tag
def metric(which: Metric, totals: Totals, currency: str) -> str:
    """The figure as pages print it."""
    return which.text(totals, currency)


@register.simple_tag
def change(which: Metric, now: Totals, before: Totals | None) -> Decimal | None:
    """By how many percent the figure moved; None without a comparison."""
    return None if before is None else which.change(now, before)
