"""Where the private servers keep data and, if need be, their programs.

Normally `servers/` in the data folder. When we are root and the servers' user cannot walk there
(a checkout under a home folder of mode 700), a folder of their own beside other services' data;
nothing outside is ever opened up for them.
"""

import os
import shutil
import socket
import tempfile
from pathlib import Path
from random import SystemRandom

from bizcenter.launch.identity import User, server_user, version_of
from bizcenter.launch.places import DataFolder
from bizcenter.launch.say import Stop, line

ELSEWHERE = (Path("/var/lib"), Path("/var/tmp"))


class Home:
    """A folder that belongs to the servers' user alone (`user` is None when that is us)."""

    def __init__(self, data: DataFolder) -> None:
        self.data = data
        elsewhere = data.recall().get("servers")
        self.path = Path(elsewhere) if elsewhere else data.path / "servers"
        self.user: User | None = server_user(self.path)
        if elsewhere and not self.path.is_dir():
            raise Stop(
                f"The databases in {self.path} are gone: put them back from a copy, or remove "
                f"{data.path} to begin again."
            )
        if not elsewhere:
            self._settle()

    def _settle(self) -> None:
        self.path.mkdir(exist_ok=True, mode=0o700)
        if self.user is None:
            return
        self.user.own(self.path)
        path = self.path
        if self.user.can(lambda: os.access(path, os.W_OK | os.X_OK)):
            return
        if any(self.path.iterdir()):
            raise Stop(
                f"The databases in {self.path} cannot be reached by the user who owns them: let "
                "them pass through the folders above, or move the data folder."
            )
        self.path.rmdir()
        parent = next(folder for folder in ELSEWHERE if os.access(folder, os.W_OK))
        base = Path(tempfile.mkdtemp(prefix="understudy-", dir=parent))
        base.chmod(0o711)
        self.path = base / "servers"
        self.path.mkdir(mode=0o700)
        self.user.own(self.path)
        self.data.remember(servers=str(self.path))
        line(f"  The databases are kept in {self.path}, because their user cannot enter")
        line(f"  {self.data.path}.")

    def folder(self, name: str) -> Path:
        """A folder for one server's data, theirs alone."""
        path = self.path / name
        if path.exists():
            return path

        def make() -> bool:
            path.mkdir(mode=0o700)
            return True

        if not (self.user.can(make) if self.user else make()):
            raise Stop(f"{path} could not be made: is the disk that holds it full?")
        return path

    def secret_file(self, name: str, text: str) -> Path:
        """A file that only the servers' user can read."""
        path = self.path / name
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            if self.user:
                # By handle: the folder is theirs, and a name in it could be swapped by them.
                self.user.own(file.fileno())
            file.write(text)
        return path

    def usable(self, program: Path, *packages: Path) -> tuple[Path, str] | None:
        """The program, or a copy of it, that the user can start, and its version; None if none.

        `packages` are the folders that have to lie side by side for it to find its libraries.
        """
        if not program.exists():
            return None
        if version := version_of(program, self.user):
            return program, version
        if self.user is None or not packages:
            return None
        copy = self._copied(packages)
        program = copy / program.relative_to(packages[0].parent)
        version = version_of(program, self.user)
        return (program, version) if version else None

    def _copied(self, packages: tuple[Path, ...]) -> Path:
        made = int(packages[0].stat().st_mtime)
        # Beside their folder, not in it: they run these programs, they do not write them.
        programs = self.path.parent / "programs"
        target = programs / f"{packages[0].name}-{made}"
        if target.exists():
            return target
        programs.mkdir(exist_ok=True)
        for outdated in programs.glob(f"{packages[0].name}-*"):
            shutil.rmtree(outdated)
        half = programs / "half"
        shutil.rmtree(half, ignore_errors=True)
        for package in packages:
            if package.exists():
                shutil.copytree(package, half / package.name, symlinks=True)
        _open_for_reading(programs)
        half.rename(target)
        return target

    def remove(self) -> None:
        """For temporary stacks: the folder is gone, wherever it lay."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self.path.parent != self.data.path:
            shutil.rmtree(self.path.parent, ignore_errors=True)


def _open_for_reading(tree: Path) -> None:
    """Copies made under a strict umask can be read and run by everybody."""
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(0o755 if mode & 0o100 else 0o644)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(remembered: int | None) -> int:
    """The remembered port if nobody has taken it, else another below the range of outgoing ones."""
    if remembered and is_free(remembered):
        return remembered
    ports = SystemRandom().sample(range(20000, 32000), 200)
    return next(port for port in ports if is_free(port))
