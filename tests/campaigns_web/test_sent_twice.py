"""A form that is sent twice creates one thing."""

import threading
from collections.abc import Callable
from typing import Any

from django.http import HttpResponseRedirect
from django.test import Client

from campaigns.models import Campaign
from campaigns.web.once import answer_once
from tests.factories.accounts import Cast

from .wishes import CAMPAIGN


def test_sending_the_same_form_twice_creates_one(mia: Client, step: Callable[..., str]) -> None:
    first, again = (mia.post(step("campaign"), CAMPAIGN) for _ in range(2))

    assert Campaign.objects.count() == 1
    assert first.headers["Location"] == again.headers["Location"]

    mia.post(step("campaign"), CAMPAIGN | {"form_token": "another"})
    assert Campaign.objects.count() == 2


def test_a_form_with_mistakes_can_be_sent_again(mia: Client, step: Callable[..., str]) -> None:
    assert mia.post(step("campaign"), CAMPAIGN | {"budget": "1"}).status_code == 422
    assert mia.post(step("campaign"), CAMPAIGN).status_code == 302


def test_two_at_the_same_moment_do_the_work_once(rf: Any, cast: Cast) -> None:
    begun, done, answers = threading.Event(), [], []

    def work() -> HttpResponseRedirect:
        begun.set()
        done.append(1)
        threading.Event().wait(0.2)
        return HttpResponseRedirect("/there/")

    def send() -> None:
        request = rf.post("/", {"form_token": "same"})
        request.user = cast.mia
        answers.append(answer_once(request, work).url)

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done == [1]
    assert answers == ["/there/"] * 3
