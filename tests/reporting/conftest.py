"""What stories about reports share: a day of delivery and people who look at it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast
from tests.factories.delivered import Delivered, deliver_a_day


@pytest.fixture
def delivered(ad_account: AdAccount, at: datetime) -> Delivered:
    return deliver_a_day(ad_account, at)


@pytest.fixture
def ana(client_of: Callable[[User], Client], cast: Cast) -> Client:
    return client_of(cast.ana)
