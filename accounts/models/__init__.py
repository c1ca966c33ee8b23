"""People, Business Centers, the audit trail and API credentials."""

from .api import AccessToken, AuthorizationCode, DeveloperApp
from .api_call import ApiCall
from .audit import ActivityEntry, Notification
from .business import BusinessCenter, Membership
from .user import User
from .vocabulary import INDUSTRIES

__all__ = [
    "INDUSTRIES",
    "AccessToken",
    "ActivityEntry",
    "ApiCall",
    "AuthorizationCode",
    "BusinessCenter",
    "DeveloperApp",
    "Membership",
    "Notification",
    "User",
]
