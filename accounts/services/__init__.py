"""What people do with their business, one verb a function."""

from .activity import record_activity, record_for_person
from .apps import (
    AppRevoked,
    InvalidAddresses,
    create_developer_app,
    renew_app_secret,
    revoke_developer_app,
)
from .business import (
    DuplicateBusinessName,
    InvalidBusiness,
    create_business_center,
    update_business_center,
)
from .deciding import (
    AlreadyDecided,
    InvalidDecision,
    decide_due_verifications,
    judge_verification,
)
from .documents import UnacceptableDocument
from .mailing import queue_digests, send_digest, send_notification_mail
from .members import AlreadyMember, LastAdmin, add_member, change_member, remove_member
from .notifications import (
    Ways,
    mark_notifications_read,
    notify,
    set_notification_preferences,
)
from .people import EmailTaken, register_person, rename_person
from .reviewing import confirm_settings_review, remind_of_settings_reviews
from .setup import (
    SetupIncomplete,
    complete_setup,
    save_setup_step,
    start_setup_over,
)
from .terms import OutdatedTerms, accept_terms
from .tokens import (
    InvalidApp,
    InvalidAuthorizationCode,
    InvalidScopes,
    authorize_app,
    exchange_code,
    issue_access_token,
    note_token_use,
    revoke_access_token,
)
from .tours import end_tour
from .verification import (
    AlreadySubmitted,
    InvalidVerification,
    VerificationInput,
    remove_setup_document,
    store_setup_document,
    submit_verification,
)

__all__ = [
    "AlreadyDecided",
    "AlreadyMember",
    "AlreadySubmitted",
    "AppRevoked",
    "DuplicateBusinessName",
    "EmailTaken",
    "InvalidAddresses",
    "InvalidApp",
    "InvalidAuthorizationCode",
    "InvalidBusiness",
    "InvalidDecision",
    "InvalidScopes",
    "InvalidVerification",
    "LastAdmin",
    "OutdatedTerms",
    "SetupIncomplete",
    "UnacceptableDocument",
    "VerificationInput",
    "Ways",
    "accept_terms",
    "add_member",
    "authorize_app",
    "change_member",
    "complete_setup",
    "confirm_settings_review",
    "create_business_center",
    "create_developer_app",
    "decide_due_verifications",
    "end_tour",
    "exchange_code",
    "issue_access_token",
    "judge_verification",
    "mark_notifications_read",
    "note_token_use",
    "notify",
    "queue_digests",
    "record_activity",
    "record_for_person",
    "register_person",
    "remind_of_settings_reviews",
    "remove_member",
    "remove_setup_document",
    "rename_person",
    "renew_app_secret",
    "revoke_access_token",
    "revoke_developer_app",
    "save_setup_step",
    "send_digest",
    "send_notification_mail",
    "set_notification_preferences",
    "start_setup_over",
    "store_setup_document",
    "submit_verification",
    "update_business_center",
]
