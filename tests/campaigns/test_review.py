"""Review: decided at its time by rule, told to the managers, and once only."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry, Notification
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import Ad, ReviewState
from campaigns.services.chance import review_lag
from tests.factories.accounts import Cast
from tests.factories.campaigns import make_tree

WEEK = timedelta(days=7)


def settle(until: datetime) -> int:
    return services.settle_due(ad_account_ids=None, until=until)


@pytest.fixture
def ad(cast: Cast, ad_account: AdAccount, at: datetime) -> Ad:
    return make_tree(ad_account, at).ad


def rewrite(ad: Ad, at: datetime, text: str) -> Ad:
    return services.update_ad(
        ad=ad, changes={"text": text}, expected_version=None, actor=None, at=at
    )


def test_nothing_is_decided_before_its_time(ad: Ad) -> None:
    due = ad.reviews.get().due_at

    assert settle(due - timedelta(seconds=1)) == 0
    assert settle(due) == 1
    assert settle(due) == 0


def test_a_good_ad_is_approved_as_of_the_due_time(ad: Ad) -> None:
    review = ad.reviews.get()

    settle(review.due_at + WEEK)

    ad.refresh_from_db()
    review.refresh_from_db()
    assert (ad.review_state, ad.approved_at) == (ReviewState.APPROVED, review.due_at)
    assert (review.outcome, review.decided_at) == (ReviewState.APPROVED, review.due_at)


def test_those_who_manage_the_account_are_told_once(ad: Ad, cast: Cast) -> None:
    settle(ad.reviews.get().due_at)
    services.decide_review(review_id=ad.reviews.get().pk, until=ad.reviews.get().due_at)

    told = Notification.objects.filter(topic="review").values_list("user__email", flat=True)
    assert sorted(told) == sorted([cast.ben.email, cast.mia.email, cast.carl.email])
    assert ActivityEntry.objects.filter(action="review_ad").count() == 1


def test_a_rejection_names_rule_field_and_words(ad: Ad, at: datetime) -> None:
    rewrite(ad, at, "This coat CURES colds, guaranteed")

    settle(at + WEEK)

    ad.refresh_from_db()
    review = ad.reviews.get()
    assert (ad.review_state, ad.approved_at) == (ReviewState.REJECTED, None)
    assert (review.rule, review.field) == ("misleading_claim", "text")
    assert review.words == ["CURES", "guaranteed"]
    assert "“CURES”" in Notification.objects.filter(topic="review")[0].text


def test_an_edit_while_waiting_starts_the_wait_anew(ad: Ad, at: datetime) -> None:
    later = at + timedelta(minutes=1)

    rewrite(ad, later, "Coats for every cold day")

    review = ad.reviews.get()
    assert (review.attempt, review.submitted_at) == (1, later)


def test_a_running_ad_runs_on_until_its_edit_is_rejected(ad: Ad, at: datetime) -> None:
    first = ad.reviews.get().due_at
    settle(first)
    rewrite(ad, first, "Win a replica")
    ad.refresh_from_db()
    assert ad.is_runnable

    settle(first + WEEK)

    ad.refresh_from_db()
    assert not ad.is_runnable
    assert ad.rejected_at == ad.reviews.first().due_at

    rewrite(ad, first + WEEK, "Win a coat")
    settle(first + 2 * WEEK)

    ad.refresh_from_db()
    assert ad.is_runnable
    assert ad.approved_at == ad.reviews.first().due_at


def test_an_edit_approved_keeps_the_first_approval(ad: Ad, at: datetime) -> None:
    first = ad.reviews.get().due_at
    settle(first)
    rewrite(ad, first, "Coats for every cold day")

    settle(first + WEEK)

    ad.refresh_from_db()
    assert (ad.review_state, ad.approved_at) == (ReviewState.APPROVED, first)


def test_waits_are_around_three_hours_and_the_same_for_the_same_seed() -> None:
    hours = sorted(
        review_lag(seed=7, ordinal=n, attempt=1).total_seconds() / 3600 for n in range(400)
    )

    assert 2.5 < hours[200] < 3.6
    assert hours[20] < 1 < 8 < hours[360]
    assert review_lag(seed=7, ordinal=3, attempt=1) == review_lag(seed=7, ordinal=3, attempt=1)
    assert review_lag(seed=7, ordinal=3, attempt=1) != review_lag(seed=7, ordinal=3, attempt=2)
    assert review_lag(seed=7, ordinal=3, attempt=1) != review_lag(seed=8, ordinal=3, attempt=1)
