"""The link with which a person chooses a new password, sent by an Admin of theirs.

The link itself is signed and not stored; it is worthless once the password has changed.
"""

from datetime import datetime, timedelta

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import ActivityEntry, Membership, User
from bizcenter.lib import jobs
from bizcenter.lib.errors import DomainError

from .activity import record_activity

PAUSE = timedelta(minutes=5)


class ResetSentAlready(DomainError):
    code = "reset_sent_already"


@transaction.atomic
def send_password_reset(*, membership: Membership, actor: User | None, at: datetime) -> None:
    """A mail with a link to choose a new password is on its way to the member; the old password
    and all sessions go on until it is used.

    Raises ResetSentAlready within five minutes of the last.
    """
    row = Membership.objects.select_related("user", "business_center").get(pk=membership.pk)
    User.objects.select_for_update(no_key=True).get(pk=row.user_id)
    if ActivityEntry.objects.filter(
        business_center=row.business_center,
        action="send_password_reset",
        subject_id=row.user_id,
        recorded_at__gt=timezone.now() - PAUSE,
    ).exists():
        raise ResetSentAlready(
            f"{row.user} was sent a link less than five minutes ago. Wait before you send another."
        )
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action="send_password_reset",
        summary=f"Sent {row.user} a link to choose a new password",
        reference=f"user:{row.user_id}",
        label=str(row.user),
        subject=row.user,
    )
    jobs.enqueue(
        "accounts.mail_password_reset", membership_id=row.pk, sender_id=actor.pk if actor else None
    )


def mail_password_reset(*, membership_id: int, sender_id: int | None) -> None:
    """The member has the link by e-mail; nothing happens when they are none any more.

    Raises OSError when the mail server refuses.
    """
    found = Membership.objects.select_related("user", "business_center")
    membership = found.filter(pk=membership_id).first()
    if membership is None:
        return
    person = membership.user
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    key = f"{user_pk_to_url_str(person)}-{token}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    body = render_to_string(
        "email/password_reset_by_admin.txt",
        {
            "person": person,
            "sender": User.objects.filter(pk=sender_id or 0).first(),
            "business_center": membership.business_center,
            "link": f"{settings.SITE_URL}{path.replace('UID-KEY', key)}",
            "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
            "PRODUCT_NAME": settings.PRODUCT_NAME,
        },
    )
    send_mail("Choose a new password", body, None, [person.email])
