"""Two Admins at the same person or invitation: who comes second is told, and loses nothing."""

from datetime import datetime

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import BusinessCenter, Invitation
from accounts.permissions import Preset
from accounts.queries import membership_of
from accounts.services import NotAMember
from adaccounts.models import AdAccount
from adaccounts.permissions import preset_access
from adaccounts.queries.held import invited_access
from adaccounts.services import (
    change_invitation,
    change_person,
    decline_invitation,
    remove_person,
    revoke_invitation,
)
from tests.factories.accounts import Cast, make_person

from .conftest import Invite, link_in_mail, sent


def seen(browser: Client, address: str) -> str:
    """What the form of this page says it was filled in from."""
    mark = str(browser.get(address).context["form"]["seen"].value())
    assert mark
    return mark


def test_a_role_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen(
    cast: Cast,
    users: str,
    ben: Client,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    at: datetime,
) -> None:
    mia = membership_of(cast.mia, business_center)
    address = f"{users}{mia.pk}/"
    old = seen(ben, address)
    finance = preset_access(Preset.FINANCE)
    change_person(membership=mia, access=finance, actor=None, at=at)

    first = ben.post(address, sent(ad_account, preset="analyst", seen=old))
    between = membership_of(cast.mia, business_center).finance_role
    again = first.context["form"]["seen"].value()
    second = ben.post(address, sent(ad_account, preset="analyst", seen=again))

    assert first.status_code == 422
    assert "Mia Marketer is now Finance." in first.content.decode()
    assert first.context["form"]["preset"].value() == "analyst"
    assert between == "manager"
    assert second.status_code == 302
    assert membership_of(cast.mia, business_center).finance_role == "none"


def test_the_same_holds_for_an_invitation(
    cast: Cast, users: str, ben: Client, invite: Invite, ad_account: AdAccount, at: datetime
) -> None:
    invitation = invite()
    address = f"{users}invitations/{invitation.pk}/"
    old = seen(ben, address)
    less = preset_access(Preset.ANALYST, [ad_account])
    change_invitation(invitation=invitation, access=less, actor=None, at=at)

    answer = ben.post(address, {"preset": "finance", "seen": old})

    assert answer.status_code == 422
    assert "nora@northwind.example is now Analyst in 1 ad account." in answer.content.decode()
    assert invited_access(Invitation.objects.get()).levels == less.levels


def test_whoever_was_removed_meanwhile_gets_no_role(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    mia = membership_of(cast.mia, business_center)
    remove_person(membership=membership_of(cast.mia, business_center), actor=None, at=at)

    with pytest.raises(NotAMember, match="Mia Marketer is not a user of Northwind"):
        change_person(membership=mia, access=preset_access(Preset.ADMIN), actor=None, at=at)

    assert membership_of(cast.mia, business_center) is None


@pytest.mark.parametrize("step", ["", "resend/", "revoke/"])
def test_an_invitation_that_was_revoked_meanwhile_is_said_on_the_list(
    users: str, ben: Client, invite: Invite, at: datetime, step: str
) -> None:
    invitation = invite()
    revoke_invitation(invitation=invitation, actor=None, at=at)

    answer = ben.post(f"{users}invitations/{invitation.pk}/{step}", {"preset": "finance"})

    assert answer.status_code == 302
    assert answer["Location"] == users
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["nora@northwind.example: This invitation was taken back."]


def test_a_dialog_about_an_invitation_that_was_declined_leads_to_the_list(
    users: str, ben: Client, invite: Invite, at: datetime
) -> None:
    invitation = invite()
    token = link_in_mail().split("/")[2]
    nora = make_person("Nora New", "nora@northwind.example")
    decline_invitation(token=token, user=nora, at=at)

    answer = ben.get(f"{users}invitations/{invitation.pk}/revoke/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == users
