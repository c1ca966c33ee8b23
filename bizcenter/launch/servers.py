"""What the two private servers share: a password, a port, and being started until ready."""

import secrets
import time
from abc import ABC, abstractmethod

from bizcenter.launch import interrupts
from bizcenter.launch.children import Child
from bizcenter.launch.homes import Home, free_port
from bizcenter.launch.say import Stop
from bizcenter.launch.tools import disk_full

# A killed server leaves locks and children for a moment; until then a new one exits at once.
RETRY_SECONDS = 15.0
RECOVERY_SECONDS = 300.0


class Server(ABC):
    """A private server on the loopback address, with a generated password."""

    name: str
    title: str

    def __init__(self, home: Home, *, durable: bool) -> None:
        self.home = home
        self.durable = durable
        memory = home.data.recall()
        self.password: str = memory.get(f"{self.name}_password") or secrets.token_urlsafe(24)
        self.port = free_port(memory.get(f"{self.name}_port"))
        home.data.remember(
            **{f"{self.name}_password": self.password, f"{self.name}_port": self.port}
        )
        self.child = self.make_child()

    @abstractmethod
    def make_child(self) -> Child:
        """Its data exists, and this process will serve it."""

    @abstractmethod
    def is_ready(self) -> bool:
        """It answers."""

    @property
    @abstractmethod
    def url(self) -> str: ...

    def start(self) -> None:
        """It runs and answers; started again while what a crash left is in the way."""
        give_up = time.monotonic() + RETRY_SECONDS
        while True:
            self.child.start()
            if self._became_ready():
                return
            said = self.child.last_words()
            if "No space left on device" in said:
                raise disk_full(self.home.path)
            if time.monotonic() > give_up:
                raise Stop(f"{self.title} does not start ({said}); see {self.child.log}.")
            interrupts.pause(0.3)

    def _became_ready(self) -> bool:
        give_up = time.monotonic() + RECOVERY_SECONDS
        while self.child.exit_status() is None:
            if self.is_ready():
                return True
            if time.monotonic() > give_up:
                self.child.wait_stopped(0)
            interrupts.pause(0.02)
        return False
