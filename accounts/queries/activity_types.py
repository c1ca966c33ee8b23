"""Four kinds of activity, by what the entry is about; the names are the wire's."""

from enum import StrEnum

from django.db.models import Q, QuerySet

from accounts.models import ActivityEntry


class ActivityType(StrEnum):
    USER = "USER"
    ASSET = "ASSET"
    ACCOUNT = "ACCOUNT"
    BUSINESS = "BUSINESS"


# What an entry's reference begins with. Other entries about an ad account are of that kind.
_KINDS = {
    ActivityType.USER: (
        "user",
        "invitation",
        "access_request",
        "access_token",
        "developer_app",
        "session",
    ),
    ActivityType.ASSET: ("pixel", "catalog", "creative", "asset", "asset_group"),
}


def activity_type(entry: ActivityEntry) -> ActivityType:
    """What the entry is about; what fits nowhere else is about the Business Center."""
    kind = entry.reference.partition(":")[0]
    for found, kinds in _KINDS.items():
        if kind in kinds:
            return found
    is_account = kind == "ad_account" or entry.ad_account_id is not None
    return ActivityType.ACCOUNT if is_account else ActivityType.BUSINESS


def of_activity_type(
    entries: QuerySet[ActivityEntry], wanted: ActivityType
) -> QuerySet[ActivityEntry]:
    """The entries for which `activity_type` would say this."""
    if wanted in _KINDS:
        return entries.filter(_begins(wanted))
    rest = entries.exclude(_begins(ActivityType.USER) | _begins(ActivityType.ASSET))
    is_account = Q(reference__startswith="ad_account:") | Q(ad_account_id__isnull=False)
    if wanted == ActivityType.ACCOUNT:
        return rest.filter(is_account)
    return rest.exclude(is_account)


def _begins(wanted: ActivityType) -> Q:
    found = Q()
    for kind in _KINDS[wanted]:
        found |= Q(reference__startswith=f"{kind}:")
    return found
