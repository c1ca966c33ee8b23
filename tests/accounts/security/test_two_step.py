"""Somebody protects their account with codes from their phone."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.test import Client

from accounts.models import ActivityEntry, Notification, SignIn, User
from tests.factories.accounts import Cast

from .steps import (
    CODE_PAGE,
    code_now,
    code_of,
    is_signed_in,
    recovery_codes_of,
    sign_in,
    with_two_steps,
    wrong_code_for,
)

SET_UP = "/account/2fa/totp/activate/"
Browsers = Callable[[User], Client]


def test_setting_it_up_with_the_key_beneath_the_picture(
    cast: Cast, client_of: Browsers, django_capture_on_commit_callbacks
) -> None:
    browser = client_of(cast.ben)
    page = browser.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'data-copy="([A-Z2-7]{32})"', page)[1]

    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(SET_UP, {"code": code_now(secret)})

    assert done.headers["Location"] == "/account/2fa/recovery-codes/"
    shown = browser.get(done.headers["Location"]).content.decode()
    assert all(code in shown for code in recovery_codes_of(cast.ben))
    file = browser.get("/account/2fa/recovery-codes/download/")
    assert recovery_codes_of(cast.ben)[0] in file.content.decode()
    assert "Turned on two-step" in Notification.objects.get(user=cast.ben).text
    assert ActivityEntry.objects.filter(action="add_second_step", actor=cast.ben).exists()


def test_a_wrong_code_does_not_set_it_up(cast: Cast, client_of: Browsers) -> None:
    browser = client_of(cast.ben)
    browser.get(SET_UP)

    answer = browser.post(SET_UP, {"code": "000000"})

    assert "This code is not right" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_password_alone_does_not_open_the_account(cast: Cast) -> None:
    with_two_steps(cast.ben)
    browser = Client()

    asked = sign_in(browser, cast.ben.email)

    assert asked.headers["Location"] == CODE_PAGE
    assert not is_signed_in(browser)
    browser.post(CODE_PAGE, {"code": code_of(cast.ben)})
    assert is_signed_in(browser)
    assert SignIn.objects.get(user=cast.ben).method == "password and code"


def test_a_recovery_code_works_once_and_the_person_is_told(cast: Cast) -> None:
    with_two_steps(cast.ben)
    code = recovery_codes_of(cast.ben)[0]

    opened = []
    for _ in range(2):
        browser = Client()
        sign_in(browser, cast.ben.email)
        browser.post(CODE_PAGE, {"code": code})
        opened.append(is_signed_in(browser))

    assert opened == [True, False]
    told = Notification.objects.get(user=cast.ben, text__contains="recovery code")
    assert "9 are left" in told.text
    assert SignIn.objects.filter(user=cast.ben, method="password and recovery code").count() == 1


@pytest.mark.parametrize("wanted", ["/bc/{bc}/settings/", "/notifications/"])
def test_after_the_code_the_person_is_where_they_wanted(
    cast: Cast, business_center, wanted: str
) -> None:
    with_two_steps(cast.ben)
    page = wanted.format(bc=business_center.pk)
    browser = Client()

    sign_in(browser, cast.ben.email, next=page)
    entered = browser.post(CODE_PAGE, {"code": code_of(cast.ben)})

    assert entered.headers["Location"] == page


def test_turning_it_off_takes_the_recovery_codes_along(cast: Cast, client_of: Browsers) -> None:
    browser = client_of(with_two_steps(cast.ben))

    browser.post("/account/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert Notification.objects.filter(user=cast.ben, text__startswith="Turned off").count() == 1


def test_new_recovery_codes_make_the_old_ones_worthless(
    cast: Cast, client_of: Browsers, django_capture_on_commit_callbacks
) -> None:
    browser = client_of(with_two_steps(cast.ben))
    old = recovery_codes_of(cast.ben)

    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/account/2fa/recovery-codes/generate/")

    assert not set(old) & set(recovery_codes_of(cast.ben))
    assert Notification.objects.filter(user=cast.ben, text__contains="new recovery codes").exists()


def test_a_code_confirms_that_it_is_the_person(cast: Cast, client_of: Browsers) -> None:
    browser = client_of(with_two_steps(cast.ben))

    right = browser.post("/account/2fa/reauthenticate/", {"code": code_of(cast.ben)})
    wrong = browser.post("/account/2fa/reauthenticate/", {"code": wrong_code_for(cast.ben)})

    assert (right.status_code, wrong.status_code) == (302, 200)


def test_the_database_alone_does_not_tell_anybodys_codes(cast: Cast) -> None:
    with_two_steps(cast.ben)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    secret = decrypt(Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"])
    assert len(secret) == 32
    assert secret not in stored
    assert not any(code in stored for code in recovery_codes_of(cast.ben))


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_passkeys_are_nobody_elses_business(cast: Cast, client_of: Browsers, what: str) -> None:
    data = {"name": "Hers", "credential": {}}
    hers = Authenticator.objects.create(user=cast.mia, type="webauthn", data=data)

    for browser, status in ((client_of(cast.ben), 404), (client_of(cast.mia), 200)):
        url = f"/account/2fa/webauthn/keys/{hers.pk}/{what}/"
        assert browser.get(url).status_code == status

    client_of(cast.ben).post(f"/account/2fa/webauthn/keys/{hers.pk}/{what}/", {"name": "Mine"})
    hers.refresh_from_db()
    assert hers.data["name"] == "Hers"
