"""Whatever a client sends as a value, the answer is an envelope that says what is wrong."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import BusinessCenter
from accounts.services import issue_access_token
from adaccounts.models import AdAccount
from bizcenter.clock import queries as clock
from tests.architecture.test_access import CALLS
from tests.factories.accounts import Cast

NAMES = (
    "user_id user_email emails user_role user_name asset_id asset_ids asset_type filtering page "
    "advertiser_role page_size asset_group_id asset_group_ids asset_group_name assets members "
    "partner_id pixel_code advertiser_ids advertiser_name budget advertiser_budgets bc_name "
    "advertiser_info customer_info timezone secret app_id auth_code sort_type fields"
)
VALUES = ["a\x00b", "\ud800", "9" * 19, "x" * 5000, [[]], {"keyword": "\x00"}, -1, 1e300, True]
SYSTEM_ERROR = 50000


@pytest.fixture
def call(cast: Cast) -> Callable[..., int]:
    headers = {"Access-Token": issue_access_token(user=cast.ben, at=clock.now())}
    browser = Client()

    def called(path: str, body: dict[str, object]) -> int:
        with transaction.atomic():
            answer = browser.post(f"/{path}", body, "application/json", headers=headers)
            transaction.set_rollback(True)
        return int(answer.json()["code"])

    return called


@pytest.mark.parametrize("value", VALUES, ids=lambda each: ascii(each)[:12])
def test_no_value_crashes_a_call(
    call: Callable[..., int], business_center: BusinessCenter, ad_account: AdAccount, value: object
) -> None:
    ids = {"bc_id": str(business_center.pk), "advertiser_id": str(ad_account.pk)}
    base = {"asset_type": "ADVERTISER", "asset_id": str(ad_account.pk), "page": 1, "page_size": 9}
    every = dict.fromkeys(NAMES.split(), value)

    crashed = [
        path
        for path in CALLS
        for body in (every | ids, every | ids | base)
        if call(path, body) == SYSTEM_ERROR
    ]

    assert crashed == []
