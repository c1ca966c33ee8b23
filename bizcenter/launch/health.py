"""`python -m bizcenter.launch.health web|beat`: whether that process of a container is well.

Small, because it is started every few seconds: no Django, no Celery.
"""

import os
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

# Beat writes its schedule down every three minutes; longer silence means that it hangs.
BEAT_SILENCE = 600


def web(address: str = "http://127.0.0.1:8000/healthz") -> bool:
    """The page answers under a name that the site accepts."""
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    headers = {} if name in ("", "*") else {"Host": name}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers=headers), timeout=4
        ) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def beat(folder: Path | None = None) -> bool:
    """Its schedule was written lately."""
    folder = folder or Path(os.environ.get("DATA_DIR", "var"))
    times = [path.stat().st_mtime for path in folder.glob("celerybeat-schedule*")]
    return bool(times) and time.time() - max(times) < BEAT_SILENCE


if __name__ == "__main__":
    checks: dict[str, Callable[[], bool]] = {"web": web, "beat": beat}
    sys.exit(not checks[sys.argv[1]]())
