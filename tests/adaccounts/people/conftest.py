"""What stories of people share: the Users page, invitations, and the link out of the mail."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from accounts.models import BusinessCenter, Invitation, User
from accounts.permissions import Preset
from adaccounts.models import AccessRequest, AdAccount
from adaccounts.permissions import (
    Access,
    Level,
    Permission,
    level_of,
    permissions_in,
    preset_access,
)
from adaccounts.services import ask_for_access, invite_person
from tests.factories.accounts import Cast

Invite = Callable[..., Invitation]
LINK = re.compile(r"/join/[0-9a-f]{40}/")


@pytest.fixture
def users(business_center: BusinessCenter) -> str:
    return f"/bc/{business_center.pk}/users/"


@pytest.fixture
def ben(cast: Cast, client_of: Callable[..., Client]) -> Client:
    """The Admin's browser."""
    return client_of(cast.ben)


@pytest.fixture
def ana(cast: Cast, client_of: Callable[..., Client]) -> Client:
    """The Analyst's browser."""
    return client_of(cast.ana)


@pytest.fixture
def invite(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> Invite:
    """Ben invites somebody as Operator of the USD account; the mail is sent."""

    def invited(email: str = "nora@northwind.example", access: Access | None = None) -> Invitation:
        with django_capture_on_commit_callbacks(execute=True):
            return invite_person(
                business_center=business_center,
                email=email,
                access=access or preset_access(Preset.OPERATOR, [ad_account]),
                actor=cast.ben,
                at=at,
            )

    return invited


def asked(user: User, ad_account: AdAccount, at: datetime, **more: object) -> AccessRequest:
    """The person asks for the right to manage the account's campaigns."""
    return ask_for_access(
        user=user,
        permission=Permission.MANAGE_CAMPAIGNS,
        business_center=ad_account.business_center,
        ad_account=ad_account,
        at=at,
        **more,
    )


def held(user: User, ad_account: AdAccount) -> Level | None:
    return level_of(permissions_in(user, ad_account.pk))


def link_in_mail(number: int = -1) -> str:
    """The path of the link in the latest mail."""
    found = LINK.search(str(mail.outbox[number].body))
    assert found is not None
    return found.group()


def sent(chosen: AdAccount | None = None, **more: object) -> dict[str, object]:
    """A form as the browser sends it, with one ad account shown and ticked."""
    accounts = {"accounts-shown": chosen.pk, "accounts": chosen.pk} if chosen else {}
    return {"preset": "analyst", **accounts, **more}
