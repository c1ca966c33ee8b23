"""What the stories about signing in do again and again, in a browser without JavaScript."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.factories.accounts import PASSWORD

SIGN_IN = "/account/login/"
CODE_PAGE = "/account/2fa/authenticate/"


def sign_in(browser: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return browser.post(SIGN_IN, {"login": email, "password": password, **more})


def is_signed_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


def with_two_steps(user: User) -> User:
    """As after setting up an authenticator app."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def code_of(user: User) -> str:
    """What the person's app shows; codes used before in this story are accepted again."""
    secret = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    code = code_now(decrypt(secret))
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    return code


def recovery_codes_of(user: User) -> list[str]:
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return row.wrap().get_unused_codes()


def wrong_code_for(user: User) -> str:
    return f"{(int(code_of(user)) + 499_999) % 1_000_000:06d}"
