"""What the frame around every page costs and shows."""

from django.http import HttpRequest
from django.test import RequestFactory

from accounts.web.context import shell
from bizcenter.clock.services import start_jump
from tests.factories.accounts import Cast


def request_of(cast: Cast, rf: RequestFactory, theme: str = "") -> HttpRequest:
    request = rf.get("/")
    request.user = cast.ben
    request.COOKIES["theme"] = theme
    return request


def test_the_frame_costs_two_queries_also_during_a_jump(
    cast: Cast, rf: RequestFactory, at, django_assert_num_queries
) -> None:
    start_jump(target=at.replace(hour=20), actor=cast.tom)

    with django_assert_num_queries(2):
        shown = shell(request_of(cast, rf))
        assert shown["clock_now"] == at
        assert shown["clock_rate_label"] == "Paused"
        assert shown["running_jump"].percent == 0
        assert shown["unread_count"] == 0


def test_a_fragment_that_shows_nothing_of_it_costs_no_query(
    cast: Cast, rf: RequestFactory, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        shell(request_of(cast, rf))


def test_the_theme_is_what_the_person_chose_or_the_systems(cast: Cast, rf: RequestFactory) -> None:
    chosen = [shell(request_of(cast, rf, theme))["theme"] for theme in ("dark", "light", "", "<b>")]

    assert chosen == ["dark", "light", "auto", "auto"]


def test_visitors_have_no_unread_count(db: None, rf: RequestFactory) -> None:
    assert shell(rf.get("/"))["unread_count"] == 0
