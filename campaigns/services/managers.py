"""Telling the people who manage an ad account."""

from datetime import datetime

from accounts.models import User
from accounts.services import notify
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Permission


def notify_managers(
    *, ad_account: AdAccount, key: str, topic: str, text: str, at: datetime, url: str
) -> None:
    """Everybody who may manage the account's campaigns has the message, once per key."""
    grants = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, permission__codename=Permission.MANAGE_CAMPAIGNS.value
    )
    people = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    notify(users=people, key=key, topic=topic, text=text, at=at, url=url)
