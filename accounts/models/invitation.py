"""Invitations by e-mail: what the person will get, and the links that were sent."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from bizcenter.lib.ids import IdField

from .business import BusinessCenter, Membership


class Invitation(models.Model):
    """Bound to one e-mail address. That it has expired is read from the practice clock."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        REVOKED = "revoked", "Revoked"

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Membership.Role.choices)
    finance_role = models.CharField(
        max_length=10,
        choices=Membership.FinanceRole.choices,
        default=Membership.FinanceRole.NONE,
    )
    access_ends_at = models.DateTimeField(null=True, help_text="Practice time.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(help_text="Practice time.")
    sent_at = models.DateTimeField(help_text="Practice time of the last sending.")
    expires_at = models.DateTimeField(help_text="Practice time.")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, help_text="Practice time of its end.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "business_center",
                Lower("email"),
                condition=models.Q(state="pending"),
                name="one_open_invitation_an_address",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="admin") | models.Q(access_ends_at__isnull=True),
                name="admins_are_invited_for_good",
            ),
            models.CheckConstraint(
                condition=models.Q(state="pending") ^ models.Q(settled_at__isnull=False),
                name="settled_invitations_say_when",
            ),
        ]

    def has_expired(self, at: datetime) -> bool:
        return self.state == self.State.PENDING and self.expires_at <= at


class InvitationLink(models.Model):
    """One sent link. Sending again makes a new one; the earlier ones say they were replaced."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")
    replaced_at = models.DateTimeField(null=True, help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_valid_link_an_invitation",
            )
        ]
