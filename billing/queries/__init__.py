"""Reads about money: balances, spend, transactions, invoices, and what the tables of rates say."""

from .balances import balance_of, spendable_balance
from .caps import CapStanding, Spendable, cap_standing, lock_spendable
from .invoices import (
    BillableLine,
    InvoiceRow,
    InvoiceState,
    amount_due,
    billable_lines,
    due_books,
    invoice_rows,
    invoices_of,
)
from .limits import top_up_limits
from .methods import funding_method, methods_of, methods_of_setup
from .months import last_day, month_end, month_of, next_month
from .overview import (
    AccountMoney,
    CurrencyTotals,
    accounts_of,
    money_of_accounts,
    totals_by_currency,
)
from .parties import country_name, finance_managers
from .practice_cards import PRACTICE_CARDS, PracticeCard, find_practice_card
from .reconcile import Reconciliation, balance_at_end_of, reconcile
from .regions import Offer, methods_offered
from .runway import days_left
from .shown import shown_balances
from .spend import (
    campaign_id_of,
    campaign_reference,
    costs_by_day,
    credits_by_campaign,
    spend_by_campaign,
    spend_of_days,
)
from .taxes import Tax, tax_for
from .transactions import Transaction, TransactionKind, Transactions, has_history

__all__ = [
    "PRACTICE_CARDS",
    "AccountMoney",
    "BillableLine",
    "CapStanding",
    "CurrencyTotals",
    "InvoiceRow",
    "InvoiceState",
    "Offer",
    "PracticeCard",
    "Reconciliation",
    "Spendable",
    "Tax",
    "Transaction",
    "TransactionKind",
    "Transactions",
    "accounts_of",
    "amount_due",
    "balance_at_end_of",
    "balance_of",
    "billable_lines",
    "campaign_id_of",
    "campaign_reference",
    "cap_standing",
    "costs_by_day",
    "country_name",
    "credits_by_campaign",
    "days_left",
    "due_books",
    "finance_managers",
    "find_practice_card",
    "funding_method",
    "has_history",
    "invoice_rows",
    "invoices_of",
    "last_day",
    "lock_spendable",
    "methods_of",
    "methods_of_setup",
    "methods_offered",
    "money_of_accounts",
    "month_end",
    "month_of",
    "next_month",
    "reconcile",
    "shown_balances",
    "spend_by_campaign",
    "spend_of_days",
    "spendable_balance",
    "tax_for",
    "top_up_limits",
    "totals_by_currency",
]
