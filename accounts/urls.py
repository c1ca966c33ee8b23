"""Addresses of this app's pages."""

from django.urls import path

from .web import activity, business, consent, developer, notifications, profile

app_name = "accounts"

urlpatterns = [
    path("bc/new/", business.create_business, name="create_business"),
    path("bc/<int:business_center_id>/settings/", business.business_settings, name="settings"),
    path("bc/<int:business_center_id>/activity/", activity.activity, name="activity"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("profile/", profile.profile, name="profile"),
    path("developer/", developer.developer, name="developer"),
    path("developer/apps/new/", developer.create_app, name="create_app"),
    path("developer/apps/<int:app_id>/secret/", developer.renew_secret, name="renew_secret"),
    path("developer/apps/<int:app_id>/revoke/", developer.revoke_app, name="revoke_app"),
    path("developer/tokens/new/", developer.create_token, name="create_token"),
    path("developer/tokens/<int:token_id>/revoke/", developer.revoke_token, name="revoke_token"),
    path("portal/auth", consent.consent, name="consent"),
]
