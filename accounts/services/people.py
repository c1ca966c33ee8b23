"""People themselves: their name, and registering them without the sign-up form, as tests do."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from bizcenter.lib.errors import DomainError

from .activity import record_for_person


class EmailTaken(DomainError):
    code = "email_taken"


@transaction.atomic
def rename_person(*, user: User, name: str, at: datetime) -> None:
    """The person is shown under this name from now on; the activity log keeps the earlier one."""
    before, user.name = user.name, name.strip()
    if user.name == before:
        return
    user.save(update_fields=["name"])
    record_for_person(
        user,
        at=at,
        action="rename_person",
        summary=f"{before or user.email} is now called {user}",
        before={"name": before},
        after={"name": user.name},
    )


@transaction.atomic
def register_person(*, email: str, name: str, password: str, is_trainer: bool = False) -> User:
    """The person exists, can sign in, and the address counts as verified. Raises EmailTaken."""
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken(f"{email} is registered already.", field="email")
    user = User.objects.create_user(email, password, name=name, is_trainer=is_trainer)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
