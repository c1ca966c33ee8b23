"""The door of every Business Center page and of the API: who is asking, and may they?"""

from .deciding import BusinessDecision, Rule, decide_business, note_presence
from .pages import (
    LAST_BUSINESS,
    RUN_CLOCK,
    SIGNED_UP_AS,
    business_required,
    last_membership,
    load_membership,
    nav_permissions_of,
    own_page,
)
from .refusals import (
    AccessRemoved,
    PermissionNeeded,
    business_permission_needed,
    removed_or_unknown,
)
from .requests import BusinessRequest, UserRequest, View
from .signing_in import recently_signed_in, recently_signed_in_on_page, signed_in
from .tokens import (
    AccessTokenAuthentication,
)
from .two_step import ASKED_BY, WANTED_PAGE, open_without_two_step

__all__ = [
    "ASKED_BY",
    "LAST_BUSINESS",
    "RUN_CLOCK",
    "SIGNED_UP_AS",
    "WANTED_PAGE",
    "AccessRemoved",
    "AccessTokenAuthentication",
    "BusinessDecision",
    "BusinessRequest",
    "PermissionNeeded",
    "Rule",
    "UserRequest",
    "View",
    "business_permission_needed",
    "business_required",
    "decide_business",
    "last_membership",
    "load_membership",
    "nav_permissions_of",
    "note_presence",
    "open_without_two_step",
    "own_page",
    "recently_signed_in",
    "recently_signed_in_on_page",
    "removed_or_unknown",
    "signed_in",
]
