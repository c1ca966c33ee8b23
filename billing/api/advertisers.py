"""Ad accounts as the Business API calls them. Lives here because a row shows the balance."""

from collections.abc import Sequence
from typing import Any

from accounts.models import Membership, User
from accounts.permissions import BusinessPermission, permissions_of
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission, visible_to
from billing.models import LedgerAccount
from bizcenter.lib import money
from bizcenter.lib.open_api.endpoint import Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Ids
from bizcenter.lib.open_api.paging import Trimmed, trimmed

_STATUS = {
    AdAccount.Status.APPROVED: "STATUS_ENABLE",
    AdAccount.Status.SUSPENDED: "STATUS_LIMIT",
    AdAccount.Status.DISABLED: "STATUS_DISABLE",
}
# Documented, and not modelled here.
_UNSET = [
    "rejection_reason",
    "address",
    "contacter",
    "email",
    "cellphone_number",
    "telephone_number",
    "license_no",
    "license_url",
    "license_province",
    "license_city",
    "promotion_area",
    "promotion_center_province",
    "promotion_center_city",
    "brand",
]


class AdvertiserParameters(Trimmed):
    advertiser_ids = Ids(min_length=1)


class AdvertiserInfo(Query):
    parameters = AdvertiserParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        user, wanted = self.user, dict.fromkeys(params["advertiser_ids"])
        found = visible_to(user).select_related("business_center").in_bulk(wanted)
        for pk in wanted:
            if pk not in found:
                raise ApiError(Code.NO_PERMISSION, f"No permission to operate advertiser {pk}.")
        accounts = [found[pk] for pk in wanted]
        balances = shown_balances(accounts, user)
        rows = [advertiser_row(each, balances.get(each.pk)) for each in accounts]
        return {"list": trimmed(rows, params)}


def shown_balances(accounts: Sequence[AdAccount], user: User) -> dict[int, int]:
    """Wallets in minor units, of those accounts whose finance the person may see."""
    finance_of = {
        membership.business_center_id
        for membership in Membership.objects.filter(user=user)
        if BusinessPermission.VIEW_FINANCE in permissions_of(membership)
    }
    managed = set(visible_to(user, Permission.MANAGE_ACCOUNT).values_list("pk", flat=True))
    wallets = LedgerAccount.objects.filter(
        ad_account__in=accounts, kind=LedgerAccount.Kind.WALLET
    ).values_list("ad_account_id", "balance")
    held = dict(wallets)
    return {
        each.pk: held.get(each.pk, 0)
        for each in accounts
        if each.business_center_id in finance_of or each.pk in managed
    }


def advertiser_row(account: AdAccount, balance: int | None) -> dict[str, Any]:
    return {
        **dict.fromkeys(_UNSET),
        "advertiser_id": str(account.pk),
        "name": account.name,
        "owner_bc_id": str(account.business_center_id),
        "status": _STATUS[AdAccount.Status(account.status)],
        "role": "ROLE_ADVERTISER",
        "timezone": etc_zone(account),
        "display_timezone": account.timezone,
        "company": account.business_center.legal_name,
        "company_name_editable": False,
        "industry": account.industry or None,
        "country": account.country,
        "currency": account.currency,
        "advertiser_account_type": "AUCTION",
        "language": "en",
        "description": account.website or None,
        "balance": None if balance is None else float(money.to_decimal(balance, account.currency)),
        "create_time": int(account.created_at.timestamp()),
    }


def etc_zone(account: AdAccount) -> str:
    """The fixed offset by its name of the tz database, whose sign is turned round."""
    hours, minutes = divmod(account.utc_offset_minutes, 60)
    return f"Etc/GMT{-hours:+d}" if hours and not minutes else account.timezone
