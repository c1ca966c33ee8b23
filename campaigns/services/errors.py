"""What can be wrong with a wish about campaigns; `field` names the input where there is one."""

from collections.abc import Mapping
from typing import Any

from bizcenter.lib.errors import DomainError


class InvalidInput(DomainError):
    """A value breaks a rule; the message says which and what would be accepted."""

    code = "invalid_input"


class FieldIsFixed(DomainError):
    """The field cannot change after creation."""

    code = "field_is_fixed"


class StaleVersion(DomainError):
    """Somebody else changed it meanwhile; `current` and `wanted` hold both values by field."""

    code = "stale_version"

    def __init__(self, *, current: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        super().__init__(
            "Somebody else changed this since you opened it. Compare both versions and save again."
        )
        self.current = dict(current)
        self.wanted = dict(wanted)


class NodeDeleted(DomainError):
    """Deleted is final."""

    code = "deleted"


class CampaignDeactivated(DomainError):
    """A deactivated campaign is final too: it can only be recreated."""

    code = "campaign_deactivated"


class LimitReached(DomainError):
    """There are as many as there can be."""

    code = "limit_reached"
    api_code = 40502


class SwitchRefused(DomainError):
    """The switch cannot be turned in the present state."""

    code = "switch_refused"


class NothingToStop(DomainError):
    """The campaign is not running, or a stop is already under way."""

    code = "nothing_to_stop"


class AlreadyDelayed(DomainError):
    """Processing is held up by another delay already."""

    code = "already_delayed"
