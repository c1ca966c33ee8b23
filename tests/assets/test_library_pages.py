"""The creative library: everybody in the account looks, those who manage campaigns upload."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from assets.models import Creative
from tests.factories.accounts import Cast
from tests.factories.campaigns import make_ad, make_creative, make_tree
from tests.factories.media import picture, upload

ClientOf = Callable[[User], Client]


@pytest.fixture
def library(ad_account: AdAccount) -> str:
    return reverse("assets:creative_list", args=[ad_account.pk])


def test_mia_uploads_a_picture_and_sees_it(
    client_of: ClientOf, cast: Cast, ad_account: AdAccount, library: str
) -> None:
    mia = client_of(cast.mia)

    answer = mia.post(
        reverse("assets:upload", args=[ad_account.pk]),
        {"upload": upload(picture(), "Coat.jpg"), "name": "Red coat"},
        follow=True,
    )

    creative = Creative.objects.get()
    assert answer.redirect_chain[-1][0] == reverse(
        "assets:creative", args=[ad_account.pk, creative.pk]
    )
    assert "“Red coat” is in the library." in answer.content.decode()
    assert "720×1280" in mia.get(library).content.decode()


def test_a_refused_file_is_explained_at_the_field(
    client_of: ClientOf, cast: Cast, ad_account: AdAccount
) -> None:
    answer = client_of(cast.mia).post(
        reverse("assets:upload", args=[ad_account.pk]), {"upload": upload(b"nonsense", "x.png")}
    )

    assert answer.status_code == 422
    assert 'id="id_upload_error"' in answer.content.decode()
    assert not Creative.objects.exists()


def test_an_analyst_is_told_why_there_is_no_upload(
    client_of: ClientOf, cast: Cast, ad_account: AdAccount, library: str
) -> None:
    ana = client_of(cast.ana)

    page = ana.get(library).content.decode()
    answer = ana.post(reverse("assets:upload", args=[ad_account.pk]), {"upload": upload(picture())})

    assert "Create and edit campaigns" in page
    assert 'type="file"' not in page
    assert answer.status_code == 403
    assert not Creative.objects.exists()


def test_search_and_kind_narrow_the_library(
    client_of: ClientOf, cast: Cast, ad_account: AdAccount, library: str, at: datetime
) -> None:
    film = make_creative(ad_account, at)
    still = make_creative(ad_account, at, kind="image")
    ana = client_of(cast.ana)

    assert film.name not in ana.get(library, {"kind": "image"}).content.decode()
    assert still.name in ana.get(library, {"q": still.name}).content.decode()
    assert still.name in ana.get(library, {"q": str(still.pk)}).content.decode()
    assert "No creatives match" in ana.get(library, {"q": "zebra"}).content.decode()


def test_a_creative_says_where_it_is_used(
    client_of: ClientOf, cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    creative = make_creative(ad_account, at)
    tree = make_tree(ad_account, at, ad={"creative": creative, "name": "Autumn film"})
    make_ad(tree.group, at, name="Other film")

    usage = reverse("campaigns:creative_usage", args=[ad_account.pk, creative.pk])
    page = client_of(cast.ana).get(usage).content.decode()

    assert "Autumn film" in page
    assert "Other film" not in page


def test_more_creatives_do_not_mean_more_queries(
    client_of: ClientOf,
    cast: Cast,
    ad_account: AdAccount,
    library: str,
    at: datetime,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    ana = client_of(cast.ana)
    for _ in range(24):
        make_creative(ad_account, at)

    with django_assert_max_num_queries(14):
        ana.get(library)
