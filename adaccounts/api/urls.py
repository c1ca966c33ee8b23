"""Addresses of this app's part of the Business API."""

from django.urls import path

from .oauth import AccessTokenCreate, AccessTokenRevoke, AuthorizedAdvertisers

urlpatterns = [
    path("oauth2/access_token/", AccessTokenCreate.as_view()),
    path("oauth2/advertiser/get/", AuthorizedAdvertisers.as_view()),
    path("oauth2/revoke_token/", AccessTokenRevoke.as_view()),
]
