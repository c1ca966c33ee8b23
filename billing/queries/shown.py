"""Which balances a person may see: of accounts they manage as members of the owner, and of
businesses whose finance they look after. To partners the balance stays closed."""

from collections.abc import Sequence

from django.db.models import F

from accounts.models import User
from accounts.permissions import BusinessPermission, permissions_of
from accounts.queries.presence import present_memberships, present_places
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Permission
from billing.models import LedgerAccount


def shown_balances(ad_accounts: Sequence[AdAccount], user: User) -> dict[int, int]:
    """Wallets in minor units, of those accounts whose finance the person may see."""
    finance_of = {
        membership.business_center_id
        for membership in present_memberships(user)
        if BusinessPermission.VIEW_FINANCE in permissions_of(membership)
    }
    listed = [account.pk for account in ad_accounts]
    managing = AdAccountUserObjectPermission.objects.filter(
        user=user,
        content_object__in=listed,
        permission__codename=Permission.MANAGE_ACCOUNT.value,
        through=F("content_object__business_center"),
        through__in=present_places(user),
    )
    managed = set(managing.values_list("content_object_id", flat=True))
    wallets = LedgerAccount.objects.filter(
        ad_account__in=listed, kind=LedgerAccount.Kind.WALLET
    ).values_list("ad_account_id", "balance")
    held = dict(wallets)
    return {
        each.pk: held.get(each.pk, 0)
        for each in ad_accounts
        if each.business_center_id in finance_of or each.pk in managed
    }
