"""The demo's API secrets: the same on every start of one installation, different on each.

Only hashes are stored; the text is derived from SECRET_KEY so that it can be shown again.
"""

from django.utils.crypto import salted_hmac

APP_ID = 7_640_000_000_000_000_001


def access_token() -> str:
    return salted_hmac("demo", "access token", algorithm="sha256").hexdigest()[:40]


def app_secret() -> str:
    return salted_hmac("demo", "app secret", algorithm="sha256").hexdigest()[:40]
