"""A Business Center requires two-step sign-in, and allows certain e-mail addresses only."""

from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import ActivityEntry, BusinessCenter, Membership, User
from accounts.services import (
    EmailDomainNotAllowed,
    InvalidDomain,
    check_email_allowed,
    clean_domains,
    update_security,
)
from tests.factories.accounts import Cast

from .steps import code_now, with_two_steps

SET_UP = "/account/2fa/totp/activate/"
Browsers = Callable[[User], Client]
Bind = BusinessCenter.DomainsBind


@pytest.fixture
def strict(cast: Cast, business_center: BusinessCenter, at: datetime) -> BusinessCenter:
    """Northwind requires two steps; Ben has them."""
    return update_security(
        business_center=business_center,
        email_domains=[],
        email_domains_bind=Bind.EVERYBODY,
        requires_two_step=True,
        actor=with_two_steps(cast.ben),
        at=at,
    )


def save(browser: Client, here: BusinessCenter, **rules: str):
    rules = {"email_domains": "", "email_domains_bind": "everybody"} | rules
    return browser.post(f"/bc/{here.pk}/settings/security/", rules)


def test_a_member_without_it_is_led_there_and_comes_back(
    cast: Cast, strict: BusinessCenter, client_of: Browsers
) -> None:
    browser = client_of(cast.mia)
    page = f"/bc/{strict.pk}/ad-accounts/?q=usd"

    led = browser.get(page)
    assert led.headers["Location"] == SET_UP
    shown = browser.get(SET_UP)
    assert "Northwind requires it" in shown.content.decode()

    done = browser.post(SET_UP, {"code": code_now(shown.context["form"].secret)})
    assert "/account/go-on" not in done.headers["Location"]
    assert "/security/go-on/" in browser.get(done.headers["Location"]).content.decode()
    assert browser.get("/security/go-on/").headers["Location"] == page
    assert browser.get(page).status_code == 200


def test_nothing_is_done_for_who_must_set_it_up_first(
    cast: Cast, strict: BusinessCenter, client_of: Browsers
) -> None:
    answer = client_of(cast.fay).post(f"/bc/{strict.pk}/settings/", {"name": "Mine"})

    assert answer.headers["Location"] == SET_UP


def test_a_fragment_leads_the_whole_page_there(
    cast: Cast, strict: BusinessCenter, client_of: Browsers
) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/bc/{strict.pk}/"}
    browser = client_of(cast.mia)

    answer = browser.get(f"/bc/{strict.pk}/ad-accounts/", headers=here)

    assert answer.headers["HX-Redirect"] == SET_UP
    assert browser.session["wanted_page"] == f"/bc/{strict.pk}/"


@pytest.mark.parametrize(
    "page", ["/security/", "/profile/", "/notifications/", "/practice/mailbox/", "/account/logout/"]
)
def test_own_pages_stay_open(
    cast: Cast, strict: BusinessCenter, client_of: Browsers, page: str
) -> None:
    assert client_of(cast.mia).get(page).status_code == 200


def test_people_elsewhere_and_people_who_have_it_are_left_alone(
    cast: Cast, strict: BusinessCenter, client_of: Browsers
) -> None:
    assert client_of(cast.ben).get(f"/bc/{strict.pk}/ad-accounts/").status_code == 200
    assert client_of(cast.carl).get("/ad-accounts/").status_code == 200


def test_who_turns_it_off_is_led_there_again(
    cast: Cast, strict: BusinessCenter, client_of: Browsers
) -> None:
    browser = client_of(cast.ben)
    Authenticator.objects.filter(user=cast.ben).delete()

    assert browser.get(f"/bc/{strict.pk}/").headers["Location"] == SET_UP


def test_asking_costs_no_query(
    cast: Cast, business_center: BusinessCenter, client_of: Browsers
) -> None:
    browser = client_of(cast.ben)
    browser.get("/security/go-on/")

    with CaptureQueriesContext(connection) as queries:
        browser.get("/security/go-on/")

    assert len(queries) == 2  # the session and its person


def test_an_admin_without_it_cannot_require_it(
    cast: Cast, business_center: BusinessCenter, client_of: Browsers
) -> None:
    answer = save(client_of(cast.ben), business_center, requires_two_step="on")

    assert answer.status_code == 422
    assert "Set up two-step sign-in for yourself first" in answer.content.decode()
    business_center.refresh_from_db()
    assert not business_center.requires_two_step


def test_the_rules_are_saved_and_logged(
    cast: Cast, business_center: BusinessCenter, client_of: Browsers
) -> None:
    browser = client_of(with_two_steps(cast.ben))

    save(browser, business_center, requires_two_step="on", email_domains="@Northwind.example\n")

    business_center.refresh_from_db()
    assert business_center.email_domains == ["northwind.example"]
    entry = ActivityEntry.objects.get(action="update_security")
    assert entry.before == {"email_domains": [], "requires_two_step": False}
    assert entry.after == {"email_domains": ["northwind.example"], "requires_two_step": True}


def test_admins_outside_the_domains_are_named(
    cast: Cast, business_center: BusinessCenter, client_of: Browsers
) -> None:
    save(client_of(cast.ben), business_center, email_domains="company.com")

    page = client_of(cast.ben).get(f"/bc/{business_center.pk}/settings/security/")

    assert "Admins outside these domains" in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["company", "a@b.com", "http://company.com", "a b", "-x.com", "x" * 101 + ".com"]
)
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(InvalidDomain):
        clean_domains([typed])


def test_domains_are_compared_as_names_are_looked_up() -> None:
    assert clean_domains(["Müller.de", " @MÜLLER.de", "b.com"]) == ["xn--mller-kva.de", "b.com"]


@pytest.mark.parametrize(
    ("bind", "role", "email", "allowed"),
    [
        (Bind.EVERYBODY, Membership.Role.STANDARD, "a@company.com", True),
        (Bind.EVERYBODY, Membership.Role.STANDARD, "a@COMPANY.com", True),
        (Bind.EVERYBODY, Membership.Role.STANDARD, "a@evilcompany.com", False),
        (Bind.EVERYBODY, Membership.Role.STANDARD, "a@company.com.evil.example", False),
        (Bind.ADMINS, Membership.Role.STANDARD, "a@elsewhere.com", True),
        (Bind.ADMINS, Membership.Role.ADMIN, "a@elsewhere.com", False),
    ],
)
def test_addresses_at_the_domains_are_allowed(
    business_center: BusinessCenter, bind: str, role: str, email: str, allowed: bool
) -> None:
    business_center.email_domains = ["company.com"]
    business_center.email_domains_bind = bind

    if allowed:
        check_email_allowed(business_center, email, role)
    else:
        with pytest.raises(EmailDomainNotAllowed):
            check_email_allowed(business_center, email, role)
