"""All settings, read from the environment, with defaults that start on a laptop.

`python3 manage.py up` fills in DATABASE_URL, REDIS_URL and SECRET_KEY; production sets them itself.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from bizcenter.lib.environment import database, env, flag
from bizcenter.sign_in_settings import *  # noqa: F403
from bizcenter.sign_in_settings import HTTPS, PRODUCT_NAME

BASE_DIR = Path(__file__).resolve().parent.parent


DEBUG = flag("DEBUG")
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "guardian",
    "rest_framework",
    "csp",
    "bizcenter.lib",
    "bizcenter.clock",
    "accounts",
    "adaccounts",
    "assets",
    "billing",
    "campaigns",
    "reporting",
    "bizcenter.practice",
    "bizcenter",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "bizcenter.lib.origin.OriginMiddleware",
    "bizcenter.lib.open_api.middleware.PathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "bizcenter.lib.unstorable.UnstorableTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "bizcenter.urls"
WSGI_APPLICATION = "bizcenter.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "bizcenter.lib.templatetags.money",
                "bizcenter.lib.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.web.context.shell",
                "campaigns.web.context.freshness",
            ],
        },
    },
]

# --- data ------------------------------------------------------------------------------------
DATABASES = {"default": database(env("DATABASE_URL"))}
REDIS_URL = env("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- mail ------------------------------------------------------------------------------------
# SMTP by setting; without it, mail is kept and read in the practice mailbox.
PRACTICE_MAILBOX = "bizcenter.practice.mail.PracticeMailbox"
EMAIL_BACKEND = env("EMAIL_BACKEND", PRACTICE_MAILBOX)
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
# Where links in e-mails lead.
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", f"{PRODUCT_NAME} <no-reply@understudy.example>")

# --- background work (the reasons for these values: docs/decisions) -----------------------------
# Ad accounts are delivered in so many tasks; more of them let more workers share the work.
DELIVERY_SHARDS = int(env("DELIVERY_SHARDS", "32"))
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = int(env("CELERY_WORKER_CONCURRENCY", "2"))
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "delivery": {"task": "campaigns.start_tick", "schedule": 5.0, "options": {"expires": 5}},
    "due": {"task": "campaigns.settle_due", "schedule": 2.0, "options": {"expires": 2}},
    "account-reviews": {
        "task": "adaccounts.decide_ad_accounts",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "verifications": {
        "task": "accounts.decide_verifications",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "access": {"task": "adaccounts.end_due_access", "schedule": 2.0, "options": {"expires": 2}},
    "invoices": {"task": "billing.start_invoice_run", "schedule": 30.0, "options": {"expires": 30}},
    "digests": {"task": "accounts.send_digests", "schedule": 30.0, "options": {"expires": 30}},
    "reminders": {
        "task": "accounts.remind_of_reviews",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    # In an hour the practice clock can come two months on.
    "months": {"task": "campaigns.keep_facts", "schedule": 3600.0, "options": {"expires": 3600}},
    "jumps": {"task": "practice.resume_jump", "schedule": 15.0, "options": {"expires": 15}},
}

# --- what was delivered ------------------------------------------------------------------------
# Whole months besides the running one for which hours and their log, and days with all that
# belongs to them, are kept; 0 for ever.
KEEP_HOURS_MONTHS = int(env("KEEP_HOURS_MONTHS", "13")) or None
KEEP_DAYS_MONTHS = int(env("KEEP_DAYS_MONTHS", "0")) or None

# --- the Business API -------------------------------------------------------------------------
APPEND_SLASH = True
# Calls a token may make in a second and in a minute; 0 for no limit.
API_QPS = int(env("API_QPS", "10"))
API_QPM = int(env("API_QPM", "600"))
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.access.AccessTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["bizcenter.lib.open_api.parsers.LenientJSONParser"],
    "EXCEPTION_HANDLER": "bizcenter.lib.open_api.errors.exception_handler",
    "UNAUTHENTICATED_USER": None,
}

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- safety -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
