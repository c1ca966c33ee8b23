"""Another creative: people have not seen it yet, and delivery has to find out again who buys."""

from datetime import datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery.log import Entry, entry_of, unpack
from campaigns.models import Ad, AdGroup, HourLog
from campaigns.queries.learning import Learning, Phase, set_learning
from campaigns.services import deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_ad, make_creative, make_tree

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def shop(ad_account: AdAccount, at: datetime) -> tuple[Ad, Ad]:
    """Two ads have sold to few people for two days."""
    fund(ad_account, 5_000_000, at)
    tree: Tree = make_tree(
        ad_account, at,
        campaign={"objective": "WEB_CONVERSIONS"},
        group={"countries": ("NZ",), "optimization_goal": "CONVERT", "budget": 1_000_000},
    )  # fmt: skip
    ads = (tree.ad, make_ad(tree.group, at))
    for ad in ads:
        approve(ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * DAY)
    return ads


def noted(ad: Ad) -> Entry:
    """What the last delivered hour looked like from the ad."""
    log = HourLog.objects.filter(ad_account_id=ad.ad_account_id).latest("slot")
    found = entry_of(unpack(bytes(log.entries)), ad.ordinal)
    assert found is not None
    return found


def learned(ad: Ad) -> Learning:
    group = AdGroup.objects.select_related("campaign").get(pk=ad.ad_group_id)
    set_learning([group], ad_account=ad.ad_account)
    found: Learning | None = group.learning  # type: ignore[attr-defined]
    assert found is not None
    return found


def change(ad: Ad, at: datetime, **changes: object) -> None:
    services.update_ad(ad=ad, changes=changes, expected_version=None, actor=None, at=at)


def test_it_starts_without_fatigue_and_learning_begins_again(
    shop: tuple[Ad, Ad], ad_account: AdAccount, at: datetime
) -> None:
    replaced, other = shop
    now = at + 2 * DAY
    assert noted(replaced).tired < 900
    assert noted(other).tired < 900
    before = learned(replaced)
    assert before.phase is Phase.PASSED
    assert noted(replaced).learned == 1000

    change(replaced, now, creative=make_creative(ad_account, now))
    assert learned(replaced) == Learning(Phase.LEARNING, 0)
    deliver_until(ad_account_id=ad_account.pk, until=now + HOUR)

    assert noted(replaced).tired == 1000
    assert noted(other).tired < 900
    assert learned(replaced).results < before.results
    assert noted(replaced).learned != 1000  # both ads learn: it is their ad group that does
    assert noted(other).learned != 1000

    deliver_until(ad_account_id=ad_account.pk, until=now + DAY)
    assert noted(replaced).tired < 1000


def test_words_and_the_same_creative_again_change_neither(
    shop: tuple[Ad, Ad], ad_account: AdAccount, at: datetime
) -> None:
    ad, now = shop[0], at + 2 * DAY
    tired, before = noted(ad).tired, learned(ad)

    change(ad, now, text="New words", creative=ad.creative)
    deliver_until(ad_account_id=ad_account.pk, until=now + HOUR)

    assert noted(ad).tired <= tired
    assert learned(ad).phase is Phase.PASSED
    assert learned(ad).results >= before.results
