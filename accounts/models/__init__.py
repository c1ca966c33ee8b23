"""People, Business Centers, the audit trail and API credentials."""

from .api import AccessToken, AuthorizationCode, DeveloperApp
from .api_call import ApiCall
from .audit import ActivityEntry, Notification, NotificationPreference
from .business import BusinessCenter, Membership
from .invitation import Invitation, InvitationLink
from .setup import BusinessSetup, TermsAcceptance
from .sign_in import SignIn
from .tour import SeenTour
from .user import User
from .verification import Verification, VerificationDocument
from .vocabulary import INDUSTRIES, Scope, Topic

__all__ = [
    "INDUSTRIES",
    "AccessToken",
    "ActivityEntry",
    "ApiCall",
    "AuthorizationCode",
    "BusinessCenter",
    "BusinessSetup",
    "DeveloperApp",
    "Invitation",
    "InvitationLink",
    "Membership",
    "Notification",
    "NotificationPreference",
    "Scope",
    "SeenTour",
    "SignIn",
    "TermsAcceptance",
    "Topic",
    "User",
    "Verification",
    "VerificationDocument",
]
