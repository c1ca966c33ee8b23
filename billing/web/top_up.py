"""Adding balance with a saved payment method or a practice card."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import recently_signed_in
from accounts.permissions import BusinessPermission
from adaccounts.access import AdAccountRequest, finance_required
from billing import queries, services
from billing.models import PaymentMethod
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from bizcenter.lib.money import format_minor

from .forms import TopUpForm, charged
from .secrets import cards_stay_out_of_sessions


@sensitive_post_parameters("number", "cvc")
@require_http_methods(["GET", "HEAD", "POST"])
@finance_required(BusinessPermission.MANAGE_FINANCE)
@cards_stay_out_of_sessions
@recently_signed_in
def top_up(request: AdAccountRequest) -> HttpResponse:
    account = request.ad_account
    form = TopUpForm(posted(request), currency=account.currency, methods=_offered(request))
    if form.is_valid() and _pay(request, form):
        return redirect("billing:account", account.pk)
    context = {
        "section": "financial",
        "form": form,
        "cards": queries.PRACTICE_CARDS,
        "balance": queries.spendable_balance(ad_account=account),
    }
    return render(request, "billing/top_up.html", context, status=422 if form.errors else 200)


def _offered(request: AdAccountRequest) -> list[PaymentMethod]:
    """Saved methods, the one that was chosen for this ad account first."""
    at, chosen = clock.now(), queries.funding_method(request.ad_account)
    methods = queries.methods_of(request.ad_account.business_center)
    good = [each for each in methods if not each.has_expired(at)]
    return sorted(good, key=lambda each: each != chosen)


def _pay(request: AdAccountRequest, form: TopUpForm) -> bool:
    account = request.ad_account
    payment = charged(
        form,
        lambda: services.top_up(
            ad_account=account,
            amount=form.amount,
            card=form.payer,
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
