"""The functions of `kernel`, loaded when the first of them is called for.

Loading takes half a second and 120 MB: processes that only serve pages, and commands, do without.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Once found, a function is an ordinary name of this module."""
    if name.startswith("_"):  # what the import system and tools ask every module for
        raise AttributeError(name)
    from campaigns.delivery import kernel  # the import lock lets one thread load, others wait

    found = globals()[name] = getattr(kernel, name)
    return found
