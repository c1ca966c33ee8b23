"""What stories about the Ads Manager share: people at their browsers and a day of delivery."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from campaigns.models import Campaign
from tests.factories.accounts import Cast
from tests.factories.delivered import Delivered, deliver_a_day


@pytest.fixture
def delivered(ad_account: AdAccount, at: datetime) -> Delivered:
    return deliver_a_day(ad_account, at)


@pytest.fixture
def mia(client_of: Callable[[User], Client], cast: Cast) -> Client:
    """Manages campaigns."""
    return client_of(cast.mia)


@pytest.fixture
def ana(client_of: Callable[[User], Client], cast: Cast) -> Client:
    """Looks only."""
    return client_of(cast.ana)


@pytest.fixture
def step(ad_account: AdAccount) -> Callable[..., str]:
    """The address of a step of creating: step("ad_group", campaign=7)."""

    def address(level: str, **asked: Any) -> str:
        query = "&".join(f"{key}={value}" for key, value in asked.items())
        return f"{reverse(f'campaigns:{level}_create', args=[ad_account.pk])}?{query}"

    return address


@pytest.fixture
def coats(delivered: Delivered) -> Campaign:
    """The campaign that spends most."""
    return delivered.trees[0].campaign


@pytest.fixture
def dialog(ad_account: AdAccount, coats: Campaign) -> str:
    """The address at which coats is stopped."""
    return reverse("campaigns:stop", args=[ad_account.pk, coats.pk])
