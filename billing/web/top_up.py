"""Adding balance with a practice card."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.permissions import BusinessPermission
from adaccounts.access import AdAccountRequest, finance_required
from billing import queries, services
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from bizcenter.lib.money import format_minor

from .forms import TopUpForm, charged


@sensitive_post_parameters("number", "cvc")
@require_http_methods(["GET", "HEAD", "POST"])
@finance_required(BusinessPermission.MANAGE_FINANCE)
def top_up(request: AdAccountRequest) -> HttpResponse:
    account = request.ad_account
    form = TopUpForm(posted(request), currency=account.currency)
    if form.is_valid() and _pay(request, form):
        return redirect("billing:account", account.pk)
    context = {
        "section": "financial",
        "form": form,
        "cards": queries.PRACTICE_CARDS,
        "balance": queries.spendable_balance(ad_account=account),
    }
    return render(request, "billing/top_up.html", context, status=422 if form.errors else 200)


def _pay(request: AdAccountRequest, form: TopUpForm) -> bool:
    account = request.ad_account
    payment = charged(
        form,
        lambda: services.top_up(
            ad_account=account,
            amount=form.amount,
            card=form.card,
            idempotency_key=form.key,
            actor=request.user,
            at=clock.now(),
        ),
    )
    if payment is None:
        return False
    amount = format_minor(payment.amount, payment.currency)
    messages.success(request, f"{amount} added to the balance of {account.name}.")
    return True
