"""Where things lie: in the checkout, and in the data folder of one installation."""

import errno
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bizcenter.launch.say import Stop

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BOOT = ROOT / ".boot"
LOCKS = Path(__file__).resolve().parent / "locks"
STATIC_DIST = ROOT / "static" / "dist"


def site_packages() -> Path:
    """The environment's package folder, found without starting its Python."""
    return next((VENV / "lib").glob("python3*/site-packages"), VENV / "lib" / "missing")


def write_private(path: Path, text: str) -> None:
    """The file holds the text and only its owner may read it; never seen half written."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


@dataclass(frozen=True)
class DataFolder:
    """The folder of one installation: its servers' data, uploaded files, keys and logs."""

    path: Path

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def records(self) -> Path:
        """Which processes were started, so that a later start can clear what a crash left."""
        return self.path / "run"

    @property
    def lock(self) -> Path:
        return self.path / "up.lock"

    @property
    def environment(self) -> Path:
        """Addresses and keys of the running stack, for commands from a second terminal."""
        return self.path / "env.json"

    @property
    def memory(self) -> Path:
        """Generated keys, passwords and ports; the servers' data is of no use without it."""
        return self.path / "private.json"

    def make(self) -> None:
        """The folder is there and ours to write in."""
        try:
            if self.memory.exists() and self.memory.stat().st_uid != os.geteuid():
                raise Stop(
                    f"The data folder {self.path} belongs to another user: run this as that user, "
                    "or choose another folder with --data."
                )
            if not self.path.exists():
                self.path.mkdir(parents=True)
                # Root's servers run as somebody else, who must be able to walk through.
                self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            self.logs.mkdir(exist_ok=True, mode=0o700)
            self.records.mkdir(exist_ok=True, mode=0o700)
            self.lock.touch()
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            raise Stop(
                f"The data folder {self.path} cannot be written ({error.strerror}): "
                "choose another one with --data."
            ) from error

    def recall(self) -> dict[str, Any]:
        try:
            remembered: dict[str, Any] = json.loads(self.memory.read_text())
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise Stop(
                f"{self.memory} is damaged: put it back from a copy, or remove the data folder "
                "to begin again."
            ) from error
        return remembered

    def remember(self, **values: Any) -> None:
        write_private(self.memory, json.dumps(self.recall() | values, indent=1))


def data_folder(choice: str | None) -> DataFolder:
    """The folder asked for with --data, else DATA_DIR, else var/ in the checkout."""
    chosen = choice or os.environ.get("DATA_DIR")
    return DataFolder(Path(chosen).expanduser().absolute() if chosen else ROOT / "var")
