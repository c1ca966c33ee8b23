"""Set-up and verification at the same moment: sent twice, decided twice."""

from datetime import datetime, timedelta

import pytest

from accounts.models import (
    ActivityEntry,
    BusinessCenter,
    BusinessSetup,
    Membership,
    TermsAcceptance,
    Verification,
)
from accounts.services import (
    AlreadyDecided,
    AlreadySubmitted,
    complete_setup,
    decide_due_verifications,
    judge_verification,
    save_setup_step,
)
from billing.models import PaymentMethod
from billing.services import add_card
from bizcenter.clock.models import PracticeClock
from tests.accounts.setup.steps import BUSINESS, NAME
from tests.factories.accounts import Cast, make_person
from tests.factories.billing import make_card
from tests.factories.papers import send_documents
from tests.races.money_threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def test_accepting_the_terms_twice_founds_one(practice_clock: PracticeClock, at: datetime) -> None:
    founder = make_person()
    for step, values in (
        ("business", BUSINESS),
        ("name", NAME),
        ("documents", {"skipped": True}),
        ("payment", {"skipped": True}),
    ):
        save_setup_step(user=founder, step=step, values=values, is_done=True, at=at)
    setup = BusinessSetup.objects.get()

    def accept() -> BusinessCenter:
        return complete_setup(setup=setup, version="2026-01", at=at)

    first, second = at_once(accept, accept)

    assert first == second == BusinessCenter.objects.get()
    assert Membership.objects.count() == TermsAcceptance.objects.count() == 1


def test_two_tabs_begin_one_set_up(practice_clock: PracticeClock, at: datetime) -> None:
    founder = make_person()

    def begin() -> BusinessSetup:
        return save_setup_step(user=founder, step="business", values=BUSINESS, is_done=True, at=at)

    assert len({setup.pk for setup in at_once(begin, begin)}) == 1


def test_documents_sent_twice_make_one_attempt(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    answers = at_once(*[lambda: send_documents(business_center, cast.ben, at)] * 2)

    assert {type(answer) for answer in answers} == {Verification, AlreadySubmitted}


def test_trainer_and_rule_decide_once(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    attempt = send_documents(business_center, cast.ben, at)

    answers = at_once(
        lambda: decide_due_verifications(until=at + DAY),
        lambda: decide_due_verifications(until=at + DAY),
        lambda: judge_verification(verification=attempt, approve=True, actor=cast.tom, at=at),
    )

    assert ActivityEntry.objects.filter(action="verification_verified").count() == 1
    assert isinstance(answers[2], Verification | AlreadyDecided)


def test_two_first_methods_make_one_default(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    by = {"owner": business_center, "actor": cast.fay, "at": at}

    at_once(
        lambda: add_card(card=make_card(), **by),
        lambda: add_card(card=make_card("5555555555554444"), **by),
    )

    assert PaymentMethod.objects.filter(is_default=True).count() == 1
    assert PaymentMethod.objects.count() == 2
