"""Who is in the demo, what they sell, and what they did on which day. Data only.

Days count from the first day of the story; day 28 is "today", day 29 is twenty minutes ago.
Amounts are in currency units.
"""

from dataclasses import dataclass, field

PASSWORD = "practice-1234"


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    email: str
    part: str


PEOPLE = (
    Person("ben", "Ben Okafor", "ben@northwind.example", "Admin: team, roles, accounts"),
    Person("mia", "Mia Lindqvist", "mia@northwind.example", "Ad Account Operator: campaigns"),
    Person("ana", "Ana Duarte", "ana@northwind.example", "Analyst: sees reports, changes nothing"),
    Person("fay", "Fay Tanaka", "fay@northwind.example", "Finance: pays, reconciles, invoices"),
    Person("tom", "Tom Weber", "tom@northwind.example", "Trainer: turns the practice clock"),
    Person("lea", "Lea Brandt", "lea@freelance.example", "Operator for a while: access ends"),
    Person("carl", "Carl Moreau", "carl@cedarsage.example", "Partner: own business, one account"),
)


@dataclass(frozen=True)
class AccountStory:
    key: str
    name: str
    brand: str
    currency: str
    timezone: str
    country: str
    industry: str
    website: str
    top_ups: tuple[tuple[int, int], ...]


ACCOUNTS = (
    AccountStory(
        "us", "Cedar & Sage US", "Cedar & Sage", "USD", "America/New_York", "US",
        "Home & garden", "https://cedarsage.example",
        ((0, 14_000), (14, 9_000), (26, 9_000)),
    ),
    AccountStory(
        "de", "Velo Nord DE", "Velo Nord", "EUR", "Europe/Berlin", "DE",
        "Sports & outdoor", "https://velonord.example",
        ((0, 8_000), (16, 11_000)),
    ),
    AccountStory(
        "jp", "Hoshi Skin JP", "Hoshi Skin", "JPY", "Asia/Tokyo", "JP",
        "Beauty & personal care", "https://hoshi.example",
        ((0, 1_100_000), (18, 800_000)),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class GroupStory:
    name: str
    countries: tuple[str, ...]
    budget: int | None = None
    ages: tuple[str, ...] = ()
    gender: str = "GENDER_UNLIMITED"


@dataclass(frozen=True)
class AdStory:
    name: str
    scene: str
    look: str
    headline: str
    text: str
    video: bool = True


@dataclass(frozen=True)
class CampaignStory:
    account: str
    name: str
    objective: str
    billing: str
    goal: str
    start: int
    groups: tuple[GroupStory, ...]
    ads: tuple[AdStory, ...]
    campaign_budget: int | None = None
    lifetime: bool = False
    bid: str | None = None
    call_to_action: str = "LEARN_MORE"
    fast: bool = False
    ends_after: int | None = None
    starts_in: int = 0
    pause_on: int | None = None
    deactivate_on: int | None = None
    link: str = ""
    po_number: str = ""


YOUNG = ("AGE_18_24", "AGE_25_34")
GROWN = ("AGE_25_34", "AGE_35_44", "AGE_45_54")
WOMEN, MEN = "GENDER_FEMALE", "GENDER_MALE"


def _sofa(*names: str) -> tuple[AdStory, ...]:
    stock = {
        "chair": AdStory("Armchair film", "chair", "sage", "Sit well,\nlive well",
                         "Armchairs made to be lived in. See the new linen range."),
        "mug": AdStory("Mug film", "mug", "dawn", "Slow\nmornings",
                       "Stoneware for the first quiet hour of the day."),
        "plant": AdStory("Plant picture", "leaves", "sun", "Grow\nsomething",
                         "House plants that forgive you. Delivered in two days.", video=False),
        "app": AdStory("Planner film", "phone", "night", "Plan it in\none tap",
                       "Measure, place and order your room on the phone."),
        "chair2": AdStory("Armchair picture", "chair", "lilac", "Softer than\nit looks",
                          "Try it at home for 30 nights.", video=False),
    }  # fmt: skip
    return tuple(stock[name] for name in names)


def _bike(*names: str) -> tuple[AdStory, ...]:
    stock = {
        "city": AdStory("City film", "bicycle", "sea", "Ride past\nthe rush",
                        "Twelve minutes to work. No stops, no parking."),
        "dusk": AdStory("Dusk picture", "bicycle", "night", "Home before\nthe rain",
                        "Lights built in, range 120 km.", video=False),
        "sun": AdStory("Test ride film", "bicycle", "sun", "Try it for\na weekend",
                       "Book a free test ride in your town."),
        "oil": AdStory("Oil picture", "bottle", "sun", "Quiet again",
                       "Cures every noise, guaranteed results in one day.", video=False),
        "app": AdStory("App film", "phone", "sea", "Your ride,\nmapped",
                       "Routes, service and theft alarm in one app."),
    }  # fmt: skip
    return tuple(stock[name] for name in names)


def _skin(*names: str) -> tuple[AdStory, ...]:
    stock = {
        "serum": AdStory("Serum film", "bottle", "lilac", "Glow that\nlasts",
                         "Vitamin serum for every evening."),
        "night": AdStory("Night picture", "bottle", "night", "Rest well,\nskin",
                         "A night oil with yuzu.", video=False),
        "quiz": AdStory("Quiz film", "phone", "lilac", "Find your\nroutine",
                        "Five questions, one routine that fits."),
        "box": AdStory("Sample box picture", "bottle", "dawn", "Three to\ntry first",
                       "A box of samples for new customers.", video=False),
    }  # fmt: skip
    return tuple(stock[name] for name in names)


def _one(countries: str, budget: int | None = None, **more: object) -> tuple[GroupStory, ...]:
    places = tuple(countries.split())
    return (GroupStory(f"{'/'.join(places)} · broad", places, budget, **more),)  # type: ignore[arg-type]


def _two(countries: str, budget: int | None = None) -> tuple[GroupStory, ...]:
    places = tuple(countries.split())
    label = "/".join(places)
    return (
        GroupStory(f"{label} · 18–34", places, budget, YOUNG),
        GroupStory(f"{label} · 25–54 women", places, budget, GROWN, WOMEN),
    )


CEDAR, VELO, HOSHI = (
    "https://cedarsage.example/",
    "https://velonord.example/",
    "https://hoshi.example/",
)
C = CampaignStory
CAMPAIGNS = (
    C("us", "Spring Sale US", "WEB_CONVERSIONS", "OCPM", "CONVERT", 0, _two("US", 90),
      _sofa("chair", "mug"), call_to_action="SHOP_NOW", link=CEDAR + "spring", po_number="PO-4711"),
    C("us", "Spring Sale UK", "WEB_CONVERSIONS", "OCPM", "CONVERT", 1, _two("GB", 60),
      _sofa("chair", "mug"), call_to_action="SHOP_NOW", link=CEDAR + "spring", po_number="PO-4711"),
    C("us", "Linen Chairs – Prospecting", "TRAFFIC", "CPC", "CLICK", 0, _two("US CA", 70),
      _sofa("chair", "chair2"), link=CEDAR + "chairs"),
    C("us", "Reading Corner – Reach", "REACH", "CPM", "REACH", 2, _one("US", 55),
      _sofa("chair2",), pause_on=17, link=CEDAR),
    C("us", "Slow Mornings – Video", "VIDEO_VIEWS", "CPV", "ENGAGED_VIEW", 3, _one("US", 50),
      _sofa("mug"), call_to_action="WATCH_NOW", link=CEDAR + "mugs"),
    C("us", "Holiday Lookbook", "PRODUCT_SALES", "OCPM", "CONVERT", 5, _two("US"),
      _sofa("plant", "chair"), campaign_budget=180, call_to_action="SHOP_NOW", link=CEDAR + "look"),
    C("us", "Newsletter Leads", "LEAD_GENERATION", "OCPM", "LEAD_GENERATION", 4, _one("US", 45),
      _sofa("plant"), deactivate_on=21, call_to_action="SIGN_UP", link=CEDAR + "letter"),
    C("us", "Store Opening Austin", "REACH", "CPM", "REACH", 1, _one("US", 700),
      _sofa("chair2"), lifetime=True, ends_after=14, link=CEDAR + "austin"),
    C("us", "Clearance Flash", "TRAFFIC", "CPC", "CLICK", 9, _one("US", 450),
      _sofa("mug", "plant"), lifetime=True, ends_after=20, fast=True, link=CEDAR + "sale"),
    C("us", "Room Planner App", "APP_PROMOTION", "OCPM", "INSTALL", 8,
      _one("US CA", 60, ages=YOUNG),
      _sofa("app"), call_to_action="DOWNLOAD_NOW", link=CEDAR + "app"),
    C("us", "New Year Teaser", "TRAFFIC", "CPC", "CLICK", 24, _one("US", 80),
      _sofa("chair"), starts_in=40, link=CEDAR + "new-year"),
    C("us", "Gift Guide", "ENGAGEMENT", "OCPM", "FOLLOWERS", 29, _one("US", 40),
      _sofa("plant", "mug"), link=CEDAR + "gifts"),
    C("de", "City Rider – Traffic DE", "TRAFFIC", "CPC", "CLICK", 0, _two("DE", 55),
      _bike("city", "dusk"), bid="0.90", link=VELO + "city"),
    C("de", "City Rider – Traffic FR", "TRAFFIC", "CPC", "CLICK", 3, _one("FR", 45),
      _bike("city"), link=VELO + "fr"),
    C("de", "E-Bike Test Rides", "LEAD_GENERATION", "OCPM", "LEAD_GENERATION", 2, _two("DE", 50),
      _bike("sun", "city"), call_to_action="BOOK_NOW", link=VELO + "test-ride"),
    C("de", "Test Ride Film", "VIDEO_VIEWS", "CPV", "ENGAGED_VIEW", 4, _one("DE NL", 40),
      _bike("sun"), call_to_action="WATCH_NOW", link=VELO),
    C("de", "Winter Service – Reach", "REACH", "CPM", "REACH", 6, _one("DE", 40, gender=MEN),
      _bike("dusk"), pause_on=22, link=VELO + "service"),
    C("de", "Helmet Sale", "WEB_CONVERSIONS", "OCPM", "CONVERT", 5, _one("DE", 70),
      _bike("city", "dusk"), bid="38.00", call_to_action="SHOP_NOW", link=VELO + "helmets"),
    C("de", "Chain Oil Launch", "TRAFFIC", "CPC", "CLICK", 10, _one("DE", 30),
      _bike("oil"), link=VELO + "oil"),
    C("de", "Velo+ App", "APP_PROMOTION", "OCPM", "INSTALL", 12, _one("DE", 45, ages=YOUNG),
      _bike("app"), call_to_action="DOWNLOAD_NOW", link=VELO + "app"),
    C("jp", "Glow Serum Launch", "WEB_CONVERSIONS", "OCPM", "CONVERT", 0, _two("JP", 9_000),
      _skin("serum", "night"), call_to_action="SHOP_NOW", link=HOSHI + "serum"),
    C("jp", "Serum Film", "VIDEO_VIEWS", "CPV", "ENGAGED_VIEW", 2, _one("JP", 6_000),
      _skin("serum"), call_to_action="WATCH_NOW", link=HOSHI),
    C("jp", "Autumn Skin Quiz", "ENGAGEMENT", "OCPM", "FOLLOWERS", 4,
      _one("JP", 5_500, gender=WOMEN), _skin("quiz"), link=HOSHI + "quiz"),
    C("jp", "Sample Box Leads", "LEAD_GENERATION", "OCPM", "LEAD_GENERATION", 6,
      _one("JP", 6_000, ages=YOUNG), _skin("box", "quiz"), call_to_action="SIGN_UP",
      link=HOSHI + "box"),
    C("jp", "Tokyo Reach", "REACH", "CPM", "REACH", 3, _one("JP", 5_000),
      _skin("night"), deactivate_on=19, link=HOSHI),
    C("jp", "Repeat Buyers", "PRODUCT_SALES", "OCPM", "CONVERT", 8, _two("JP"),
      _skin("serum", "box"), campaign_budget=12_000, call_to_action="ORDER_NOW", link=HOSHI),
    C("jp", "Winter Care Idea", "TRAFFIC", "CPC", "CLICK", 25, (), ()),
)  # fmt: skip


@dataclass
class Progress:
    """How far the demo has come, for the bar on the terminal."""

    total: int
    done: int = 0
    note: str = field(default="")
