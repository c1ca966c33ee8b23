"""Money for tests, moved through the services the product uses."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from adaccounts.models import AdAccount
from billing import queries, services
from billing.models import Invoice, Payment
from billing.services import CardInput, SpendCharge

VISA = "4242424242424242"
DECLINED = "4000000000000002"
_numbers = count(1)
HOUR = timedelta(hours=1)


def make_card(number: str = VISA, **changes: Any) -> CardInput:
    usual = {"expiry_month": 12, "expiry_year": 2030, "cvc": "123", "holder": "Fay Finance"}
    return CardInput(number=number, **usual | changes)


def fund(
    ad_account: AdAccount, amount: int, at: datetime, *, key: str = "", number: str = VISA
) -> Payment:
    """A payment of `amount` minor units by practice card."""
    return services.top_up(
        ad_account=ad_account,
        amount=amount,
        card=make_card(number),
        idempotency_key=key or f"key-{next(_numbers)}",
        actor=None,
        at=at,
    )


def charge(campaign_id: int, amount: int, label: str = "", po_number: str = "") -> SpendCharge:
    return SpendCharge(campaign_id, label or f"Campaign {campaign_id}", po_number, amount)


def spend(ad_account: AdAccount, slot: datetime, **by_campaign: int) -> None:
    """An hour's charge: spend(account, slot, c1=500, c2=20) for the campaigns 1 and 2."""
    charges = [charge(int(name[1:]), amount) for name, amount in by_campaign.items()]
    services.charge_spend(ad_account=ad_account, slot=slot, charges=charges)


def local_hour(ad_account: AdAccount, day: date, hour: int) -> datetime:
    """The slot that begins at this hour of the account's own clock."""
    return ad_account.day_start(day) + hour * HOUR


def close_month(ad_account: AdAccount, month: date) -> datetime:
    """The month's last hour is charged (with nothing); its end is returned."""
    end = ad_account.day_start((month.replace(day=1) + timedelta(days=32)).replace(day=1))
    services.charge_spend(ad_account=ad_account, slot=end - HOUR, charges=[])
    return end.astimezone(UTC)


def make_invoice(ad_account: AdAccount, month: date, **by_campaign: int) -> Invoice:
    """The month's invoice, for what the campaigns spent in its first hour."""
    start = ad_account.day_start(month)
    charges = by_campaign or {"c1": 12_345}
    smallest, _ = queries.top_up_limits(ad_account.currency)
    fund(ad_account, max(smallest, sum(charges.values())), start)
    spend(ad_account, start, **charges)
    end = close_month(ad_account, month)
    invoice = services.issue_invoice(ad_account=ad_account, month=month, at=end + HOUR)
    assert invoice is not None
    return invoice
