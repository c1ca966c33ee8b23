"""Background work of billing: the monthly run and the documents."""

from datetime import date

from celery import shared_task

from adaccounts.models import AdAccount
from billing import queries, services
from bizcenter.clock import queries as clock
from bizcenter.lib import jobs


@shared_task(name="billing.start_invoice_run")
def start_invoice_run() -> None:
    """One task for each account whose month is over and completely charged."""
    for books in queries.due_books(at=clock.now()):
        jobs.enqueue(
            "billing.issue_invoice",
            ad_account_id=books.ad_account_id,
            month=books.open_month.isoformat(),
        )


@shared_task(name="billing.issue_invoice")
def issue_invoice(ad_account_id: int, month: str) -> None:
    account = AdAccount.objects.select_related("business_center").get(pk=ad_account_id)
    services.issue_invoice(ad_account=account, month=date.fromisoformat(month), at=clock.now())


@shared_task(name="billing.render_invoice")
def render_invoice(invoice_id: int) -> None:
    services.render_invoice(invoice_id=invoice_id)
