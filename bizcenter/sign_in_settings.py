"""The part of the settings that is about people: passwords, two-step sign-in, sessions, cookies."""

from bizcenter.lib.environment import env, flag

PRODUCT_NAME = env("PRODUCT_NAME", "Understudy")
# Whether people reach the product by https, through a proxy in front of it.
HTTPS = flag("HTTPS")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.access.backend.SignInBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.web.forms.SignupForm"
ACCOUNT_FORMS = {"signup": "accounts.web.sign_up.EvenSignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_USER_DISPLAY = "accounts.queries.display_name"
ACCOUNT_ADAPTER = "accounts.web.sign_in.AccountAdapter"
# The same answer whether or not an address is known, at sign-in, sign-up and reset.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_CHANGE_EMAIL = True
# Five wrong passwords or codes lock an account for five minutes; the counters are in the cache.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
# How long after a sign-in people may change money, roles and security without being asked again.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# A link to choose a new password is good for an hour.
PASSWORD_RESET_TIMEOUT = 3600

# --- two-step sign-in --------------------------------------------------------------------------
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "accounts.web.second_step.SecondStepAdapter"
MFA_TOTP_ISSUER = PRODUCT_NAME
# The code before and after counts too: phones' clocks are not exact.
MFA_TOTP_TOLERANCE = 1
# Only who has confirmed their address signs in at all, so two-step sign-in need not ask for it;
# else nobody with two steps could change to a new address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers offer passkeys over https and on http://localhost, where people practise.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- sessions ----------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
