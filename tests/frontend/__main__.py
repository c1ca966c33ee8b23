"""`python -m tests.frontend` serves the style guide until Ctrl-C."""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATABASE_URL", "postgres://none")  # the style guide asks no database
os.environ.setdefault("REDIS_URL", "redis://none")
django.setup()

from tests.frontend.server import style_guide  # noqa: E402

with style_guide() as address:
    print(f"The style guide is at {address}/styleguide/ and {address}/styleguide/table/")
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        pass
