"""The other side hears what is shared with it, changed and ended; each
thing once a day at the most."""

from datetime import datetime, timedelta

from accounts.models import BusinessCenter, Notification, User
from adaccounts import services
from adaccounts.models import AdAccount
from adaccounts.permissions import AssetRole, Level
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_pixel

HOUR = timedelta(hours=1)


def heard(person: User) -> list[str]:
    return [row.text for row in Notification.objects.filter(user=person).order_by("id")]


def test_a_partners_admins_hear_of_every_change_of_a_share(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    facts = {
        "ad_account": make_ad_account(business_center, cast.ben, at, "EUR"),
        "partner": carl_and_co(), "actor": cast.ben, "at": at,
    }  # fmt: skip

    for level in (Level.OPERATOR, Level.OPERATOR, Level.ANALYST):
        services.share_account(level=level, **facts)
    services.unshare_account(**facts)

    assert heard(cast.carl) == [
        "Northwind shares Northwind EUR with Carl & Co as Operator.",
        "Northwind shares Northwind EUR as Analyst now, not as Operator.",
        "Northwind does not share Northwind EUR with Carl & Co any more.",
    ]
    assert heard(cast.ben) == []


def test_they_hear_of_assets_too(cast: Cast, business_center: BusinessCenter, at: datetime) -> None:
    pixel = make_pixel(cast, business_center, at)
    facts = {"asset": pixel, "partner": carl_and_co(), "actor": cast.ben, "at": at}

    services.share_asset(role=AssetRole.USER, **facts)
    services.share_asset(role=AssetRole.MANAGER, **facts)
    services.unshare_asset(**facts)

    assert heard(cast.carl) == [
        f"Northwind shares {pixel.name} with Carl & Co as {AssetRole.USER.label}.",
        f"Northwind shares {pixel.name} as {AssetRole.MANAGER.label} now, not as "
        f"{AssetRole.USER.label}.",
        f"Northwind does not share {pixel.name} with Carl & Co any more.",
    ]


def test_sharing_and_taking_back_in_turn_fills_no_strangers_mailbox(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    account = make_ad_account(business_center, cast.ben, at, "EUR")
    facts = {"ad_account": account, "partner": carl_and_co(), "actor": cast.ben}

    for hour in range(3):
        services.share_account(level=Level.ANALYST, at=at + hour * HOUR, **facts)
        services.unshare_account(at=at + hour * HOUR, **facts)
    assert len(heard(cast.carl)) == 2

    services.share_account(level=Level.ANALYST, at=at + 24 * HOUR, **facts)
    assert len(heard(cast.carl)) == 3


def test_the_owner_hears_that_a_partner_gave_up(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    services.give_up_account(ad_account=ad_account, partner=carl_and_co(), actor=cast.carl, at=at)

    assert heard(cast.ben) == ["Carl & Co gave up Northwind USD."]
    assert heard(cast.carl) == []


def test_who_asked_for_an_account_hears_the_answer_once(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    account = make_ad_account(business_center, cast.ben, at, "EUR")
    asked = services.request_link(
        business_center=carl_and_co(), ad_account_id=account.pk, level=Level.ANALYST, note="",
        actor=cast.carl, at=at,
    )  # fmt: skip
    services.decide_link(request=asked, approve=True, level=Level.ANALYST, actor=cast.ben, at=at)

    assert heard(cast.carl) == ["Northwind gave Carl & Co access to Northwind EUR as Analyst."]
