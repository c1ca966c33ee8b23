"""What happens to money, one verb a function."""

from billing.ledger import InsufficientFunds

from .card_payments import IdempotencyKeyReused
from .cards import CardInput, InvalidCard, RealCardRefused
from .documents import render_invoice
from .funding import InvalidAmount, open_ledger, top_up
from .invoicing import MonthStillOpen, issue_due_invoices, issue_invoice
from .settling import NothingDue, pay_invoice
from .spending import MonthIsClosed, SpendCharge, charge_spend

__all__ = [
    "CardInput",
    "IdempotencyKeyReused",
    "InsufficientFunds",
    "InvalidAmount",
    "InvalidCard",
    "MonthIsClosed",
    "MonthStillOpen",
    "NothingDue",
    "RealCardRefused",
    "SpendCharge",
    "charge_spend",
    "issue_due_invoices",
    "issue_invoice",
    "open_ledger",
    "pay_invoice",
    "render_invoice",
    "top_up",
]
