"""Which help belongs to which page: the areas of templates/help and the names of their pages."""

FIRST_STEPS = "first_steps"

_AREAS = {
    FIRST_STEPS: "accounts:help",
    "overview": "reporting:business_overview",
    "account_overview": "reporting:account_overview",
    "report": "reporting:report",
    "campaigns": "campaigns:campaign_list campaigns:ad_group_list campaigns:ad_list",
    "campaign": "campaigns:campaign campaigns:ad campaigns:creative_usage",
    "why": "campaigns:why campaigns:why_list",
    "create_campaign": """campaigns:campaign_create campaigns:ad_group_create campaigns:ad_create
        campaigns:campaign_edit campaigns:ad_group_edit campaigns:ad_edit campaigns:duplicate""",
    "stop_campaign": """campaigns:stop campaigns:campaign_delete campaigns:ad_group_delete
        campaigns:ad_delete""",
    "creatives": "assets:creative_list assets:creative",
    "ad_accounts": """adaccounts:account_list adaccounts:my_accounts adaccounts:link
        adaccounts:link_requests adaccounts:decide_link adaccounts:shared_account
        adaccounts:give_up""",
    "create_account": "adaccounts:create adaccounts:created",
    "account_settings": """adaccounts:settings adaccounts:account_people adaccounts:spending_cap
        adaccounts:account_defaults adaccounts:blocked_words adaccounts:disable""",
    "users": """adaccounts:user_list adaccounts:edit_user adaccounts:remove_user
        adaccounts:unused_access adaccounts:leave""",
    "invitations": """adaccounts:invite adaccounts:edit_invitation adaccounts:revoke_invitation
        adaccounts:join""",
    "access": """adaccounts:request_list adaccounts:decide_request adaccounts:access_checker
        adaccounts:access_help adaccounts:ask_admin""",
    "partners": """adaccounts:partner_list adaccounts:partner adaccounts:unshare
        adaccounts:remove_partner""",
    "assets": """adaccounts:asset_list adaccounts:asset_create adaccounts:asset
        adaccounts:asset_remove""",
    "asset_groups": "adaccounts:group_list adaccounts:group adaccounts:group_delete",
    "finance": "billing:overview billing:account billing:top_up",
    "payment_methods": """billing:payment_methods billing:remove_payment_method
        billing:account_payment""",
    "invoices": "billing:invoice_list billing:invoice billing:pay_invoice",
    "settings": "accounts:settings accounts:legal",
    "business_security": "accounts:business_security accounts:send_reset",
    "profile": "accounts:profile",
    "security": """accounts:security account_email account_change_password account_set_password
        account_reauthenticate usersessions_list mfa_index mfa_activate_totp mfa_deactivate_totp
        mfa_view_recovery_codes mfa_generate_recovery_codes mfa_reauthenticate
        mfa_reauthenticate_webauthn mfa_list_webauthn mfa_add_webauthn mfa_edit_webauthn
        mfa_remove_webauthn""",
    "notifications": "accounts:notifications accounts:notification_preferences",
    "activity": "accounts:activity accounts:own_activity adaccounts:account_activity",
    "developer": """accounts:developer accounts:renew_secret accounts:revoke_app
        accounts:consent""",
    "verification": "accounts:verification",
    "set_up": """accounts:setup accounts:setup_step accounts:start_setup_over accounts:setup_done
        billing:setup_payment""",
    "clock": "practice:clock",
    "desk": "practice:desk",
    "mailbox": "practice:mailbox practice:message",
}
AREA_OF = {page: area for area, pages in _AREAS.items() for page in pages.split()}


def help_about(page: str) -> str:
    """The area that explains the page of this name; how to begin, for a name without one."""
    return AREA_OF.get(page, FIRST_STEPS)
