"""/advertiser/update/: the facts of one ad account, or the spending caps of several."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from accounts.access import load_membership
from adaccounts.access import load_ad_account
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission
from adaccounts.services import reset_spending_cap, set_spending_cap, update_ad_account
from bizcenter.clock import queries as clock
from bizcenter.lib import money
from bizcenter.lib.errors import DomainError
from bizcenter.lib.open_api.endpoint import Command
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.errors import no_permission_to_operate
from bizcenter.lib.open_api.fields import Amount, Choice, Id, Parameters, Text, Unmodelled

CapMode = AdAccount.CapMode
CAPS = {
    "UNLIMITED": CapMode.NONE,
    "MONTHLY_BUDGET": CapMode.MONTHLY,
    "DAILY_BUDGET": CapMode.DAILY,
    "CUSTOM_BUDGET": CapMode.TOTAL,
}
FACTS = {
    "advertiser_name": "name",
    "company": "company",
    "contact_name": "contact_name",
    "contact_email": "contact_email",
    "contact_number": "contact_phone",
    "promotion_link": "website",
    "license_no": "licence_number",
    "address": "address",
}


class AdvertiserBudget(Parameters):
    advertiser_id = Id()
    budget_mode = Choice(CAPS, default="MONTHLY_BUDGET")
    budget = Amount(required=False)


class AdvertiserUpdateParameters(Parameters):
    advertiser_id = Id(required=False)
    advertiser_name = Text(required=False)
    company = Text(required=False)
    contact_name = Text(required=False)
    contact_email = Text(required=False)
    contact_number = Text(required=False)
    promotion_link = Text(required=False)
    license_no = Text(required=False)
    address = Text(required=False)
    license_image_id = Unmodelled("images of certificates")
    qualification_images = Unmodelled("images of certificates")
    tax_map = Unmodelled("tax numbers of an ad account")
    bc_id = Id(required=False)
    child_bc_id = Unmodelled("tiered Business Centers")
    budget_update_type = Choice(
        ("UPDATE", "RESET"), documented=("INCREMENTAL_UPDATE", "ONE_CLICK_SET"), default="UPDATE"
    )
    advertiser_budgets = serializers.ListField(
        child=AdvertiserBudget(), min_length=1, max_length=50, required=False
    )


class AdvertiserUpdate(Command):
    """With `advertiser_id` its facts, with `bc_id` the budgets; each budget succeeds or fails by
    itself."""

    parameters = AdvertiserUpdateParameters
    wire_names = {own: wire for wire, own in FACTS.items()}
    accounts: Sequence[AdAccount]
    at: datetime

    def enter(self, params: dict[str, Any]) -> None:
        if ("advertiser_id" in params) == ("bc_id" in params):
            raise ApiError(Code.PARAMETER, "advertiser_id: Send either advertiser_id or bc_id.")
        if "bc_id" in params and "advertiser_budgets" not in params:
            raise ApiError(Code.PARAMETER, "advertiser_budgets: This field is required.")
        wanted = [params.get("advertiser_id")]
        if "bc_id" in params:
            with no_permission_to_operate(f"Business Center {params['bc_id']}"):
                load_membership(self.user, params["bc_id"], None)
            wanted = [each["advertiser_id"] for each in params["advertiser_budgets"]]
        self.accounts = [self.load(pk, params.get("bc_id")) for pk in wanted]
        self.at = clock.now()

    def load(self, advertiser_id: Any, bc_id: int | None) -> AdAccount:
        refused = f"advertiser {advertiser_id}"
        with no_permission_to_operate(refused):
            account = load_ad_account(self.user, advertiser_id, Permission.MANAGE_ACCOUNT)
        if bc_id not in (None, account.business_center_id):
            raise ApiError(Code.NO_PERMISSION, f"No permission to operate {refused}.")
        return account

    def answer(self, params: dict[str, Any]) -> dict[str, Any] | None:
        if "bc_id" in params:
            is_reset = params["budget_update_type"] == "RESET"
            pairs = zip(self.accounts, params["advertiser_budgets"], strict=True)
            return {"advertiser_list": [self.capped(*pair, is_reset=is_reset) for pair in pairs]}
        changes = {own: params[wire] for wire, own in FACTS.items() if wire in params}
        if not changes:
            raise ApiError(Code.NOTHING_TO_UPDATE, "There is nothing to update.")
        (account,) = self.accounts
        update_ad_account(ad_account=account, changes=changes, actor=self.user, at=self.at)
        return None

    def capped(
        self, account: AdAccount, sent: Mapping[str, Any], *, is_reset: bool
    ) -> dict[str, Any]:
        row = {"advertiser_id": str(account.pk), "status": "SUCCESS", "error_msg": None}
        try:
            if is_reset:
                reset_spending_cap(ad_account=account, actor=self.user, at=self.at)
            else:
                self.set_cap(account, sent)
        except (DomainError, ApiError) as refusal:
            row |= {"status": "FAILED", "error_msg": refusal.message}
        return row

    def set_cap(self, account: AdAccount, sent: Mapping[str, Any]) -> None:
        mode, amount = CAPS[sent["budget_mode"]], None
        if mode != CapMode.NONE and "budget" in sent:
            amount = money.to_minor(sent["budget"], account.currency)
            if money.to_decimal(amount, account.currency) != sent["budget"]:
                raise ApiError(
                    Code.PARAMETER,
                    f"budget: {account.currency} has {money.exponent(account.currency)} decimals.",
                )
        set_spending_cap(ad_account=account, mode=mode, amount=amount, actor=self.user, at=self.at)
