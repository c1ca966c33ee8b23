"""Ledger, payments and invoices."""

from .invoice import Invoice, InvoiceDocument, InvoiceLine, InvoiceSeries, Payment
from .ledger import Entry, LedgerAccount, Posting

__all__ = [
    "Entry",
    "Invoice",
    "InvoiceDocument",
    "InvoiceLine",
    "InvoiceSeries",
    "LedgerAccount",
    "Payment",
    "Posting",
]
