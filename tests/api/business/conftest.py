"""Ben's tool in Northwind, and the ids that its calls name."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import BusinessCenter, Membership, User
from adaccounts.models import AdAccount
from tests.api.conftest import Caller
from tests.factories.accounts import Cast, make_business_center, make_person
from tests.factories.adaccounts import make_ad_account


@pytest.fixture
def ben(cast: Cast, caller_of: Callable[[User], Caller]) -> Caller:
    """The Admin's tool."""
    return caller_of(cast.ben)


@pytest.fixture
def carl(cast: Cast, caller_of: Callable[[User], Caller]) -> Caller:
    """The tool of the partner's Admin."""
    return caller_of(cast.carl)


@pytest.fixture
def bc_id(business_center: BusinessCenter) -> str:
    return str(business_center.pk)


@pytest.fixture
def partner(cast: Cast) -> BusinessCenter:
    """Carl & Co, with whom Northwind USD is shared."""
    return Membership.objects.get(user=cast.carl).business_center


@pytest.fixture
def elsewhere(cast: Cast, at: datetime) -> AdAccount:
    """An ad account of people whom nobody here knows."""
    olga = make_person("Olga Owner", "olga@elsewhere.example")
    return make_ad_account(
        make_business_center(olga, at, name="Elsewhere"), olga, at, name="Secret"
    )
