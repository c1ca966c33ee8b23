"""What an ad group can ask of people besides age, gender and device, as its form offers it."""

from babel import Locale

from campaigns.delivery.people import LANGUAGES
from campaigns.models import AdGroup

Choices = list[tuple[str, str]]

# Top categories by the numbers under which the Business API knows them.
INTERESTS = {
    "10": "Education",
    "11": "Vehicles and transport",
    "12": "Baby and children",
    "13": "Financial services",
    "14": "Beauty and personal care",
    "15": "Technology and electronics",
    "16": "Appliances",
    "17": "Travel",
    "18": "Household products",
    "19": "Pets",
    "20": "Apps",
    "21": "Home improvement",
    "22": "Clothes and accessories",
    "23": "News and entertainment",
    "24": "Business services",
    "25": "Games",
    "26": "Life services",
    "27": "Food and drinks",
    "28": "Sports and outdoors",
}
CLICK_WINDOWS = ((1, "1 day"), (7, "7 days"), (14, "14 days"), (28, "28 days"))
VIEW_WINDOWS = ((0, "Off"), (1, "1 day"), (7, "7 days"))


def languages(ad_group: AdGroup | None) -> Choices:
    """Those of the practice market by their English names, and what the ad group has beside."""
    codes = {code for spoken in LANGUAGES.values() for code in spoken}
    codes |= set(ad_group.languages if ad_group else ())
    names = Locale("en").languages
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1])


def interests(ad_group: AdGroup | None) -> Choices:
    """The top categories by name, and what the ad group has beside them."""
    names = dict(INTERESTS)
    for number in ad_group.interests if ad_group else ():
        names.setdefault(number, f"Category {number}")
    return sorted(names.items(), key=lambda pair: pair[1])
