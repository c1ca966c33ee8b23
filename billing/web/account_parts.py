"""Figures of money inside pages of lower floors, which fetch them by address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, own_page
from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission, visible_to
from billing import queries
from bizcenter.clock import queries as clock
from bizcenter.lib.ids import read_id

MOST_ACCOUNTS = 100


@require_safe
@own_page
def account_figures(request: UserRequest) -> HttpResponse:
    """Balance and spend of the listed ad accounts, for the cells of a list: the balance for who
    looks after the money, the spend for who may enter the account."""
    accounts = list(visible_to(request.user).filter(pk__in=_ids(request)))
    balances = queries.shown_balances(accounts, request.user)
    rows = [
        {
            "account": each.ad_account,
            "month": each.month,
            "balance": balances.get(each.ad_account.pk),
        }
        for each in queries.money_of_accounts(accounts, at=clock.now())
    ]
    return render(request, "billing/parts/account_figures.html", {"rows": rows})


@require_safe
@ad_account_required(Permission.MANAGE_ACCOUNT)
def cap_progress(request: AdAccountRequest) -> HttpResponse:
    """What the spending cap has used up, for the page that sets it."""
    cap = queries.cap_standing(ad_account=request.ad_account, at=clock.now())
    context = {"cap": cap, "account": request.ad_account}
    return render(request, "billing/parts/cap_progress.html", context)


def _ids(request: HttpRequest) -> set[int]:
    found = request.GET.getlist("id")[:MOST_ACCOUNTS]
    return {key for text in found if (key := read_id(text)) is not None}
