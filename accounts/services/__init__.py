"""What people do with their business, one verb a function."""

from .activity import record_activity
from .business import (
    DuplicateBusinessName,
    InvalidBusiness,
    create_business_center,
    update_business_center,
)
from .members import AlreadyMember, LastAdmin, add_member, change_member, remove_member
from .notifications import mark_notifications_read, notify
from .people import EmailTaken, register_person, rename_person
from .tokens import (
    InvalidApp,
    InvalidAuthorizationCode,
    authorize_app,
    create_developer_app,
    exchange_code,
    issue_access_token,
    revoke_access_token,
)

__all__ = [
    "AlreadyMember",
    "DuplicateBusinessName",
    "EmailTaken",
    "InvalidApp",
    "InvalidAuthorizationCode",
    "InvalidBusiness",
    "LastAdmin",
    "add_member",
    "authorize_app",
    "change_member",
    "create_business_center",
    "create_developer_app",
    "exchange_code",
    "issue_access_token",
    "mark_notifications_read",
    "notify",
    "record_activity",
    "register_person",
    "remove_member",
    "rename_person",
    "revoke_access_token",
    "update_business_center",
]
