"""Commits that need not wait for the disk: what they wrote is there for everybody at once, and
outlives a loss of power within a second, or as soon as a later commit waits.
"""

from .prepared import Call, Prepared

_NEED_NOT_WAIT = Prepared("SELECT set_config('synchronous_commit', 'off', true)")


def need_not_wait(*, unless: bool = False) -> Call | None:
    """The call after which the commit of this transaction does not wait; none if it has to."""
    return None if unless else (_NEED_NOT_WAIT,)
