"""The functions of `kernel`, loaded when the first of them is called for.

Loading takes a moment and memory: processes that only serve pages, and most commands, do without.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

_SOURCES = ("arithmetic.py", "kernel.py")


def __getattr__(name: str) -> Any:
    """Once found, a function is an ordinary name of this module."""
    if name.startswith("_"):  # what the import system and tools ask every module for
        raise AttributeError(name)
    from campaigns.delivery import kernel  # one thread loads it, the others wait for the import

    found = globals()[name] = getattr(kernel, name)
    return found


def compile_all() -> None:
    """All functions are compiled and lie on disk, where there is a place for them."""
    from campaigns.delivery import kernel  # noqa: F401 - importing it is compiling it


def fingerprint() -> str:
    """Changes whenever there is something to compile."""
    found = sha256()
    for name in _SOURCES:
        found.update(Path(__file__).with_name(name).read_bytes())
    versions = [f"{each.name} {each.version}" for each in metadata.distributions(name="numba")]
    found.update(repr([sys.implementation.cache_tag, *versions]).encode())
    return found.hexdigest()
