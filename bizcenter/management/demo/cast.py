"""The people of the demo, their Business Center and its three ad accounts."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress

from accounts.models import AccessToken, BusinessCenter, DeveloperApp, User
from accounts.permissions import Preset
from accounts.services import create_business_center
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, preset_access
from adaccounts.services import add_person, create_ad_account, share_account
from bizcenter.lib.secret import digest

from . import keys
from .story import ACCOUNTS, PASSWORD, PEOPLE


@dataclass(frozen=True)
class Stage:
    """Who acts in the demo, and where."""

    people: dict[str, User]
    business_center: BusinessCenter
    accounts: dict[str, AdAccount]
    partner: BusinessCenter


def _people() -> dict[str, User]:
    found = {}
    for person in PEOPLE:
        user = User.objects.create_user(
            person.email, PASSWORD, name=person.name, is_trainer=person.key == "tom"
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        found[person.key] = user
    return found


def _accounts(business_center: BusinessCenter, owner: User, at: datetime) -> dict[str, AdAccount]:
    return {
        story.key: create_ad_account(
            business_center=business_center,
            name=story.name,
            currency=story.currency,
            timezone=story.timezone,
            country=story.country,
            industry=story.industry,
            website=story.website,
            company=story.brand,
            seed=1000 + number,
            is_reviewed=True,
            actor=owner,
            at=at,
        )
        for number, story in enumerate(ACCOUNTS)
    }


def _api_access(user: User) -> None:
    """The demo's app and token; their secrets derive from the installation's own key."""
    app = DeveloperApp.objects.create(
        id=keys.APP_ID,
        name="Demo reporting tool",
        owner=user,
        secret_hash=digest(keys.app_secret()),
        redirect_uris=["http://localhost:8000/callback"],
    )
    AccessToken.objects.create(user=user, app=app, token_hash=digest(keys.access_token()))


def assemble(at: datetime) -> Stage:
    """Everybody is there with the access their part gives, as of `at`."""
    people = _people()
    ben = people["ben"]
    northwind = create_business_center(
        name="Northwind Agency",
        legal_name="Northwind Agency LLC",
        country="US",
        currency="USD",
        timezone="America/New_York",
        industry="Business services",
        street="14 Mercer Street",
        city="New York",
        postal_code="10013",
        contact_name="Ben Okafor",
        contact_email="accounts@northwind.example",
        contact_phone="+1 212 555 0142",
        website="https://northwind.example",
        owner=ben,
        at=at,
    )
    accounts = _accounts(northwind, ben, at)
    every = list(accounts.values())
    for key, preset, chosen in (
        ("mia", Preset.OPERATOR, every),
        ("ana", Preset.ANALYST, every),
        ("fay", Preset.FINANCE, []),
        ("tom", Preset.ANALYST, every),
    ):
        add_person(
            business_center=northwind,
            email=people[key].email,
            access=preset_access(preset, chosen),
            actor=ben,
            at=at,
        )
    cedar = create_business_center(
        name="Cedar & Sage",
        legal_name="Cedar & Sage Inc.",
        country="US",
        currency="USD",
        timezone="America/New_York",
        owner=people["carl"],
        at=at,
    )
    share_account(ad_account=accounts["us"], partner=cedar, level=Level.ANALYST, actor=ben, at=at)
    _api_access(people["mia"])
    return Stage(people, northwind, accounts, cedar)
