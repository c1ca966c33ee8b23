"""Reads about money: balances, spend, transactions, invoices, and what the tables of rates say."""

from .balances import balance_of, lock_wallet, spendable_balance
from .invoices import (
    BillableLine,
    InvoiceRow,
    InvoiceState,
    amount_due,
    billable_lines,
    due_books,
    invoice_row,
    invoices_of,
)
from .limits import top_up_limits
from .months import last_day, month_end, month_of, next_month
from .parties import finance_managers
from .practice_cards import PRACTICE_CARDS, PracticeCard, find_practice_card
from .spend import (
    campaign_id_of,
    campaign_reference,
    costs_by_day,
    spend_by_campaign,
    spend_of_days,
)
from .taxes import Tax, tax_for

__all__ = [
    "PRACTICE_CARDS",
    "BillableLine",
    "InvoiceRow",
    "InvoiceState",
    "PracticeCard",
    "Tax",
    "amount_due",
    "balance_of",
    "billable_lines",
    "campaign_id_of",
    "campaign_reference",
    "costs_by_day",
    "due_books",
    "finance_managers",
    "find_practice_card",
    "invoice_row",
    "invoices_of",
    "last_day",
    "lock_wallet",
    "month_end",
    "month_of",
    "next_month",
    "spend_by_campaign",
    "spend_of_days",
    "spendable_balance",
    "tax_for",
    "top_up_limits",
]
