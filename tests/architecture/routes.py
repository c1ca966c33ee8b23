"""Who may open which page: one line a route. A new route is added here, or the tests fail.

`get` and `post` are the status that people who may enter are answered (POST without input unless
`data` says otherwise), with exceptions in `but`; None means the method is not allowed. Everybody
named neither in `enter` nor in `refused` is a stranger there and is answered 404.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Who:
    enter: str
    refused: str = ""


EVERYBODY = Who("ben mia ana fay tom carl stranger")
MEMBERS = Who("ben mia ana fay")
ADMINS = Who("ben", refused="mia ana fay")
FINANCE = Who("ben fay", refused="mia ana")
TRAINERS = Who("tom", refused="ben mia ana fay carl stranger")
IN_ACCOUNT = Who("ben mia ana carl", refused="fay")
IN_SIGHT = Who("ben mia ana fay carl")
CAMPAIGNERS = Who("ben mia carl", refused="ana fay")
ACCOUNT_ADMINS = Who("ben", refused="mia ana carl fay")
ACCOUNT_FINANCE = Who("ben fay", refused="mia ana carl")


@dataclass(frozen=True)
class Route:
    who: Who
    get: int | None = 200
    post: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    but: dict[str, int] = field(default_factory=dict)


PUBLIC = {
    "landing": 200,
    "accounts:setup": 200,
    "accounts:terms": 200,
    "healthz": 200,
    "readyz": 200,
    # A token that was never sent is answered with a page that says so.
    "adaccounts:join": 404,
    "account_login": 200,
    "account_signup": 200,
    "account_inactive": 200,
    "account_email_verification_sent": 200,
    "account_confirm_email": 200,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_reset_password_from_key": 200,
    "account_reset_password_from_key_done": 200,
    # Leads to the sign-in when no code was asked for.
    "account_confirm_login_code": 302,
    # Leads to the sign-in when no code is due.
    "mfa_authenticate": 302,
    "mfa_login_webauthn": 302,
    # Nothing to sign out of: leads to the landing page.
    "account_logout": 302,
}

ROUTES = {
    "home": Route(EVERYBODY, get=302),
    # Without a begun set-up only its first step is reachable.
    "accounts:setup_step": Route(EVERYBODY, post=422),
    "accounts:start_setup_over": Route(EVERYBODY, get=302, post=302),
    "accounts:remove_setup_document": Route(Who(enter="", refused=""), get=None),
    "accounts:setup_done": Route(ADMINS),
    "accounts:verification": Route(ADMINS, post=422),
    "accounts:verification_document": Route(ADMINS),
    "accounts:legal": Route(ADMINS, post=422),
    "billing:setup_payment": Route(EVERYBODY, get=302, post=302),
    "billing:payment_methods": Route(FINANCE, post=422),
    "billing:default_payment_method": Route(FINANCE, get=None, post=302),
    "billing:remove_payment_method": Route(FINANCE, post=302),
    "billing:account_payment": Route(ACCOUNT_FINANCE, post=302),
    "accounts:settings": Route(ADMINS, post=422),
    "accounts:activity": Route(ADMINS),
    "accounts:activity_csv": Route(ADMINS),
    "accounts:own_activity": Route(EVERYBODY),
    "accounts:confirm_review": Route(ADMINS, get=None, post=302),
    "accounts:help": Route(EVERYBODY),
    "accounts:end_tour": Route(EVERYBODY, get=None, post=302, data={"tour": "home"}),
    "accounts:notifications": Route(EVERYBODY),
    "accounts:read_notifications": Route(EVERYBODY, get=None, post=302),
    "accounts:open_notification": Route(EVERYBODY, get=302),
    "accounts:notification_preferences": Route(EVERYBODY, post=422),
    "accounts:profile": Route(EVERYBODY, post=422),
    "accounts:developer": Route(EVERYBODY),
    "accounts:create_app": Route(EVERYBODY, get=None, post=422),
    "accounts:renew_secret": Route(Who("ben"), post=200),
    "accounts:revoke_app": Route(Who("ben"), post=302),
    "accounts:create_token": Route(EVERYBODY, get=None, post=422),
    "accounts:revoke_token": Route(EVERYBODY, get=None, post=302),
    "accounts:consent": Route(EVERYBODY, get=200, post=302, query="app_id={app_id}"),
    "accounts:security": Route(EVERYBODY),
    "accounts:end_sessions": Route(EVERYBODY, get=None, post=302),
    "accounts:go_on": Route(EVERYBODY, get=302),
    "accounts:business_security": Route(ADMINS, post=422),
    "accounts:send_reset": Route(ADMINS, post=302),
    "account_email": Route(EVERYBODY, post=302),
    "account_change_password": Route(EVERYBODY, post=200),
    "account_set_password": Route(EVERYBODY, get=302, post=302),
    "account_reauthenticate": Route(EVERYBODY, post=200),
    "usersessions_list": Route(EVERYBODY, post=302),
    "mfa_index": Route(EVERYBODY),
    "mfa_activate_totp": Route(EVERYBODY, post=200),
    # Of one's own two-step sign-in, which nobody here has set up.
    "mfa_deactivate_totp": Route(EVERYBODY, get=404, post=404),
    "mfa_view_recovery_codes": Route(EVERYBODY, get=404),
    "mfa_download_recovery_codes": Route(EVERYBODY, get=404, post=404),
    "mfa_generate_recovery_codes": Route(EVERYBODY, post=200),
    "mfa_reauthenticate": Route(EVERYBODY, get=302, post=302),
    "mfa_reauthenticate_webauthn": Route(EVERYBODY, get=302, post=302),
    "mfa_list_webauthn": Route(EVERYBODY),
    "mfa_add_webauthn": Route(EVERYBODY, post=200),
    "mfa_edit_webauthn": Route(EVERYBODY, get=404, post=404),
    "mfa_remove_webauthn": Route(EVERYBODY, get=404, post=404),
    "adaccounts:user_list": Route(ADMINS),
    "adaccounts:invite": Route(ADMINS, post=422),
    "adaccounts:pick": Route(ADMINS, get=None, post=200),
    "adaccounts:edit_user": Route(ADMINS, post=422),
    "adaccounts:remove_user": Route(ADMINS, post=302),
    "adaccounts:keep_user": Route(ADMINS, get=None, post=302),
    "adaccounts:edit_invitation": Route(ADMINS, post=422),
    "adaccounts:resend_invitation": Route(ADMINS, get=None, post=302),
    "adaccounts:revoke_invitation": Route(ADMINS, post=302),
    "adaccounts:unused_access": Route(ADMINS),
    "adaccounts:access_checker": Route(ADMINS),
    "adaccounts:access_help": Route(ADMINS),
    "adaccounts:request_list": Route(ADMINS),
    "adaccounts:decide_request": Route(ADMINS, post=302),
    "adaccounts:leave": Route(MEMBERS, post=302),
    # Sent without a permission it is nothing that could be asked for.
    "adaccounts:ask_admin": Route(
        IN_SIGHT, post=404, query="permission=manage_campaigns&ad_account={ad_account_id}"
    ),
    "adaccounts:account_list": Route(MEMBERS),
    "adaccounts:create": Route(ADMINS, post=422),
    # Who has nothing at all yet is led to creating a Business Center.
    "adaccounts:my_accounts": Route(EVERYBODY, but={"tom": 302, "stranger": 302}),
    "adaccounts:switcher": Route(EVERYBODY),
    "adaccounts:account_activity": Route(ACCOUNT_ADMINS),
    "adaccounts:settings": Route(ACCOUNT_ADMINS, post=422),
    "adaccounts:created": Route(ACCOUNT_ADMINS),
    "adaccounts:disable": Route(ACCOUNT_ADMINS, post=302),
    "adaccounts:enable": Route(ACCOUNT_ADMINS, get=None, post=302),
    "adaccounts:account_people": Route(ACCOUNT_ADMINS, post=302),
    "adaccounts:spending_cap": Route(ACCOUNT_ADMINS, post=422),
    "adaccounts:reset_cap": Route(ACCOUNT_ADMINS, get=None, post=302),
    "adaccounts:account_defaults": Route(ACCOUNT_ADMINS, post=302),
    "adaccounts:blocked_words": Route(ACCOUNT_ADMINS, post=302),
    "adaccounts:link": Route(ADMINS, post=422),
    "adaccounts:link_requests": Route(ADMINS),
    "adaccounts:decide_link": Route(ADMINS, post=422),
    # The request was made by somebody else.
    "adaccounts:withdraw_link": Route(ADMINS, get=None, post=404),
    # The ad account is one's own and not shared.
    "adaccounts:shared_account": Route(ADMINS, get=404, post=404),
    "adaccounts:give_up": Route(ADMINS, get=404, post=404),
    "adaccounts:partner_list": Route(ADMINS, post=422),
    "adaccounts:partner": Route(ADMINS),
    "adaccounts:share": Route(ADMINS, get=None, post=302),
    "adaccounts:asset_share": Route(ADMINS, get=None, post=302),
    "adaccounts:unshare": Route(ADMINS, post=302),
    "adaccounts:remove_partner": Route(ADMINS, post=302),
    "adaccounts:group_list": Route(ADMINS, post=422),
    "adaccounts:group": Route(ADMINS, post=422),
    # Sent without an ad account or a member.
    "adaccounts:group_account": Route(ADMINS, get=None, post=404),
    "adaccounts:group_member": Route(ADMINS, get=None, post=404),
    "adaccounts:group_delete": Route(ADMINS, post=302),
    "adaccounts:asset_list": Route(MEMBERS),
    "adaccounts:asset_create": Route(ADMINS, post=422),
    "adaccounts:assign_to_me": Route(ADMINS, get=None, post=302),
    "adaccounts:asset": Route(ADMINS, post=422),
    "adaccounts:asset_person": Route(ADMINS, get=None, post=302),
    "adaccounts:asset_account": Route(
        ADMINS, get=None, post=302, data={"act": "remove", "ad_account": "1"}
    ),
    "adaccounts:asset_remove": Route(ADMINS, post=302),
    "assets:creative_list": Route(IN_ACCOUNT),
    "assets:upload": Route(CAMPAIGNERS, get=None, post=422),
    "assets:creative": Route(IN_ACCOUNT),
    "assets:file": Route(IN_ACCOUNT),
    "assets:cover": Route(IN_ACCOUNT),
    "billing:overview": Route(FINANCE),
    "billing:account_figures": Route(EVERYBODY),
    "billing:account": Route(ACCOUNT_FINANCE),
    "billing:cap_progress": Route(ACCOUNT_ADMINS),
    "billing:transactions_csv": Route(ACCOUNT_FINANCE),
    "billing:top_up": Route(ACCOUNT_FINANCE, post=422),
    "billing:invoice_list": Route(ACCOUNT_FINANCE),
    "billing:invoice": Route(ACCOUNT_FINANCE),
    "billing:invoice_pdf": Route(ACCOUNT_FINANCE),
    "billing:invoice_csv": Route(ACCOUNT_FINANCE),
    # The invoice is paid already: both lead back to it.
    "billing:pay_invoice": Route(ACCOUNT_FINANCE, get=302, post=302),
    "campaigns:campaign_list": Route(IN_ACCOUNT),
    "campaigns:ad_group_list": Route(IN_ACCOUNT),
    "campaigns:ad_list": Route(IN_ACCOUNT),
    "campaigns:campaign_export": Route(IN_ACCOUNT),
    "campaigns:ad_group_export": Route(IN_ACCOUNT),
    "campaigns:ad_export": Route(IN_ACCOUNT),
    "campaigns:campaign_create": Route(CAMPAIGNERS, post=422),
    "campaigns:ad_group_create": Route(CAMPAIGNERS, post=422, query="campaign={campaign_id}"),
    "campaigns:ad_create": Route(CAMPAIGNERS, post=422, query="ad_group={ad_group_id}"),
    "campaigns:audience": Route(CAMPAIGNERS),
    "campaigns:ad_preview": Route(CAMPAIGNERS),
    "campaigns:creative_picker": Route(CAMPAIGNERS),
    "campaigns:creative_usage": Route(IN_ACCOUNT),
    "campaigns:campaign": Route(IN_ACCOUNT),
    "campaigns:state": Route(IN_ACCOUNT),
    "campaigns:campaign_edit": Route(CAMPAIGNERS, post=422),
    "campaigns:duplicate": Route(CAMPAIGNERS, post=302),
    "campaigns:campaign_delete": Route(CAMPAIGNERS, get=200, post=302),
    "campaigns:stop": Route(CAMPAIGNERS, post=422),
    "campaigns:campaign_switch_on": Route(CAMPAIGNERS, get=None, post=302),
    "campaigns:ad_group_edit": Route(CAMPAIGNERS, post=422),
    "campaigns:ad_group_switch": Route(CAMPAIGNERS, get=None, post=302),
    "campaigns:ad_group_delete": Route(CAMPAIGNERS, get=200, post=302),
    "campaigns:ad": Route(IN_ACCOUNT),
    "campaigns:why": Route(IN_ACCOUNT),
    "campaigns:why_export": Route(IN_ACCOUNT),
    "campaigns:why_list": Route(IN_ACCOUNT),
    "campaigns:ad_edit": Route(CAMPAIGNERS, post=422),
    "campaigns:ad_switch": Route(CAMPAIGNERS, get=None, post=302),
    "campaigns:ad_delete": Route(CAMPAIGNERS, get=200, post=302),
    "reporting:business_overview": Route(MEMBERS),
    "reporting:account_overview": Route(IN_ACCOUNT),
    "reporting:report": Route(IN_ACCOUNT),
    "reporting:report_csv": Route(IN_ACCOUNT),
    "practice:clock": Route(EVERYBODY),
    "practice:change_speed": Route(TRAINERS, get=None, post=302),
    "practice:jump": Route(TRAINERS, get=None, post=422),
    "practice:cancel_jump": Route(TRAINERS, get=None, post=302),
    "practice:progress": Route(EVERYBODY),
    "practice:chip": Route(EVERYBODY),
    "practice:desk": Route(TRAINERS),
    # Nothing is decided without a verdict: the form says so.
    "practice:decide_verification": Route(TRAINERS, get=None, post=422),
    "practice:decide_ad_account": Route(TRAINERS, get=None, post=422),
    "practice:change_account_state": Route(TRAINERS, get=None, post=302),
    "practice:switch_over_delivery": Route(TRAINERS, get=None, post=302),
    "practice:delay_processing": Route(TRAINERS, get=None, post=302),
    "practice:delay_processing_of": Route(TRAINERS, get=None, post=302),
    "practice:lift_delay": Route(TRAINERS, get=None, post=302),
    "practice:document": Route(TRAINERS),
    "practice:mailbox": Route(EVERYBODY),
    "practice:message": Route(EVERYBODY),
}

# Calls of the Business API that come without a token: they are how one gets or gives up a token.
PUBLIC_CALLS = {"oauth2/access_token/", "oauth2/revoke_token/"}
