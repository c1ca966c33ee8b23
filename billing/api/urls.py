"""Addresses of this app's part of the Business API."""

from django.urls import path

from .advertisers import AdvertiserInfo

urlpatterns = [path("advertiser/info/", AdvertiserInfo.as_view())]
