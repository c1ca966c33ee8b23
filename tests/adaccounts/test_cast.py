"""The people of the stories hold what their role promises."""

from adaccounts.models import AdAccount
from adaccounts.permissions import Level, level_of, permissions_in, visible_to
from tests.factories.accounts import Cast


def test_everybody_has_the_level_of_their_role_in_the_ad_account(
    cast: Cast, ad_account: AdAccount
) -> None:
    levels = {
        name: level_of(permissions_in(person, ad_account.pk))
        for name, person in cast.everyone.items()
    }

    assert levels == {
        "ben": Level.ADMIN,
        "mia": Level.OPERATOR,
        "ana": Level.ANALYST,
        "fay": None,
        "tom": None,
        "carl": Level.OPERATOR,
        "stranger": None,
    }


def test_the_ad_account_stays_at_new_yorks_standard_time(ad_account: AdAccount) -> None:
    assert ad_account.utc_offset_minutes == -300


def test_what_a_person_sees_is_one_query(
    cast: Cast, ad_account: AdAccount, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        assert list(visible_to(cast.carl)) == [ad_account]
