"""Addresses of this app's pages."""

from django.urls import path, re_path

from .web import (
    activity,
    business,
    business_security,
    consent,
    developer,
    help,
    legal,
    notifications,
    profile,
    security,
    setup,
    setup_documents,
    verification,
)

app_name = "accounts"

urlpatterns = [
    path("terms/", legal.terms, name="terms"),
    path("setup/", setup.setup, name="setup"),
    path("setup/start-over/", setup.start_over, name="start_setup_over"),
    re_path(
        r"^setup/(?P<step>business|name|documents|terms)/$", setup.setup_step, name="setup_step"
    ),
    path(
        "setup/documents/<int:document_id>/remove/",
        setup_documents.remove_document,
        name="remove_setup_document",
    ),
    path("bc/<int:business_center_id>/welcome/", setup.setup_done, name="setup_done"),
    path(
        "bc/<int:business_center_id>/verification/", verification.verification, name="verification"
    ),
    path(
        "bc/<int:business_center_id>/verification/documents/<int:document_id>/",
        verification.document,
        name="verification_document",
    ),
    path("bc/<int:business_center_id>/settings/legal/", legal.legal, name="legal"),
    path("bc/<int:business_center_id>/settings/", business.business_settings, name="settings"),
    path("bc/<int:business_center_id>/activity/", activity.activity, name="activity"),
    path("bc/<int:business_center_id>/activity/csv/", activity.activity_csv, name="activity_csv"),
    path("profile/activity/", activity.own_activity, name="own_activity"),
    path(
        "bc/<int:business_center_id>/settings/reviewed/",
        business.confirm_review,
        name="confirm_review",
    ),
    path("help/", help.about_page, name="help"),
    path("help/tour/end/", help.close_tour, name="end_tour"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.read_notifications, name="read_notifications"),
    path(
        "notifications/<int:notification_id>/",
        notifications.open_notification,
        name="open_notification",
    ),
    path("notifications/preferences/", notifications.preferences, name="notification_preferences"),
    path("profile/", profile.profile, name="profile"),
    path("security/", security.security, name="security"),
    path("security/sessions/end/", security.end, name="end_sessions"),
    path("security/go-on/", security.go_on, name="go_on"),
    path(
        "bc/<int:business_center_id>/settings/security/",
        business_security.business_security,
        name="business_security",
    ),
    path(
        "bc/<int:business_center_id>/users/<int:membership_id>/send-reset/",
        business_security.send_reset,
        name="send_reset",
    ),
    path("developer/", developer.developer, name="developer"),
    path("developer/apps/new/", developer.create_app, name="create_app"),
    path("developer/apps/<int:app_id>/secret/", developer.renew_secret, name="renew_secret"),
    path("developer/apps/<int:app_id>/revoke/", developer.revoke_app, name="revoke_app"),
    path("developer/tokens/new/", developer.create_token, name="create_token"),
    path("developer/tokens/<int:token_id>/revoke/", developer.revoke_token, name="revoke_token"),
    path("portal/auth", consent.consent, name="consent"),
]
