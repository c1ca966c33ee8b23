"""Invitations in the practice mailbox: the inviter hands the link on until somebody has joined."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from adaccounts.models import AdAccount
from adaccounts.permissions import preset_access
from adaccounts.services import invite_person
from tests.factories.accounts import Cast, make_person

BOX = "/practice/mailbox/"


@pytest.fixture
def invited(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    settings,
    django_capture_on_commit_callbacks,
) -> str:
    settings.EMAIL_BACKEND = "bizcenter.practice.mail.PracticeMailbox"
    with django_capture_on_commit_callbacks(execute=True):
        invite_person(
            business_center=business_center,
            email="Nina@elsewhere.example",
            access=preset_access(Preset.OPERATOR, [ad_account]),
            actor=cast.ben,
            at=at,
        )
    return "nina@elsewhere.example"


def test_who_invited_finds_the_mail_and_nobody_else_does(
    cast: Cast, invited: str, client_of: Callable[..., Client]
) -> None:
    seen = {
        name: invited in client_of(person).get(BOX).content.decode()
        for name, person in cast.everyone.items()
    }

    assert [name for name, found in seen.items() if found] == ["ben", "tom"]


def test_once_somebody_has_signed_up_the_mail_is_theirs_alone(
    cast: Cast, invited: str, client_of: Callable[..., Client]
) -> None:
    nina = make_person("Nina New", invited)

    assert invited not in client_of(cast.ben).get(BOX).content.decode()
    assert invited in client_of(nina).get(BOX).content.decode()
