"""The other side of a partnership hears of what is shared, changed and taken back."""

from datetime import datetime

from django.urls import reverse

from accounts.models import BusinessCenter, Topic, User
from accounts.queries import admins_of
from accounts.services import notify
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetRole, Level


def tell_of_share(
    business_center: BusinessCenter,
    thing: AdAccount | BusinessAsset,
    news: str,
    *,
    before: Level | AssetRole | None,
    after: Level | AssetRole | None,
    actor: User | None,
    at: datetime,
) -> None:
    """The Admins there hear of the change, of the same one once a practice day: else sharing and
    taking back in turn would fill the mailboxes of strangers. Who made the change knows."""
    page = "account_list" if isinstance(thing, AdAccount) else "asset_list"
    notify(
        users=admins_of(business_center).exclude(pk=actor.pk if actor else 0),
        key=f"share:{at:%Y-%m-%d}:{business_center.pk}:{thing.pk}:{before}>{after}",
        topic=Topic.BUSINESS,
        text=news,
        at=at,
        url=reverse(f"adaccounts:{page}", args=[business_center.pk]),
    )


def news_of_share(
    thing: AdAccount | BusinessAsset,
    partner: BusinessCenter,
    before: Level | AssetRole | None,
    after: Level | AssetRole | None,
) -> str:
    owner = thing.business_center.name
    if after is None:
        return f"{owner} does not share {thing.name} with {partner.name} any more."
    if before is None:
        return f"{owner} shares {thing.name} with {partner.name} as {after.label}."
    return f"{owner} shares {thing.name} as {after.label} now, not as {before.label}."
