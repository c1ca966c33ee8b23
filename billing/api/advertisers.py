"""Ad accounts as the Business API calls them. Lives here because a row shows the balance."""

from typing import Any

from adaccounts.models import AdAccount
from adaccounts.permissions import visible_to
from billing.queries import shown_balances
from bizcenter.lib import money
from bizcenter.lib.open_api.endpoint import Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Ids
from bizcenter.lib.open_api.paging import Trimmed, trimmed

_STATUS = {
    AdAccount.Status.IN_REVIEW: "STATUS_PENDING_CONFIRM",
    AdAccount.Status.APPROVED: "STATUS_ENABLE",
    AdAccount.Status.DISAPPROVED: "STATUS_CONFIRM_FAIL",
    AdAccount.Status.CONTRACT_PENDING: "STATUS_CONTRACT_PENDING",
    AdAccount.Status.SUSPENDED: "STATUS_LIMIT",
    AdAccount.Status.DISABLED: "STATUS_DISABLE",
}
# Documented, and not modelled here.
_UNSET = [
    "cellphone_number",
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
        "rejection_reason": account.status_reason or None,
        "address": account.address or None,
        "contacter": account.contact_name or None,
        "email": account.contact_email or None,
        "telephone_number": account.contact_phone or None,
        "license_no": account.licence_number or None,
        "company": account.company or account.business_center.legal_name,
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
