"""Making somebody Admin costs the same however much the Business Center owns."""

from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import AssetPermission, assets_visible_to, preset_access, visible_to
from adaccounts.services import change_person
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import make_pixel

MANAGE = AssetPermission.MANAGE_ASSET


def test_queries_are_the_same_with_one_and_with_ten(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    def promotion(person) -> int:
        membership = membership_of(person, business_center)
        with CaptureQueriesContext(connection) as queries:
            change_person(
                membership=membership, access=preset_access(Preset.ADMIN), actor=cast.ben, at=at
            )
        return len(queries)

    make_pixel(cast, business_center, at)
    with_one = promotion(cast.mia)
    for number in range(9):
        make_pixel(cast, business_center, at, f"Pixel {number}")
        make_ad_account(business_center, cast.ben, at, name=f"Account {number}")
    with_ten = promotion(cast.ana)

    assert with_ten == with_one
    assert assets_visible_to(cast.ana, MANAGE).count() == visible_to(cast.ana).count() == 10
