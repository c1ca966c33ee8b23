"""Two accounts of one shard, and an hour that cannot be delivered."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.delivery import tick
from campaigns.models import DeliveryCursor
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import make_campaign

HOUR = timedelta(hours=1)


@pytest.fixture
def pair(ad_account: AdAccount, at: datetime, settings) -> tuple[AdAccount, AdAccount]:
    """Two accounts of one shard whose first campaign is five hours old."""
    settings.DELIVERY_SHARDS = 1
    other = make_ad_account(ad_account.business_center, None, at, currency="JPY")
    for each in (ad_account, other):
        make_campaign(each, at)
    set_clock(at=at + 5 * HOUR, rate=PracticeClock.PAUSED)
    return ad_account, other


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Callable[[AdAccount], Callable[[], None]]:
    """From its second hour on the account cannot be delivered, until the returned cure."""
    run = tick.run

    def spoil(account: AdAccount) -> Callable[[], None]:
        bad = {account.pk}

        def fail(cursors: list[DeliveryCursor]) -> None:
            for cursor in cursors:
                if cursor.pk in bad and cursor.next_slot > cursor.ad_account.created_at:
                    raise ZeroDivisionError("no people left")
            run(cursors)

        monkeypatch.setattr(tick, "run", fail)
        return bad.clear

    return spoil
