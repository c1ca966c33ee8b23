"""Background work of this floor: mails of invitations, and what falls due: ends of access and
reviews of ad accounts."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation
from accounts.services.invitation_links import new_link
from adaccounts.queries import role_in_words
from adaccounts.services.invitations import invited_access
from bizcenter.clock import queries as clock

from . import services


@shared_task(name="adaccounts.mail_invitation")
def mail_invitation(invitation_id: int) -> None:
    """The invited address has a mail with the only link that works; the link is made here, so that
    it is written down nowhere else."""
    found = Invitation.objects.select_related("business_center", "invited_by")
    invitation = found.filter(pk=invitation_id, state=Invitation.State.PENDING).first()
    if invitation is None:
        return
    access = invited_access(invitation)
    path = reverse("adaccounts:join", args=[new_link(invitation=invitation, at=clock.now())])
    context = {
        "invitation": invitation,
        "role": role_in_words(access.standing, access.levels.values()),
        "link": f"{settings.SITE_URL}{path}",
        "PRODUCT_NAME": settings.PRODUCT_NAME,
    }
    subject = f"Join {invitation.business_center.name} on {settings.PRODUCT_NAME}"
    send_mail(
        " ".join(subject.split()),
        render_to_string("email/invitation.txt", context),
        None,
        [invitation.email],
    )


@shared_task(name="adaccounts.end_due_access")
def end_due_access() -> None:
    services.end_due_access(until=clock.now())


@shared_task(name="adaccounts.decide_ad_accounts")
def decide_ad_accounts() -> None:
    services.decide_due_ad_accounts(until=clock.now())
