"""Every form either asks people who signed in long ago to confirm that it is they, or stands here
with the reason why it need not."""

import pytest
from django.db import transaction
from django.test import Client

from tests.factories.accounts import Cast, mark_as_just_signed_in

from .routes import ROUTES
from .test_access import address_of, own_things, world

__all__ = ["world"]
HOUR = 3600
NOT_ASKED = {
    # Founding a Business Center, and what it tells the reviewers: nobody else's things are touched.
    "accounts:setup_step", "accounts:start_setup_over", "accounts:verification",
    "accounts:remove_setup_document", "billing:setup_payment",
    # Facts, not rights: what invoices and ads carry.
    "accounts:legal", "accounts:settings", "accounts:confirm_review", "accounts:profile",
    "adaccounts:create", "adaccounts:settings", "adaccounts:account_defaults",
    "adaccounts:blocked_words", "adaccounts:asset_create", "adaccounts:asset_account",
    # A person's own reading.
    "accounts:end_tour", "accounts:read_notifications", "accounts:notification_preferences",
    # Closing one's own other sessions must be quick.
    "accounts:end_sessions", "usersessions_list",
    # They ask in their own way: for the password, or on the step that changes something.
    "account_email", "account_change_password", "account_set_password", "account_reauthenticate",
    "mfa_deactivate_totp", "mfa_download_recovery_codes",
    # Asking and taking back what was asked; looking for people; letting access be as it is.
    "adaccounts:ask_admin", "adaccounts:link", "adaccounts:withdraw_link", "adaccounts:pick",
    "adaccounts:keep_user",
    # The trainer's.
    "practice:change_speed", "practice:jump", "practice:cancel_jump",
    "practice:decide_verification", "practice:decide_ad_account",
    "practice:change_account_state", "practice:switch_over_delivery",
    "practice:delay_processing", "practice:delay_processing_of", "practice:lift_delay",
}  # fmt: skip
# Daily work.
ROOMS = ("campaigns:", "assets:")


@pytest.mark.parametrize("name", ["ben", "fay", "tom"])
def test_delicate_forms_ask_again(cast: Cast, world: dict[str, object], name: str) -> None:
    person = cast.everyone[name]
    world |= own_things(person)
    browser = Client()
    browser.force_login(person)
    mark_as_just_signed_in(browser, person, seconds_ago=HOUR)

    wrong = []
    for route_name, route in ROUTES.items():
        if route.post is None or name not in route.who.enter.split():
            continue
        with transaction.atomic():
            sent = {"csrfmiddlewaretoken": "x"} | route.data
            answer = browser.post(address_of(route_name, world), sent)
            transaction.set_rollback(True)
        asks = "/reauthenticate/" in answer.headers.get("Location", "")
        if asks == (route_name in NOT_ASKED or route_name.startswith(ROOMS)):
            wrong.append(route_name)

    assert wrong == []


def test_a_new_address_is_not_taken_from_an_old_session(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.ben)
    mark_as_just_signed_in(browser, cast.ben, seconds_ago=HOUR)

    answer = browser.post("/account/email/", {"email": "new@x.example", "action_add": ""})

    assert "/reauthenticate/" in answer.headers["Location"]
