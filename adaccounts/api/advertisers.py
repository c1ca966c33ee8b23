"""/bc/advertiser/*: opening ad accounts and switching them off."""

from typing import Any

from accounts.permissions import BusinessPermission
from adaccounts.models import AdAccount
from adaccounts.services import AccountFacts, create_ad_account, disable_ad_account
from bizcenter.lib import money, places
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Email, Ids, Parameters, Text, Unmodelled

from .endpoint import BusinessCommand, BusinessParameters, BusinessQuery, who_and_how
from .managing import managed_account, own_accounts

IMAGES = "images of certificates"


class AdvertiserInfo(Parameters):
    name = Text(max_length=100)
    currency = Text()
    timezone = Text()
    type = Choice(("AUCTION",), documented=("RESERVATION",), default="AUCTION")


class CustomerInfo(Parameters):
    company = Text(default="", max_length=200)
    industry = Text(default="", max_length=80)
    registered_area = Text(required=False)


class QualificationInfo(Parameters):
    promotion_link = Text(default="")
    license_no = Text(default="")
    license_image_id = Unmodelled(IMAGES)
    qualification_image_ids = Unmodelled(IMAGES)
    qualification_id = Unmodelled("earlier certificates")


class ContactInfo(Parameters):
    name = Text(default="")
    email = Email(required=False)
    number = Text(default="")


class BillingInfo(Parameters):
    address = Text(default="")
    tax_field_dict = Unmodelled("tax numbers of an ad account")
    tax_map = Unmodelled("tax numbers of an ad account")


class AdvertiserCreateParameters(BusinessParameters):
    advertiser_info = AdvertiserInfo()
    customer_info = CustomerInfo(required=False)
    # One client that is in use names it so.
    customer = CustomerInfo(required=False)
    qualification_info = QualificationInfo(default=dict)
    contact_info = ContactInfo(default=dict)
    billing_info = BillingInfo(default=dict)
    billing_group_info = Unmodelled("billing groups")
    payment_info = Unmodelled("payment portfolios")


class AdvertiserCreate(BusinessCommand):
    """Registered where the Business Center is, unless the call says otherwise."""

    permission, parameters = BusinessPermission.CREATE_AD_ACCOUNTS, AdvertiserCreateParameters
    wire_names = {
        "name": "advertiser_info.name",
        "currency": "advertiser_info.currency",
        "timezone": "advertiser_info.timezone",
        "company": "customer_info.company",
        "country": "customer_info.registered_area",
        "website": "qualification_info.promotion_link",
        "licence_number": "qualification_info.license_no",
        "contact_name": "contact_info.name",
        "contact_email": "contact_info.email",
        "contact_phone": "contact_info.number",
        "address": "billing_info.address",
    }

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        own, customer = (
            params["advertiser_info"],
            params.get("customer_info", params.get("customer")),
        )
        if customer is None:
            raise ApiError(Code.PARAMETER, "customer_info: This field is required.")
        account = create_ad_account(
            business_center=self.business_center,
            name=own["name"],
            currency=own["currency"],
            timezone=own["timezone"],
            country=customer.get("registered_area") or self.business_center.country,
            **facts_of(params, customer),
            **who_and_how(self),
        )
        return {"advertiser_id": str(account.pk)}


class AdvertiserAttribute(BusinessQuery):
    """What a new ad account may be paid in, and where it may be registered."""

    parameters = BusinessParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"currencies": list(money.CURRENCIES), "region_codes": sorted(places.countries())}


class AdvertiserDisableParameters(BusinessParameters):
    advertiser_ids = Ids(min_length=1, max_length=1)


class AdvertiserDisable(BusinessCommand):
    """Disabling a disabled ad account changes nothing. Its page can enable it again."""

    parameters = AdvertiserDisableParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        (account,) = own_accounts(self, params["advertiser_ids"])
        managed_account(self, account.pk)
        if account.status == AdAccount.Status.SUSPENDED:
            return {"disabled_advertiser_ids": [], "failed_infos": {str(account.pk): "SUSPENDED"}}
        if account.status != AdAccount.Status.DISABLED:
            disable_ad_account(ad_account=account, **who_and_how(self))
        return {"disabled_advertiser_ids": [str(account.pk)], "failed_infos": {}}


def facts_of(params: dict[str, Any], customer: dict[str, Any]) -> AccountFacts:
    """What a new ad account says of itself, where the call says it."""
    contact, qualification = params["contact_info"], params["qualification_info"]
    return {
        "company": customer["company"],
        "industry": customer["industry"],
        "website": qualification.get("promotion_link", ""),
        "licence_number": qualification.get("license_no", ""),
        "contact_name": contact.get("name", ""),
        "contact_email": contact.get("email", ""),
        "contact_phone": contact.get("number", ""),
        "address": params["billing_info"].get("address", ""),
    }
