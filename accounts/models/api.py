"""Developer applications and the tokens of the Business API; secrets are stored hashed only."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from bizcenter.lib.ids import IdField

from .vocabulary import Scope


def all_scopes() -> list[int]:
    return [int(scope) for scope in Scope]


class DeveloperApp(models.Model):
    """A tool that asks people for access; its id is the `app_id` of the API."""

    id = IdField()
    name = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="apps")
    secret_hash = models.CharField(max_length=64)
    redirect_uris = ArrayField(
        models.URLField(max_length=500), help_text="The first is where people go if none is named."
    )
    scopes = ArrayField(
        models.PositiveSmallIntegerField(), default=all_scopes, help_text="Numbers of `Scope`."
    )
    revoked_at = models.DateTimeField(null=True, help_text="Real time; its tokens end with it.")
    created_at = models.DateTimeField(auto_now_add=True)

    @property
    def scope_labels(self) -> list[str]:
        return [Scope(scope).label for scope in self.scopes]

    @property
    def redirect_uri(self) -> str:
        return self.redirect_uris[0]

    @property
    def consent_query(self) -> str:
        """What its link to the consent page carries."""
        return urlencode({"app_id": self.pk, "state": "", "redirect_uri": self.redirect_uri})


class AuthorizationCode(models.Model):
    """What the consent page hands to the app: single use, one hour."""

    id = IdField()
    app = models.ForeignKey(DeveloperApp, models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(help_text="Real time.")
    used_at = models.DateTimeField(null=True)


class AccessToken(models.Model):
    """A long-lived token that acts as its user until it is revoked."""

    id = IdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    app = models.ForeignKey(DeveloperApp, models.CASCADE, null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.PositiveSmallIntegerField(), default=all_scopes)
    last_used_at = models.DateTimeField(null=True, help_text="Real time, to the hour.")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    @property
    def scope_labels(self) -> list[str]:
        return [Scope(scope).label for scope in self.scopes]
