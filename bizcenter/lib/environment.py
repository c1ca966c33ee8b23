"""Reading settings from the environment."""

import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. `python3 manage.py up` sets it for you."
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def database(url: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL there: what is prepared (see bizcenter.lib.prepared) is
    planned once, not for each of its values, unless the options in the address say otherwise."""
    found: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    )
    options = found.setdefault("OPTIONS", {})
    options["options"] = f"-c plan_cache_mode=force_generic_plan {options.get('options', '')}"
    return found
