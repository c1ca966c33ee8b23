"""Addresses of this app's pages."""

from django.urls import path

from .web import (
    account_parts,
    account_payment,
    finance,
    invoices,
    methods,
    setup_payment,
    top_up,
)

app_name = "billing"

_ACCOUNT = "ad-accounts/<int:ad_account_id>/finance/"
_INVOICE = _ACCOUNT + "invoices/<int:invoice_id>/"

_METHOD = "bc/<int:business_center_id>/finance/payment-methods/"

urlpatterns = [
    path("setup/payment/", setup_payment.setup_payment, name="setup_payment"),
    path(_METHOD, methods.payment_methods, name="payment_methods"),
    path(
        _METHOD + "<int:method_id>/default/",
        methods.default_payment_method,
        name="default_payment_method",
    ),
    path(
        _METHOD + "<int:method_id>/remove/",
        methods.remove_payment_method,
        name="remove_payment_method",
    ),
    path(_ACCOUNT + "payment/", account_payment.account_payment, name="account_payment"),
    path("bc/<int:business_center_id>/finance/", finance.overview, name="overview"),
    path("ad-accounts/figures/", account_parts.account_figures, name="account_figures"),
    path(_ACCOUNT, finance.account, name="account"),
    path(_ACCOUNT + "cap/", account_parts.cap_progress, name="cap_progress"),
    path(_ACCOUNT + "transactions.csv", finance.transactions_csv, name="transactions_csv"),
    path(_ACCOUNT + "top-up/", top_up.top_up, name="top_up"),
    path(_ACCOUNT + "invoices/", invoices.invoice_list, name="invoice_list"),
    path(_INVOICE, invoices.invoice, name="invoice"),
    path(_INVOICE + "pdf/", invoices.invoice_pdf, name="invoice_pdf"),
    path(_INVOICE + "csv/", invoices.invoice_csv, name="invoice_csv"),
    path(_INVOICE + "pay/", invoices.pay_invoice, name="pay_invoice"),
]
