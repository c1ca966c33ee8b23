"""Saved payment methods, and which of them an ad account is topped up with."""

from django.db.models import Q, QuerySet

from accounts.models import BusinessCenter, BusinessSetup
from adaccounts.models import AdAccount
from billing.models import AccountFunding, PaymentMethod


def methods_of(business_center: BusinessCenter) -> QuerySet[PaymentMethod]:
    """Those of the Business Center and of the set-up that founded it, the default one first."""
    own = Q(business_center=business_center) | Q(setup__business_center=business_center)
    return PaymentMethod.objects.filter(own)


def methods_of_setup(setup: BusinessSetup) -> QuerySet[PaymentMethod]:
    return PaymentMethod.objects.filter(setup=setup)


def funding_method(ad_account: AdAccount) -> PaymentMethod | None:
    """What the ad account is topped up with, if that was chosen."""
    found = AccountFunding.objects.filter(ad_account=ad_account).select_related("method").first()
    return None if found is None else found.method
