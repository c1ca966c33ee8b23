"""The mails with which people are invited."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation
from accounts.services import make_invitation_link
from adaccounts.queries import role_in_words
from adaccounts.queries.held import invited_access


@transaction.atomic
def mail_invitation(*, invitation_id: int, at: datetime) -> None:
    """The invited address has a mail with the only link that works, made here so that it is
    written down nowhere else; nothing happens when the invitation is over.

    Raises OSError when the mail server refuses; then the earlier link still works.
    """
    found = Invitation.objects.select_related("business_center", "invited_by")
    invitation = found.filter(pk=invitation_id, state=Invitation.State.PENDING).first()
    if invitation is None:
        return
    access = invited_access(invitation)
    link = reverse("adaccounts:join", args=[make_invitation_link(invitation=invitation, at=at)])
    context = {
        "invitation": invitation,
        "role": role_in_words(access.standing, access.levels.values()),
        "link": f"{settings.SITE_URL}{link}",
        "PRODUCT_NAME": settings.PRODUCT_NAME,
    }
    subject = f"Join {invitation.business_center.name} on {settings.PRODUCT_NAME}"
    body = render_to_string("email/invitation.txt", context)
    send_mail(" ".join(subject.split()), body, None, [invitation.email])
