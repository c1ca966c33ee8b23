"""Asking an Admin for a permission: from the refusal to the approval in one click."""

from collections.abc import Callable
from urllib.parse import quote

from django.test import Client

from accounts.models import BusinessCenter, Notification
from adaccounts.models import AccessRequest, AdAccount
from adaccounts.permissions import Level
from tests.factories.accounts import Cast

from .conftest import held

ASK = "/ask-an-admin/"


def test_a_refused_click_leads_to_the_admin_and_his_one_click_opens_it(
    cast: Cast, ana: Client, ben: Client, users: str, ad_account: AdAccount
) -> None:
    closed = f"/ad-accounts/{ad_account.pk}/campaigns/new/"

    refused = ana.get(closed)
    page = refused.content.decode()
    sent = {"permission": "manage_campaigns", "ad_account": ad_account.pk}
    answer = ana.post(ASK, sent).content.decode()
    told = Notification.objects.get(user=cast.ben)
    row = AccessRequest.objects.get()
    ben.post(f"{users}requests/{row.pk}/", {"decision": "approve"})

    assert refused.status_code == 403
    assert "Ask Ben Admin" in page
    assert f'name="ad_account" value="{ad_account.pk}"' in page
    assert "Your request is with an Admin" in answer
    assert told.url == users + "requests/"
    assert held(cast.ana, ad_account) == Level.OPERATOR
    assert ana.get(closed).status_code == 200
    assert Notification.objects.filter(user=cast.ana, text__contains="gave you").exists()


def test_a_request_from_a_locked_switch_names_the_campaign(
    cast: Cast, ana: Client, ben: Client, users: str, ad_account: AdAccount
) -> None:
    about = "Switch off “Spring Sale US”"
    link = f"{ASK}?permission=manage_campaigns&ad_account={ad_account.pk}&about={quote(about)}"

    form = ana.get(link)
    before = AccessRequest.objects.count()
    sent = {"permission": "manage_campaigns", "ad_account": ad_account.pk, "about": about}
    ana.post(ASK, sent | {"note": "It sells out today"})
    listed = ben.get(users + "requests/").content.decode()

    assert form.context["form"]["about"].value() == about
    assert before == 0
    assert about in listed
    assert "It sells out today" in listed
    assert about in Notification.objects.get(user=cast.ben).text


def test_asking_again_changes_nothing(cast: Cast, ana: Client, ad_account: AdAccount) -> None:
    for _ in range(3):
        ana.post(ASK, {"permission": "manage_campaigns", "ad_account": ad_account.pk})

    assert AccessRequest.objects.count() == 1
    assert Notification.objects.filter(user=cast.ben).count() == 1


def test_strangers_and_nonsense_are_answered_as_if_nothing_existed(
    cast: Cast,
    ana: Client,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    client_of: Callable[..., Client],
) -> None:
    stranger = client_of(cast.stranger)
    carls = BusinessCenter.objects.get(name="Carl & Co").pk
    tries = [
        (stranger, {"permission": "manage_campaigns", "ad_account": ad_account.pk}),
        (stranger, {"permission": "view_finance", "business_center": business_center.pk}),
        (
            client_of(cast.carl),
            {"permission": "view_finance", "business_center": business_center.pk},
        ),
        (ana, {"permission": "view_finance", "business_center": carls}),
        (ana, {"permission": "view_finance", "ad_account": ad_account.pk}),
        (ana, {"permission": "be_king", "business_center": business_center.pk}),
        (ana, {"permission": "manage_campaigns", "ad_account": "9" * 30}),
    ]

    statuses = [browser.post(ASK, sent).status_code for browser, sent in tries]
    statuses += [browser.get(ASK, sent).status_code for browser, sent in tries]

    assert set(statuses) == {404}
    assert not AccessRequest.objects.exists()
