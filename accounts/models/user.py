"""People who sign in, by e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from bizcenter.lib.ids import IdField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, is_trainer=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    id = IdField()
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("full name", max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_trainer = models.BooleanField(
        default=False, help_text="May turn the practice clock and read the whole practice mailbox."
    )
    wants_digest = models.BooleanField(
        default=False, help_text="E-mails once a day instead of one by one."
    )
    digest_sent_for = models.DateTimeField(
        null=True, help_text="The practice morning whose digest was sent last."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="email_once_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """Up to two letters for the avatar."""
        words = (self.name or self.email).replace("@", " ").split()
        return "".join(word[0] for word in words[:2]).upper()
