"""Invoices: the list, one of them, its files, and paying what is due on it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import recently_signed_in
from accounts.permissions import BusinessPermission
from adaccounts.access import AdAccountRequest, finance_required
from billing import queries, services
from billing.models import Invoice
from billing.queries import InvoiceRow
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from bizcenter.lib.htmx import render_page

from .exports import invoice_file
from .forms import CardForm, charged
from .secrets import cards_stay_out_of_sessions

PER_PAGE = 25


@require_safe
@finance_required(BusinessPermission.VIEW_FINANCE)
def invoice_list(request: AdAccountRequest) -> HttpResponse:
    page = Paginator(queries.invoices_of([request.ad_account]), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = queries.invoice_rows(list(page), at=clock.now())
    context = {"section": "financial", "page": page, "rows": rows}
    return render_page(request, "billing/invoice_list.html", context, fragment="invoices")


@require_safe
@finance_required(BusinessPermission.VIEW_FINANCE)
def invoice(request: AdAccountRequest, invoice_id: int) -> HttpResponse:
    row = _row(request, invoice_id)
    context = {
        "section": "financial",
        "row": row,
        "invoice": row.invoice,
        "lines": row.invoice.lines.all(),
        "payments": row.invoice.payments.order_by("id"),
    }
    return render(request, "billing/invoice.html", context)


@require_safe
@finance_required(BusinessPermission.VIEW_FINANCE)
def invoice_pdf(request: AdAccountRequest, invoice_id: int) -> HttpResponse:
    """The stored document; should its task not have run yet, it is made now."""
    found = _find(request, invoice_id)
    document = services.render_invoice(invoice_id=found.pk)
    response = HttpResponse(bytes(document.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.full_number}.pdf"'
    return response


@require_safe
@finance_required(BusinessPermission.VIEW_FINANCE)
def invoice_csv(request: AdAccountRequest, invoice_id: int) -> HttpResponse:
    return invoice_file(_find(request, invoice_id))


@sensitive_post_parameters("number", "cvc")
@require_http_methods(["GET", "HEAD", "POST"])
@finance_required(BusinessPermission.MANAGE_FINANCE)
@cards_stay_out_of_sessions
@recently_signed_in
def pay_invoice(request: AdAccountRequest, invoice_id: int) -> HttpResponse:
    row = _row(request, invoice_id)
    form = CardForm(posted(request))
    if row.due <= 0 or (form.is_valid() and _pay(request, row.invoice, form)):
        return redirect("billing:invoice", request.ad_account.pk, invoice_id)
    context = {
        "section": "financial",
        "row": row,
        "invoice": row.invoice,
        "form": form,
        "cards": queries.PRACTICE_CARDS,
    }
    status = 422 if form.errors else 200
    return render(request, "billing/pay_invoice.html", context, status=status)


def _pay(request: AdAccountRequest, found: Invoice, form: CardForm) -> bool:
    payment = charged(
        form,
        lambda: services.pay_invoice(
            invoice=found,
            card=form.card,
            idempotency_key=form.key,
            actor=request.user,
            at=clock.now(),
        ),
    )
    if payment is not None:
        messages.success(request, f"{found.full_number} is paid.")
    return payment is not None


def _find(request: AdAccountRequest, invoice_id: int) -> Invoice:
    return get_object_or_404(Invoice, pk=invoice_id, ad_account=request.ad_account)


def _row(request: AdAccountRequest, invoice_id: int) -> InvoiceRow:
    found = get_object_or_404(queries.invoices_of([request.ad_account]), pk=invoice_id)
    return queries.invoice_rows([found], at=clock.now())[0]
