"""What was delivered: sums, series, and the rows of the tables."""

from .table import Page, rows
from .totals import Totals, by_day, by_hour, by_node, data_as_of, totals

__all__ = ["Page", "Totals", "by_day", "by_hour", "by_node", "data_as_of", "rows", "totals"]
