"""Business information: what changes holds for what comes; invoices keep what they were given."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from accounts.web.forms import BusinessSettingsForm
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast
from tests.factories.billing import make_invoice


def save(browser: Client, center: BusinessCenter, **changes: str) -> int:
    center.refresh_from_db()
    facts = {f: getattr(center, f) for f in BusinessSettingsForm.Meta.fields} | changes
    return browser.post(f"/bc/{center.pk}/settings/", facts).status_code


def test_the_next_invoice_carries_the_new_address_and_past_ones_keep_theirs(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    client_of: Callable[..., Client],
) -> None:
    october = make_invoice(ad_account, date(2026, 10, 1))

    save(client_of(cast.ben), business_center, street="9 Canal Road", legal_name="Northwind Inc")
    ad_account = AdAccount.objects.select_related("business_center").get(pk=ad_account.pk)
    november = make_invoice(ad_account, date(2026, 11, 1))

    october.refresh_from_db()
    assert "1 Harbour Street" in str(october.bill_to)
    assert "Northwind Trading Ltd" in str(october.bill_to)
    assert "9 Canal Road" in str(november.bill_to)
    assert "Northwind Inc" in str(november.bill_to)


def test_who_to_reach_is_kept_with_the_business(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    reach = {
        "contact_name": "Bea Books",
        "contact_phone": "+1 (212) 555-0100",
        "website": "https://northwind.example/",
    }

    save(client_of(cast.ben), business_center, **reach)

    business_center.refresh_from_db()
    assert {name: getattr(business_center, name) for name in reach} == reach


@pytest.mark.parametrize(
    "changes",
    [
        {"contact_phone": "call me"},
        {"website": "javascript:alert(1)"},
        {"website": "ftp://x.example"},
    ],
)
def test_a_phone_or_website_that_is_none_is_refused(
    cast: Cast,
    business_center: BusinessCenter,
    client_of: Callable[..., Client],
    changes: dict[str, str],
) -> None:
    assert save(client_of(cast.ben), business_center, **changes) == 422
