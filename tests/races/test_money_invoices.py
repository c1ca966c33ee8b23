"""Two invoices issued at once: numbers without a gap and without a double."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from django.db.models import Max, QuerySet

from adaccounts.models import AdAccount
from billing.models import Invoice, InvoiceSeries
from billing.services import MonthStillOpen, invoicing, issue_invoice
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import HOUR, close_month, fund, spend
from tests.races.money_threads import LOCKED, UNLOCKED, Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = date(2026, 11, 1)


def ready(ad_account: AdAccount, at: datetime, name: str) -> Callable[[], Any]:
    """An account whose month waits for its invoice."""
    account = make_ad_account(ad_account.business_center, None, at, "EUR", name=name)
    start = account.day_start(MONTH)
    fund(account, 100_00, start)
    spend(account, start, c1=50_00)
    end = close_month(account, MONTH)
    return partial(issue_invoice, ad_account=account, month=MONTH, at=end)


def hold_writing(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    meeting, create = Meeting(seconds), Invoice.objects.create

    def held(**fields: Any) -> Invoice:
        meeting.wait()
        return create(**fields)

    monkeypatch.setattr(invoicing.Invoice.objects, "create", held)


def numbers() -> list[int]:
    return list(Invoice.objects.order_by("number").values_list("number", flat=True))


def test_two_accounts_at_once_get_two_numbers_in_a_row(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = [ready(ad_account, at, name) for name in ("One", "Two")]
    hold_writing(monkeypatch, LOCKED)

    at_once(*works)

    assert numbers() == [1, 2]


def test_counting_without_the_locked_row_gives_the_same_number_twice(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = [ready(ad_account, at, name) for name in ("One", "Two")]
    hold_writing(monkeypatch, UNLOCKED)

    def unlocked(series: str) -> int:
        found = Invoice.objects.filter(series=series).aggregate(n=Max("number"))
        return (found["n"] or 0) + 1

    monkeypatch.setattr(invoicing, "_next_number", unlocked)
    answers = at_once(*works)

    # The database keeps the second out, so that one customer would get no invoice.
    assert sorted(type(answer).__name__ for answer in answers) == ["IntegrityError", "Invoice"]


def test_an_invoice_that_fails_gives_its_number_back(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (ready(ad_account, at, name) for name in ("One", "Two"))

    def broken(*_: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(invoicing, "_post", broken)
        with pytest.raises(ConnectionError):
            first()
    second()
    first()

    assert numbers() == [1, 2]
    assert InvoiceSeries.objects.get().last_number == 2


def test_the_run_started_twice_issues_one_invoice(ad_account: AdAccount, at: datetime) -> None:
    work = ready(ad_account, at, "One")

    first, second = at_once(work, work)

    assert first == second
    assert numbers() == [1]


def test_without_the_lock_the_run_breaks_on_the_unique_month(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = ready(ad_account, at, "One")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    meeting, number = Meeting(UNLOCKED), invoicing._next_number

    def meet(series: str) -> int:
        meeting.wait()
        return number(series)

    monkeypatch.setattr(invoicing, "_next_number", meet)

    assert sorted(type(answer).__name__ for answer in at_once(work, work)) == [
        "IntegrityError",
        "Invoice",
    ]


def test_the_last_hour_against_the_invoice_is_on_it_or_waits_for_it(
    ad_account: AdAccount, at: datetime
) -> None:
    account = make_ad_account(ad_account.business_center, None, at, "EUR", name="One")
    start = account.day_start(MONTH)
    fund(account, 100_00, start)
    spend(account, start, c1=50_00)
    end = account.day_start(date(2026, 12, 1))
    last_hour = partial(spend, account, end - HOUR, c1=1_00)
    issue = partial(issue_invoice, ad_account=account, month=MONTH, at=end)

    _, answer = at_once(last_hour, issue)

    if isinstance(answer, MonthStillOpen):
        answer = issue()
    assert answer.net == 51_00
