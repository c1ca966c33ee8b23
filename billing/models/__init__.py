"""Ledger, payments and invoices."""

from .invoice import Invoice, InvoiceDocument, InvoiceLine, InvoiceSeries
from .ledger import BillableItem, Books, Entry, LedgerAccount, Posting
from .method import AccountFunding, PaymentMethod
from .payment import Payment

__all__ = [
    "AccountFunding",
    "BillableItem",
    "Books",
    "Entry",
    "Invoice",
    "InvoiceDocument",
    "InvoiceLine",
    "InvoiceSeries",
    "LedgerAccount",
    "Payment",
    "PaymentMethod",
    "Posting",
]
