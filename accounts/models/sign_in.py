"""Who signed in, from where and how, and who tried to."""

from django.conf import settings
from django.db import models

from bizcenter.lib.ids import IdField


class SignIn(models.Model):
    """One try. Tries with an address that nobody has are not kept: there is no one to show them."""

    class Outcome(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        WRONG_PASSWORD = "wrong_password", "Wrong password"
        WRONG_CODE = "wrong_code", "Wrong code"
        LOCKED = "locked", "Locked for a while"

    id = IdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    method = models.CharField(max_length=40, blank=True, help_text="password, code, passkey.")
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(help_text="Practice time.")
    recorded_at = models.DateTimeField(auto_now_add=True, help_text="Real time.")

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["user", "-id"], name="sign_ins_of_user")]
