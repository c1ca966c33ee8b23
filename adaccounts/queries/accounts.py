"""Reads about ad accounts and the people in them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Level, Permission, level_of, row_of
from bizcenter.lib.ids import read_id


def accounts_of_business(business_center: BusinessCenter, user: User) -> QuerySet[AdAccount]:
    """The ad accounts that the person may enter as a member of the Business Center, its own and
    those shared with it, by name."""
    grants = AdAccountUserObjectPermission.objects.filter(
        user=user, through=business_center, permission=row_of(Permission.VIEW_REPORTS)
    )
    return AdAccount.objects.filter(pk__in=grants.values("content_object_id")).order_by(
        "name", "id"
    )


def managed_as_member(business_center: BusinessCenter, user: User) -> QuerySet[AdAccount]:
    """The Business Center's own ad accounts that the person manages as its member, by name."""
    grants = AdAccountUserObjectPermission.objects.filter(
        user=user, through=business_center, permission=row_of(Permission.MANAGE_ACCOUNT)
    )
    return AdAccount.objects.filter(
        business_center=business_center, pk__in=grants.values("content_object_id")
    ).order_by("name", "id")


def managers_of(ad_account: AdAccount) -> QuerySet[User]:
    """The people who can grant access to the ad account."""
    grants = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, permission=row_of(Permission.MANAGE_ACCOUNT)
    )
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "email")


def own_managers_of(ad_account: AdAccount) -> QuerySet[User]:
    """Those of them who belong to the owner."""
    grants = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account,
        through=ad_account.business_center_id,
        permission=row_of(Permission.MANAGE_ACCOUNT),
    )
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "email")


def is_managed_by(user: User, ad_account: AdAccount) -> bool:
    return managers_of(ad_account).filter(pk=user.pk).exists()


def is_named(search: str) -> Q:
    """Of ad accounts and assets: whether the name contains the text, or it is their ID."""
    return Q(name__icontains=search) | Q(pk=read_id(search))


def accounts_like(accounts: QuerySet[AdAccount], search: str) -> QuerySet[AdAccount]:
    return accounts.filter(is_named(search)) if search else accounts


def levels_by_user(
    ad_accounts: Iterable[AdAccount], users: Iterable[User]
) -> dict[int, dict[int, Level]]:
    """{user id: {ad account id: level}} for the given ad accounts and people, in one query."""
    held: dict[tuple[int, int], set[str]] = defaultdict(set)
    rows = AdAccountUserObjectPermission.objects.filter(
        content_object__in=list(ad_accounts), user__in=list(users)
    ).values_list("user_id", "content_object_id", "permission__codename")
    for user_id, account_id, codename in rows:
        held[user_id, account_id].add(codename)
    found: dict[int, dict[int, Level]] = defaultdict(dict)
    for (user_id, account_id), codenames in held.items():
        level = level_of(codenames)
        if level is not None:
            found[user_id][account_id] = level
    return found
