"""Test settings: the product's own, with a fast hasher, eager tasks and a database by name."""

import os

os.environ.setdefault("SECRET_KEY", "for-tests-only-and-long-enough-for-everybody-0123456789")

from bizcenter.settings import *  # noqa: F403
from bizcenter.settings import DATABASES, STORAGES

DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DB", "test_understudy")}
# A server of the tests must not hold the database when it is dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
ALLOWED_HOSTS = ["*"]
# In memory: clearing the shared Redis would also empty the broker's queues.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
API_QPS = API_QPM = 0
WHITENOISE_AUTOREFRESH = True  # static files as they are, without the collected copy
