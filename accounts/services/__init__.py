"""What people do with their business, one verb a function."""

from .acting import NotAdminAnyMore
from .activity import activity_entry, record_activities, record_activity, record_for_person
from .aliases import InvalidAlias, set_alias
from .api_calls import claim_request
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
from .deciding import AlreadyDecided, InvalidDecision, decide_due_verifications, judge_verification
from .documents import UnacceptableDocument
from .invitation_links import (
    InvitationSettled,
    WrongAddress,
    claim_invitation,
    make_invitation_link,
)
from .invitations import (
    AlreadyInvited,
    InvalidAddress,
    TooManyInvitations,
    change_invited_standing,
    open_invitation,
    renew_invitation,
    settle_invitation,
)
from .mailing import queue_digests, queue_lost_mails, send_digest, send_notification_mail
from .members import (
    AlreadyMember,
    InvalidEnd,
    LastAdmin,
    NotAMember,
    add_member,
    change_member,
    remove_member,
)
from .notifications import Ways, mark_notifications_read, notify, set_notification_preferences
from .password_reset import ResetSentAlready, mail_password_reset, send_password_reset
from .people import EmailTaken, register_person, rename_person
from .reviewing import confirm_settings_review, remind_of_settings_reviews
from .room import NoRoom
from .security import (
    EmailDomainNotAllowed,
    InvalidDomain,
    OwnTwoStepMissing,
    check_email_allowed,
    clean_domains,
    update_security,
)
from .setup import SetupIncomplete, complete_setup, save_setup_step, start_setup_over
from .sign_ins import end_sessions, record_security_change, record_sign_in
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
from .unused import keep_unused_access
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
    "AlreadyInvited",
    "AlreadyMember",
    "AlreadySubmitted",
    "AppRevoked",
    "DuplicateBusinessName",
    "EmailDomainNotAllowed",
    "EmailTaken",
    "InvalidAddress",
    "InvalidAddresses",
    "InvalidAlias",
    "InvalidApp",
    "InvalidAuthorizationCode",
    "InvalidBusiness",
    "InvalidDecision",
    "InvalidDomain",
    "InvalidEnd",
    "InvalidScopes",
    "InvalidVerification",
    "InvitationSettled",
    "LastAdmin",
    "NoRoom",
    "NotAMember",
    "NotAdminAnyMore",
    "OutdatedTerms",
    "OwnTwoStepMissing",
    "ResetSentAlready",
    "SetupIncomplete",
    "TooManyInvitations",
    "UnacceptableDocument",
    "VerificationInput",
    "Ways",
    "WrongAddress",
    "accept_terms",
    "activity_entry",
    "add_member",
    "authorize_app",
    "change_invited_standing",
    "change_member",
    "check_email_allowed",
    "claim_invitation",
    "claim_request",
    "clean_domains",
    "complete_setup",
    "confirm_settings_review",
    "create_business_center",
    "create_developer_app",
    "decide_due_verifications",
    "end_sessions",
    "end_tour",
    "exchange_code",
    "issue_access_token",
    "judge_verification",
    "keep_unused_access",
    "mail_password_reset",
    "make_invitation_link",
    "mark_notifications_read",
    "note_token_use",
    "notify",
    "open_invitation",
    "queue_digests",
    "queue_lost_mails",
    "record_activities",
    "record_activity",
    "record_for_person",
    "record_security_change",
    "record_sign_in",
    "register_person",
    "remind_of_settings_reviews",
    "remove_member",
    "remove_setup_document",
    "rename_person",
    "renew_app_secret",
    "renew_invitation",
    "revoke_access_token",
    "revoke_developer_app",
    "save_setup_step",
    "send_digest",
    "send_notification_mail",
    "send_password_reset",
    "set_alias",
    "set_notification_preferences",
    "settle_invitation",
    "start_setup_over",
    "store_setup_document",
    "submit_verification",
    "update_business_center",
    "update_security",
]
