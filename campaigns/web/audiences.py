"""Whom an ad group addresses, in words, and how many people that is."""

from dataclasses import dataclass
from math import log10

from campaigns.delivery.market import COUNTRIES
from campaigns.models import AdGroup, AgeGroup, Gender

_SYSTEMS = {"ANDROID": "Android", "IOS": "iOS"}
_MILLION = 1_000_000
NARROW, BROAD = 500_000, 50 * _MILLION


@dataclass(frozen=True)
class Audience:
    countries: str
    ages: str
    gender: str
    devices: str
    people: int

    @property
    def words(self) -> str:
        return " · ".join((self.countries, self.ages, self.gender, self.devices))


def audience_of(group: AdGroup) -> Audience:
    """The targeting as people read it."""
    names = [COUNTRIES[c].name if c in COUNTRIES else c for c in group.countries]
    ages = [str(AgeGroup(age).label) for age in AgeGroup.values if age in group.age_groups]
    systems = [_SYSTEMS.get(system, system) for system in group.operating_systems]
    gender = "All genders" if group.gender == Gender.ANY else str(Gender(group.gender).label)
    return Audience(
        countries=", ".join(names) or "No country",
        ages=", ".join(ages) if 0 < len(ages) < len(AgeGroup) else "All ages",
        gender=gender,
        devices=systems[0] if len(systems) == 1 else "All devices",
        people=group.audience_size,
    )


def verdict_on(people: int) -> tuple[str, str, str]:
    """A word for the size, its tone, and what to do about it."""
    if people == 0:
        return "Empty", "red", "Choose at least one country of the practice market."
    if people < NARROW:
        return "Narrow", "amber", "Delivery may stop short of the budget. Add countries or ages."
    if people > BROAD:
        return "Broad", "amber", "Reaches many; a clearer audience often costs less per result."
    return "Balanced", "green", "Wide enough to deliver, narrow enough to mean something."


def gauge_of(people: int) -> int:
    """0 to 100 on a logarithmic scale: a thousand people are 0, a billion 100."""
    return max(0, min(100, round((log10(max(people, 1)) - 3) * 100 / 6)))
