"""What happens to money, one verb a function."""

from billing.ledger import InsufficientFunds

from .card_payments import IdempotencyKeyReused
from .cards import CardInput, InvalidCard, RealCardRefused
from .crediting import CreditAboveCost, credit_over_delivery
from .documents import render_invoice
from .funding import InvalidAmount, open_ledger, top_up
from .invoicing import MonthStillOpen, issue_due_invoices, issue_invoice
from .methods import (
    MethodRefused,
    UnknownMethod,
    add_card,
    add_paypal,
    choose_funding,
    make_default,
    remove_method,
    remove_setup_method,
)
from .settling import NothingDue, pay_invoice
from .spending import MonthIsClosed, SpendCharge, Spent, charge_hour, charge_spend

__all__ = [
    "CardInput",
    "CreditAboveCost",
    "IdempotencyKeyReused",
    "InsufficientFunds",
    "InvalidAmount",
    "InvalidCard",
    "MethodRefused",
    "MonthIsClosed",
    "MonthStillOpen",
    "NothingDue",
    "RealCardRefused",
    "SpendCharge",
    "Spent",
    "UnknownMethod",
    "add_card",
    "add_paypal",
    "charge_hour",
    "charge_spend",
    "choose_funding",
    "credit_over_delivery",
    "issue_due_invoices",
    "issue_invoice",
    "make_default",
    "open_ledger",
    "pay_invoice",
    "remove_method",
    "remove_setup_method",
    "render_invoice",
    "top_up",
]
