"""Addresses of this app's pages."""

from django.urls import path

from .web import accounts, people, settings

app_name = "adaccounts"

_USERS = "bc/<int:business_center_id>/users/"
_ACCOUNTS = "bc/<int:business_center_id>/ad-accounts/"
_ACCOUNT = "ad-accounts/<int:ad_account_id>/settings/"

urlpatterns = [
    path(_USERS, people.user_list, name="user_list"),
    path(_USERS + "add/", people.add_user, name="add_user"),
    path(_USERS + "<int:membership_id>/", people.edit_user, name="edit_user"),
    path(_USERS + "<int:membership_id>/remove/", people.remove_user, name="remove_user"),
    path(_ACCOUNTS, accounts.account_list, name="account_list"),
    path(_ACCOUNTS + "new/", accounts.create, name="create"),
    path("ad-accounts/", accounts.my_accounts, name="my_accounts"),
    path("ad-accounts/switcher/", accounts.switcher, name="switcher"),
    path(_ACCOUNT, settings.account_settings, name="settings"),
    path(_ACCOUNT + "people/add/", settings.grant, name="grant"),
    path(_ACCOUNT + "people/<int:user_id>/", settings.change_level, name="change_level"),
    path(_ACCOUNT + "people/<int:user_id>/revoke/", settings.revoke, name="revoke"),
]
