"""A question about a moment is composed once and answered for each moment anew."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from adaccounts.models import AdAccount
from billing.models import Posting
from bizcenter.lib.asked import SOME_DAY, SOME_TIME, Asked
from tests.factories.billing import fund

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def top_ups(ad_account: AdAccount, at: datetime) -> None:
    """Three, an hour apart."""
    for hours in range(3):
        fund(ad_account, 20_00, at + hours * HOUR)


def test_each_moment_has_its_own_answer(top_ups: None, at: datetime) -> None:
    composed = []

    def ask(moment: datetime) -> QuerySet[Any, Any]:
        composed.append(moment)
        return (
            Posting.objects.filter(kind="top_up", at__lte=moment).order_by("at").values_list("at")
        )

    question = Asked(ask, SOME_TIME)

    assert question.rows(at - HOUR) == []
    assert question.rows(at) == [(at,)]
    assert question.firsts(at + HOUR) == [at, at + HOUR]
    assert composed == [SOME_TIME]


def test_a_day_may_be_asked_about_as_well(top_ups: None, at: datetime) -> None:
    question = Asked(
        lambda day: Posting.objects.filter(day__gte=day).values_list("label"), SOME_DAY
    )

    assert len(question.rows(date(2026, 11, 2))) == 3
    assert question.rows(date(2026, 11, 3)) == []
