"""The practice mailbox: mail is kept, and read by those it was meant for."""

from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import send_mail
from django.test import Client

from bizcenter.practice.models import PracticeMessage
from bizcenter.practice.web.linkify import link_up
from tests.factories.accounts import Cast


@pytest.fixture(autouse=True)
def _mail_is_kept(settings) -> None:
    settings.EMAIL_BACKEND = "bizcenter.practice.mail.PracticeMailbox"


def send(to: str, subject: str = "Ad approved", body: str = "Go on.") -> PracticeMessage:
    send_mail(subject, body, None, [to])
    return PracticeMessage.objects.first()


def subjects(browser: Client) -> list[str]:
    page = browser.get("/practice/mailbox/").context["page"]
    return [message.subject for message in page]


def test_a_message_is_kept_at_practice_time(cast: Cast, at: datetime) -> None:
    message = send("Mia@Northwind.example")

    assert (message.recipients, message.at) == (["mia@northwind.example"], at)
    assert "no-reply@understudy.example" in message.sender


def test_people_read_their_own_mail_and_trainers_all_of_it(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    send(cast.mia.email, "For Mia")
    send(cast.ben.email, "For Ben")

    assert subjects(client_of(cast.mia)) == ["For Mia"]
    assert subjects(client_of(cast.ben)) == ["For Ben"]
    assert subjects(client_of(cast.stranger)) == []
    assert subjects(client_of(cast.tom)) == ["For Ben", "For Mia"]


def test_the_mail_of_others_cannot_be_opened_by_its_address(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    message = send(cast.ben.email, body="Your new password link")

    answers = {
        name: client_of(person).get(f"/practice/mailbox/{message.pk}/").status_code
        for name, person in cast.everyone.items()
    }

    assert {name for name, status in answers.items() if status == 200} == {"ben", "tom"}
    assert set(answers.values()) == {200, 404}


def test_a_visitor_who_did_not_sign_up_here_reads_nothing(cast: Cast) -> None:
    message = send(cast.ben.email)

    for address in ("/practice/mailbox/", f"/practice/mailbox/{message.pk}/"):
        assert Client().get(address).headers["Location"].startswith("/account/login/")


def test_claiming_the_address_of_another_does_not_open_their_mail(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    EmailAddress.objects.create(user=cast.stranger, email=cast.ben.email, verified=False)
    EmailAddress.objects.create(user=cast.stranger, email="new@elsewhere.example")
    send(cast.ben.email, "For Ben")
    send("new@elsewhere.example", "Confirm your new address")

    assert subjects(client_of(cast.stranger)) == ["Confirm your new address"]


def test_links_can_be_clicked_and_lead_to_this_site(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    message = send(cast.mia.email, body="See http://testserver/bc/1/ or https://else.example/x.")

    page = client_of(cast.mia).get(f"/practice/mailbox/{message.pk}/").content.decode()

    assert 'href="/bc/1/"' in page
    assert 'href="https://else.example/x"' in page


def test_markup_in_a_message_stays_text() -> None:
    body = link_up('<script>x</script> https://e.example/?a="><b>', own_hosts=[])

    assert "<script>" not in body
    assert "<b>" not in body


def test_the_page_says_when_mail_is_really_sent(
    cast: Cast, client_of: Callable[..., Client], settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    page = client_of(cast.mia).get("/practice/mailbox/").content.decode()

    assert "E-mail is really sent at present" in page


def test_who_only_signed_up_with_an_address_reads_its_mail_until_somebody_confirms_it(
    cast: Cast,
) -> None:
    """Else whoever once typed the address would read its links to choose a new password."""
    visitor = Client()
    sent = {"name": "Vic", "email": "vic@x.example", "password1": "practice-1234"}
    visitor.post("/account/signup/", sent)
    before = len(subjects(visitor))

    EmailAddress.objects.filter(email="vic@x.example").update(verified=True)
    link = send("vic@x.example", "Choose a new password")

    assert before == 1
    assert subjects(visitor) == []
    assert visitor.get(f"/practice/mailbox/{link.pk}/").status_code == 404


def test_where_mail_is_really_sent_no_visitor_reads_any_here(db: None, settings) -> None:
    """Else a new address could be told from a taken one by whether the mailbox opens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    visitor = Client()
    form = {"name": "Vic", "email": "vic@x.example", "password1": "practice-1234"}

    sent = visitor.post("/account/signup/", form, follow=True).content.decode()

    assert "mailbox" not in sent
    assert visitor.get("/practice/mailbox/").headers["Location"].startswith("/account/login/")
