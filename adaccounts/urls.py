"""Addresses of this app's pages."""

from django.urls import path

from .web import accounts, activity, groups, switcher
from .web.assets import asset, register
from .web.people import asking, checking, inviting, joining, members, searching, unused
from .web.settings import general, limits
from .web.settings import people as account_people
from .web.sharing import links, partners, shared

app_name = "adaccounts"

_USERS = "bc/<int:business_center_id>/users/"
_INVITED = _USERS + "invitations/<int:invitation_id>/"
_ACCOUNTS = "bc/<int:business_center_id>/ad-accounts/"
_ACCOUNT = "ad-accounts/<int:ad_account_id>/settings/"
_LINK = _ACCOUNTS + "link-requests/<int:link_request_id>/"
_SHARED = "bc/<int:business_center_id>/shared/<int:ad_account_id>/"
_PARTNERS = "bc/<int:business_center_id>/partners/"
_PARTNER = _PARTNERS + "<int:partner_id>/"
_GROUPS = "bc/<int:business_center_id>/asset-groups/"
_GROUP = _GROUPS + "<int:group_id>/"
_ASSETS = "bc/<int:business_center_id>/assets/"
_ASSET = "assets/<int:asset_id>/"

urlpatterns = [
    path(_USERS, members.user_list, name="user_list"),
    path(_USERS + "invite/", inviting.invite, name="invite"),
    path(_USERS + "pick/<slug:kind_name>/", searching.pick, name="pick"),
    path(_USERS + "unused/", unused.unused_access, name="unused_access"),
    path(_USERS + "check/", checking.access_checker, name="access_checker"),
    path(_USERS + "help/", checking.access_help, name="access_help"),
    path(_USERS + "requests/", asking.request_list, name="request_list"),
    path(_USERS + "requests/<int:request_id>/", asking.decide_request, name="decide_request"),
    path(_USERS + "<int:membership_id>/", members.edit_user, name="edit_user"),
    path(_USERS + "<int:membership_id>/remove/", members.remove_user, name="remove_user"),
    path(_USERS + "<int:membership_id>/keep/", unused.keep, name="keep_user"),
    path(_INVITED, inviting.edit_invitation, name="edit_invitation"),
    path(_INVITED + "resend/", inviting.resend, name="resend_invitation"),
    path(_INVITED + "revoke/", inviting.revoke, name="revoke_invitation"),
    path("bc/<int:business_center_id>/leave/", members.leave, name="leave"),
    path("join/<str:token>/", joining.join, name="join"),
    path("ask-an-admin/", asking.ask_admin, name="ask_admin"),
    path(_ACCOUNTS, accounts.account_list, name="account_list"),
    path(_ACCOUNTS + "new/", accounts.create, name="create"),
    path("ad-accounts/", accounts.my_accounts, name="my_accounts"),
    path(
        "ad-accounts/<int:ad_account_id>/activity/",
        activity.account_activity,
        name="account_activity",
    ),
    path("ad-accounts/switcher/", switcher.switcher, name="switcher"),
    path(_ACCOUNTS + "link/", links.link, name="link"),
    path(_ACCOUNTS + "link-requests/", links.link_requests, name="link_requests"),
    path(_LINK, links.decide, name="decide_link"),
    path(_LINK + "withdraw/", links.withdraw, name="withdraw_link"),
    path(_ACCOUNT, general.account_settings, name="settings"),
    path(_ACCOUNT + "created/", general.created, name="created"),
    path(_ACCOUNT + "disable/", general.disable, name="disable"),
    path(_ACCOUNT + "enable/", general.enable, name="enable"),
    path(_ACCOUNT + "people/", account_people.account_people, name="account_people"),
    path(_ACCOUNT + "spending-cap/", limits.spending_cap, name="spending_cap"),
    path(_ACCOUNT + "spending-cap/reset/", limits.reset_cap, name="reset_cap"),
    path(_ACCOUNT + "defaults/", limits.account_defaults, name="account_defaults"),
    path(_ACCOUNT + "blocked-words/", limits.blocked_words, name="blocked_words"),
    path(_SHARED, shared.shared_account, name="shared_account"),
    path(_SHARED + "give-up/", shared.give_up, name="give_up"),
    path(_PARTNERS, partners.partner_list, name="partner_list"),
    path(_PARTNER, partners.partner, name="partner"),
    path(_PARTNER + "share/", partners.share, name="share"),
    path(_PARTNER + "assets/", partners.asset_share, name="asset_share"),
    path(_PARTNER + "accounts/<int:ad_account_id>/stop/", partners.unshare, name="unshare"),
    path(_PARTNER + "remove/", partners.remove, name="remove_partner"),
    path(_GROUPS, groups.group_list, name="group_list"),
    path(_GROUP, groups.group, name="group"),
    path(_GROUP + "accounts/", groups.group_account, name="group_account"),
    path(_GROUP + "members/", groups.group_member, name="group_member"),
    path(_GROUP + "delete/", groups.group_delete, name="group_delete"),
    path(_ASSETS, register.asset_list, name="asset_list"),
    path(_ASSETS + "new/", register.asset_create, name="asset_create"),
    path(_ASSETS + "<int:asset_id>/assign/", register.assign_to_me, name="assign_to_me"),
    path(_ASSET, asset.asset, name="asset"),
    path(_ASSET + "people/", asset.asset_person, name="asset_person"),
    path(_ASSET + "accounts/", asset.asset_account, name="asset_account"),
    path(_ASSET + "remove/", asset.asset_remove, name="asset_remove"),
]
