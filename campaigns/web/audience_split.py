"""The people of a campaign or an ad, as its page shows them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from bizcenter.lib import money
from bizcenter.lib.charts import Chart, Series
from bizcenter.lib.periods import Period
from campaigns.delivery.market import AGES, COUNTRIES, GENDERS, SYSTEMS
from campaigns.models import Ad, AgeGroup, Campaign
from campaigns.queries import audience, metrics
from campaigns.queries.periods import Period as Facts
from campaigns.queries.totals import Totals

METRICS = metrics.SO_FAR
AGE_NAMES = [str(AgeGroup(key).label) for key in AGES]
GENDER_NAMES = [
    {"GENDER_FEMALE": "Women", "GENDER_MALE": "Men"}.get(key, "Not known") for key in GENDERS
]
SYSTEM_NAMES = [{"ANDROID": "Android", "IOS": "iOS"}[key] for key in SYSTEMS]


@dataclass(frozen=True)
class Line:
    """`share` is of the impressions, in percent."""

    name: str
    totals: Totals
    share: Decimal | None


@dataclass(frozen=True)
class Table:
    title: str
    first: str
    lines: list[Line]


@dataclass(frozen=True)
class AudienceSplit:
    """`until` is the last day of the period whose people are known; None when there is none."""

    until: date | None
    is_whole: bool
    chart: Chart | None
    tables: list[Table]


def audience_split(node: Campaign | Ad, period: Period) -> AudienceSplit:
    facts = Facts.of([node.ad_account_id], period.start, period.end)
    column = "campaign_id" if isinstance(node, Campaign) else "ad_id"
    found = audience.split(facts, Q(**{column: node.pk}))
    until = audience.complete_until(facts)
    people = audience.by_age_gender(found)
    if not people:
        return AudienceSplit(until, until == period.end, None, [])
    countries = audience.by_country(found)
    names = {code: _country(code) for code in countries}
    tables = [
        _table("Age", AGE_NAMES, audience.by_age(found)),
        _table("Gender", GENDER_NAMES, audience.by_gender(found)),
        _table("Country", names, countries),
        _table("System", SYSTEM_NAMES, audience.by_system(found)),
    ]
    tables[2].lines.sort(key=lambda line: -line.totals.impressions)
    return AudienceSplit(until, until == period.end, _chart(people), tables)


def _country(number: int) -> str:
    code = audience.country_code(number)
    return COUNTRIES[code].name if code in COUNTRIES else code


def _table(title: str, names: list[str] | dict[int, str], found: audience.Cells) -> Table:
    whole = sum(each.impressions for each in found.values())
    return Table(
        f"By {title.lower()}",
        title,
        [
            Line(names[code], sums, money.ratio(sums.impressions, whole, 100))
            for code, sums in found.items()
        ],
    )


def _chart(people: audience.Cells) -> Chart:
    """Impressions by age, a bar for each gender that was reached."""
    genders = sorted({code % audience.GENDERS for code in people})
    return Chart(
        labels=AGE_NAMES,
        series=[
            Series(
                name=GENDER_NAMES[gender],
                values=[
                    people.get(age * audience.GENDERS + gender, Totals()).impressions
                    for age in range(len(AGE_NAMES))
                ],
            )
            for gender in genders
        ],
        kind="bar",
        axis="Age",
    )
