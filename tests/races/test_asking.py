"""One person asks for the same asset in two tabs at the same moment."""

from datetime import datetime
from unittest.mock import patch

import pytest

from accounts.models import BusinessCenter, Notification
from adaccounts.models import AccessRequest
from adaccounts.permissions import AssetPermission
from adaccounts.services import ask_for_access, asking
from tests.factories.accounts import Cast
from tests.factories.sharing import make_pixel
from tests.races.money_threads import UNLOCKED, Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_asking_twice_at_once_makes_one_request(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    pixel = make_pixel(cast, business_center, at)

    def ask() -> AccessRequest:
        return ask_for_access(
            user=cast.mia, permission=AssetPermission.USE_ASSET, business_center=business_center,
            asset=pixel, at=at,
        )  # fmt: skip

    meeting = Meeting(UNLOCKED)
    # Both have found that the person lacks it, then look for a request that waits.
    with patch.object(asking, "_holds", lambda *_: meeting.wait()):
        first, second = at_once(ask, ask)

    assert first == second == AccessRequest.objects.get()
    assert Notification.objects.filter(user=cast.ben).count() == 1
