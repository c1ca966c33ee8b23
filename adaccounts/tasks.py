"""Background work of this floor: mails of invitations, and what falls due: ends of access and
reviews of ad accounts."""

from celery import shared_task

from bizcenter.clock import queries as clock
from bizcenter.lib.jobs import PATIENCE

from . import services


@shared_task(name="adaccounts.mail_invitation", **PATIENCE)
def mail_invitation(invitation_id: int) -> None:
    services.mail_invitation(invitation_id=invitation_id, at=clock.now())


@shared_task(name="adaccounts.end_due_access")
def end_due_access() -> None:
    services.end_due_access(until=clock.now())


@shared_task(name="adaccounts.decide_ad_accounts")
def decide_ad_accounts() -> None:
    services.decide_due_ad_accounts(until=clock.now())
