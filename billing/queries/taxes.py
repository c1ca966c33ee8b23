"""Which tax an invoice carries: rates by country with the day each began, and reverse charge.

A practice table, close to the real one and no advice. The seller sits in Ireland.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bizcenter.lib import money

SELLER_COUNTRY = "IE"
_OLD = date(2000, 1, 1)


@dataclass(frozen=True)
class Tax:
    name: str
    basis_points: int
    note: str = ""

    @property
    def percent(self) -> Decimal:
        """19 for 1900 basis points, 8.1 for 810."""
        return Decimal(self.basis_points) / 100

    def on(self, net: int, currency: str) -> int:
        """The tax on a net amount, both in minor units, rounded half up once."""
        exact = money.to_decimal(net, currency) * self.basis_points / 10_000
        return money.to_minor(exact, currency)


_EU_VAT: dict[str, tuple[tuple[date, int], ...]] = {
    "AT": ((_OLD, 2000),),
    "BE": ((_OLD, 2100),),
    "BG": ((_OLD, 2000),),
    "CY": ((date(2014, 1, 13), 1900),),
    "CZ": ((date(2013, 1, 1), 2100),),
    "DE": (
        (date(2007, 1, 1), 1900),
        (date(2020, 7, 1), 1600),
        (date(2021, 1, 1), 1900),
    ),
    "DK": ((_OLD, 2500),),
    "EE": ((date(2009, 7, 1), 2000), (date(2024, 1, 1), 2200), (date(2025, 7, 1), 2400)),
    "ES": ((date(2012, 9, 1), 2100),),
    "FI": ((date(2013, 1, 1), 2400), (date(2024, 9, 1), 2550)),
    "FR": ((date(2014, 1, 1), 2000),),
    "GR": ((date(2016, 6, 1), 2400),),
    "HR": ((date(2012, 3, 1), 2500),),
    "HU": ((date(2012, 1, 1), 2700),),
    "IE": ((date(2012, 1, 1), 2300),),
    "IT": ((date(2013, 10, 1), 2200),),
    "LT": ((date(2009, 9, 1), 2100),),
    "LU": ((date(2015, 1, 1), 1700), (date(2023, 1, 1), 1600), (date(2024, 1, 1), 1700)),
    "LV": ((date(2012, 7, 1), 2100),),
    "MT": ((_OLD, 1800),),
    "NL": ((date(2012, 10, 1), 2100),),
    "PL": ((date(2011, 1, 1), 2300),),
    "PT": ((date(2011, 1, 1), 2300),),
    "RO": ((date(2017, 1, 1), 1900), (date(2025, 8, 1), 2100)),
    "SE": ((_OLD, 2500),),
    "SI": ((date(2013, 7, 1), 2200),),
    "SK": ((date(2011, 1, 1), 2000), (date(2025, 1, 1), 2300)),
}
_ELSEWHERE: dict[str, tuple[str, tuple[tuple[date, int], ...]]] = {
    "AU": ("GST", ((_OLD, 1000),)),
    "CA": ("GST", ((date(2008, 1, 1), 500),)),
    "CH": ("VAT", ((date(2018, 1, 1), 770), (date(2024, 1, 1), 810))),
    "EG": ("VAT", ((date(2017, 7, 1), 1400),)),
    "GB": ("VAT", ((date(2011, 1, 4), 2000),)),
    "IN": ("GST", ((date(2017, 7, 1), 1800),)),
    "JP": ("Consumption tax", ((date(2014, 4, 1), 800), (date(2019, 10, 1), 1000))),
    "KR": ("VAT", ((_OLD, 1000),)),
    "MX": ("IVA", ((date(2010, 1, 1), 1600),)),
    "NO": ("VAT", ((date(2005, 1, 1), 2500),)),
    "NZ": ("GST", ((date(2010, 10, 1), 1500),)),
    "PA": ("ITBMS", ((date(2010, 7, 1), 700),)),
    "SG": ("GST", ((date(2023, 1, 1), 800), (date(2024, 1, 1), 900))),
    "TR": ("VAT", ((date(2023, 7, 10), 2000),)),
    "UY": ("IVA", ((date(2007, 7, 1), 2200),)),
}
REVERSE_CHARGE = frozenset(_EU_VAT) - {SELLER_COUNTRY} | {"GB"}
REVERSE_CHARGE_NOTE = "Reverse charge: the recipient accounts for the VAT."
NO_TAX_NOTE = "No tax is charged on advertising in this country."


def tax_for(*, country: str, has_tax_id: bool, day: date) -> Tax:
    """The tax on a service to a customer in `country`, completed on `day`."""
    if has_tax_id and country in REVERSE_CHARGE:
        return Tax("VAT", 0, REVERSE_CHARGE_NOTE)
    name, rates = _ELSEWHERE.get(country, ("VAT", _EU_VAT.get(country, ())))
    in_force = [rate for since, rate in rates if since <= day]
    return Tax(name, in_force[-1]) if in_force else Tax("Tax", 0, NO_TAX_NOTE)
