"""The monthly run in the background."""

from datetime import date, datetime, timedelta

from adaccounts.models import AdAccount
from billing import tasks
from billing.models import Invoice, InvoiceDocument
from billing.services import issue_due_invoices
from bizcenter.celery import app
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import close_month, fund, spend

MONTH = date(2026, 11, 1)


def deliver(account: AdAccount, month: date, amount: int) -> datetime:
    fund(account, 5_000 + amount, account.day_start(month))
    spend(account, account.day_start(month), c1=amount)
    return close_month(account, month)


def test_every_account_whose_month_is_over_gets_its_invoice_and_pdf(
    ad_account: AdAccount, at: datetime, django_capture_on_commit_callbacks
) -> None:
    berlin = make_ad_account(ad_account.business_center, None, at, "EUR")
    deliver(ad_account, MONTH, 10_00)
    end_in_berlin = deliver(berlin, MONTH, 20_00)
    set_clock(at=end_in_berlin, rate=PracticeClock.PAUSED)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.start_invoice_run.delay()

    # In New York it is still November.
    assert [invoice.ad_account for invoice in Invoice.objects.all()] == [berlin]

    set_clock(at=end_in_berlin + timedelta(hours=6), rate=PracticeClock.PAUSED)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.start_invoice_run.delay()
        tasks.start_invoice_run.delay()

    assert dict(Invoice.objects.values_list("ad_account__currency", "net")) == {
        "EUR": 20_00,
        "USD": 10_00,
    }
    assert InvoiceDocument.objects.count() == 2


def test_a_leap_over_several_months_issues_each_of_them(ad_account: AdAccount) -> None:
    ends = [deliver(ad_account, date(2026, month, 1), month * 100) for month in (10, 11, 12)]

    assert issue_due_invoices(ends[-1] + timedelta(days=9)) == 3

    assert list(Invoice.objects.order_by("month").values_list("month__month", "net")) == [
        (10, 1_000),
        (11, 1_100),
        (12, 1_200),
    ]


def test_the_tasks_named_by_services_and_the_timetable_exist() -> None:
    wanted = {"billing.start_invoice_run", "billing.issue_invoice", "billing.render_invoice"}

    assert wanted <= set(app.tasks)
    timetable = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "billing.start_invoice_run" in timetable
