"""Every address is public by name, or the cast is answered as its line in `routes` says."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.core.mail import send_mail
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import AccessToken, BusinessCenter, Notification, Topic, User
from accounts.permissions import Preset
from accounts.queries import membership_of
from accounts.services import create_developer_app, issue_access_token, notify
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission, preset_access
from adaccounts.services import ask_for_access, invite_person
from billing.services import add_paypal
from bizcenter.clock import queries as clock
from bizcenter.practice.models import PracticeMessage
from campaigns.services import delay_processing
from tests.factories.accounts import CAST, Cast
from tests.factories.billing import make_invoice
from tests.factories.campaigns import make_tree
from tests.factories.papers import send_documents
from tests.factories.sharing import things_of_sharing

from .routes import PUBLIC, PUBLIC_CALLS, ROUTES, Route

API = "open_api/"
# Keys of links in messages; a wrong one is answered with a page that says so.
KEYS = {"key": "x", "uidb36": "1", "token": "x"}


def patterns(
    resolver: URLResolver, names: tuple[str, ...] = (), path: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """(name, path, pattern) of every address of the project."""
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield ":".join((*names, entry.name or "")), here, entry
        else:
            deeper = (*names, entry.namespace) if entry.namespace else names
            yield from patterns(entry, deeper, here)


EVERY = list(patterns(get_resolver()))
PAGES = {name: path for name, path, _ in EVERY if not path.startswith(API)}
# In both ways to write them: <int:name> and (?P<name>…).
ARGUMENTS = re.compile(r"<(?:\w+:)?(\w+)>")
CALLS = sorted(path for _, path, _ in EVERY if path.startswith(API) and "(" not in path)


@pytest.fixture
def world(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, settings
) -> dict[str, object]:
    """One of everything that an address can name."""
    settings.EMAIL_BACKEND = "bizcenter.practice.mail.PracticeMailbox"
    invoice = make_invoice(ad_account, date(2026, 10, 1))
    tree = make_tree(ad_account, at)
    app, _ = create_developer_app(
        owner=cast.ben, name="Tool", redirect_uris=["https://t.example/"], at=at
    )
    invitation = invite_person(
        business_center=business_center,
        email="new@northwind.example",
        access=preset_access(Preset.FINANCE),
        actor=cast.ben,
        at=at,
    )
    request = ask_for_access(
        user=cast.ana,
        permission=Permission.MANAGE_CAMPAIGNS,
        business_center=business_center,
        ad_account=ad_account,
        at=at,
    )
    attempt = send_documents(business_center, cast.ben, at)
    method = add_paypal(owner=business_center, email="fay@northwind.example", actor=cast.fay, at=at)
    return {
        "step": "business",
        "verification_id": attempt.pk,
        "document_id": attempt.documents.get().pk,
        "method_id": method.pk,
        "business_center_id": business_center.pk,
        "invitation_id": invitation.pk,
        "request_id": request.pk,
        "kind_name": "accounts",
        "ad_account_id": ad_account.pk,
        "campaign_id": tree.campaign.pk,
        "ad_group_id": tree.group.pk,
        "ad_id": tree.ad.pk,
        "creative_id": tree.ad.creative_id,
        "invoice_id": invoice.pk,
        "membership_id": membership_of(cast.mia, business_center).pk,
        "user_id": cast.mia.pk,
        "jump_id": 1,
        "fault_id": delay_processing(ad_account=None, minutes=10, actor=None, at=at).pk,
        "app_id": app.pk,
        "pk": 1,
        **things_of_sharing(cast, business_center, at),
        **KEYS,
    }


def own_things(person: User) -> dict[str, object]:
    """What belongs to the person alone."""
    issue_access_token(user=person, at=clock.now())
    notify(users=[person], key="own", topic=Topic.STOP, text="…", at=clock.now(), email=False)
    send_mail("For you", "…", None, [person.email])
    return {
        "token_id": AccessToken.objects.get(user=person).pk,
        "notification_id": Notification.objects.get(user=person, key="own").pk,
        "message_id": PracticeMessage.objects.latest("id").pk,
    }


def address_of(name: str, world: dict[str, object]) -> str:
    wanted = ARGUMENTS.findall(PAGES[name])
    url = reverse(name, kwargs={key: world[key] for key in wanted})
    query = ROUTES[name].query if name in ROUTES else ""
    return f"{url}?{query.format(**world)}" if query else url


def status(browser: Client, method: str, url: str, data: dict[str, object]) -> int:
    """The answer's status; what the request changed is undone."""
    with transaction.atomic():
        # A browser never posts nothing: the token against forged requests is always there.
        sent = {"csrfmiddlewaretoken": "x"} | data
        answer = browser.get(url) if method == "get" else browser.post(url, sent)
        transaction.set_rollback(True)
    return answer.status_code


def expected(route: Route, method: str, name: str) -> set[int]:
    answer = route.get if method == "get" else route.post
    if name in route.who.enter.split():
        return {405 if answer is None else route.but.get(name, answer)}
    refusal = 403 if name in route.who.refused.split() else 404
    # For a method that is closed to all, either of the two refusals may come first.
    return {refusal, 405} if answer is None else {refusal}


def test_every_page_has_a_line_in_the_table() -> None:
    assert set(PAGES) == set(PUBLIC) | set(ROUTES)


def test_every_page_has_a_name_of_its_own() -> None:
    assert len(PAGES) == sum(not path.startswith(API) for _, path, _ in EVERY)


@pytest.mark.parametrize("name", CAST)
def test_everybody_is_answered_as_the_table_says(
    cast: Cast, world: dict[str, object], client_of: Callable[[User], Client], name: str
) -> None:
    person = cast.everyone[name]
    browser = client_of(person)
    world |= own_things(person)

    wrong = {}
    for route_name, route in ROUTES.items():
        url = address_of(route_name, world)
        for method in ("get", "post"):
            answer = status(browser, method, url, route.data)
            if answer not in expected(route, method, name):
                wrong[f"{method} {route_name}"] = (answer, expected(route, method, name))

    assert wrong == {}, "(answered, expected)"


def test_who_has_not_signed_in_is_led_to_the_sign_in(cast: Cast, world: dict[str, object]) -> None:
    world |= own_things(cast.ben)

    let_in = []
    for name, route in ROUTES.items():
        url = address_of(name, world)
        for method in ("get", "post"):
            answer = Client().get(url) if method == "get" else Client().post(url, route.data)
            led = answer.status_code == 302 and answer.headers["Location"].startswith(
                "/account/login/"
            )
            closed = (route.get if method == "get" else route.post) is None
            if not led and not (closed and answer.status_code == 405):
                let_in.append(f"{method} {name}: {answer.status_code}")

    assert let_in == []


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_answer_everybody(db: None, name: str) -> None:
    assert Client().get(address_of(name, dict(KEYS))).status_code == PUBLIC[name]


@pytest.mark.django_db
@pytest.mark.parametrize("path", CALLS)
def test_the_api_asks_for_a_token(path: str) -> None:
    answers = [Client().get(f"/{path}"), Client().post(f"/{path}", {}, "application/json")]

    codes = {answer.json()["code"] for answer in answers}
    if path.removeprefix("open_api/v1.3/") in PUBLIC_CALLS:
        assert 0 not in codes
    else:
        assert 40104 in codes
        assert codes <= {40104, 40000, 40002, 40003, 40400}
