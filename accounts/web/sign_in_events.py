"""What allauth tells of sign-ins and of changes to them, written down by our services."""

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import SignIn, User
from accounts.services import record_security_change, record_sign_in
from bizcenter.clock import queries as clock

from .sign_in import record_failure

TOTP, CODES, PASSKEY = (
    Authenticator.Type.TOTP,
    Authenticator.Type.RECOVERY_CODES,
    Authenticator.Type.WEBAUTHN,
)
_STEPS = {TOTP: "code", CODES: "recovery code", PASSKEY: "security key"}
_ADDED = {TOTP: "Turned on two-step sign-in", PASSKEY: "Added a passkey or security key"}
_REMOVED = {TOTP: "Turned off the authenticator app", PASSKEY: "Removed a passkey or security key"}


def method_of(records: list[dict[str, Any]]) -> str:
    """How somebody has just signed in, in words."""
    steps = [record for record in records if not record.get("reauthenticated")]
    if any(record.get("passwordless") for record in steps):
        return "passkey"
    words = ["password"] if any(r["method"] == "password" for r in steps) else []
    words += [_STEPS[r["type"]] for r in steps if r["method"] == "mfa" and r["type"] in _STEPS]
    return " and ".join(words) or "link in an e-mail"


@receiver(account.user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record_sign_in(
        user=user,
        outcome=SignIn.Outcome.SIGNED_IN,
        method=method_of(get_authentication_records(request, user)),
        at=clock.now(),
        user_agent=request.headers.get("User-Agent", ""),
    )


@receiver(mfa.authentication_failed)
def wrong_code(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record_failure(request, user, SignIn.Outcome.WRONG_CODE, f"mfa-auth-user-{user.pk}")


@receiver(mfa.authenticator_used)
def second_step_used(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == CODES:
        authenticator.refresh_from_db()  # else it does not know yet that the code is used
        left = len(authenticator.wrap().get_unused_codes())
        _tell(user, "use_recovery_code", f"Used a recovery code; {left} are left", left)


@receiver(mfa.authenticator_added)
def second_step_added(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in _ADDED:
        _tell(user, "add_second_step", _ADDED[authenticator.type], authenticator.pk)


@receiver(mfa.authenticator_removed)
def second_step_removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in _REMOVED:
        _tell(user, "remove_second_step", _REMOVED[authenticator.type], clock.now().timestamp())


@receiver(mfa.authenticator_reset)
def recovery_codes_made_anew(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _tell(user, "renew_recovery_codes", "Made new recovery codes", authenticator.pk)


@receiver(account.password_changed)
@receiver(account.password_set)
@receiver(account.password_reset)
def password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The other sessions have ended with the old password; they are cleared away as well."""
    for session in UserSession.objects.filter(user=user):
        if session.session_key != request.session.session_key:
            session.end()
    _tell(user, "change_password", "Changed the password", user.password[-20:])


@receiver(account.email_changed)
def email_changed(user: User, to_email_address: Any, **kwargs: Any) -> None:
    """The old address is told as well: whoever took the account over does not read that one. The
    address of a new account is no change."""
    before, after = kwargs["from_email_address"], to_email_address.email
    if before is None or before.email == after:
        return
    _tell(user, "change_email", f"Changed the e-mail address to {after}", after)
    words = {"user": user, "to_email": after}
    get_adapter().send_mail("account/email/email_changed", before.email, words)


def _tell(user: User, action: str, summary: str, reference: object) -> None:
    record_security_change(
        user=user, action=action, summary=summary, reference=str(reference), at=clock.now()
    )
