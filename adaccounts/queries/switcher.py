"""The first few ad accounts by name that a person may enter: cheap however many there are."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.queries.presence import present_memberships, present_places
from adaccounts.models import AccountShare, AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Permission, row_of

_BY_NAME = ("name", "id")


def first_of_own(user: User, named: Q, limit: int) -> list[AdAccount]:
    """Of the Business Centers whose member the person is. Two queries: within each Business Center
    the index by name ends the search after `limit` accounts; sorting all of them would not."""
    within = (
        _open_to(user)
        .filter(named, business_center=OuterRef("business_center"))
        .order_by(*_BY_NAME)
        .values("pk")[:limit]
    )
    found = present_memberships(user).values_list(ArraySubquery(within), flat=True)
    first = AdAccount.objects.filter(pk__in=[key for keys in found for key in keys])
    return list(first.order_by(*_BY_NAME)[:limit])


def first_of_shared(user: User, named: Q, limit: int) -> list[AdAccount]:
    """Of those shared with one of them, with their owners. One query."""
    here = present_places(user)
    shared = AccountShare.objects.filter(partnership__partner__in=here)
    found = _open_to(user).filter(named, pk__in=shared.values("ad_account"))
    others = found.exclude(business_center__in=here)
    return list(others.select_related("business_center").order_by(*_BY_NAME)[:limit])


def _open_to(user: User) -> QuerySet[AdAccount]:
    grants = AdAccountUserObjectPermission.objects.filter(
        user=user,
        permission=row_of(Permission.VIEW_REPORTS),
        content_object=OuterRef("pk"),
        through__in=present_places(user),
    )
    return AdAccount.objects.filter(Exists(grants))
