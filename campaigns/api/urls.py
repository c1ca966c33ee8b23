"""Addresses of this app's part of the Business API."""

from django.urls import path

from .ad_groups import AdGroupCreate, AdGroupGet, AdGroupStatusUpdate, AdGroupUpdate
from .ads import AdCreate, AdGet, AdStatusUpdate, AdUpdate
from .campaigns import CampaignCreate, CampaignGet, CampaignStatusUpdate, CampaignUpdate

urlpatterns = [
    path("campaign/create/", CampaignCreate.as_view()),
    path("campaign/get/", CampaignGet.as_view()),
    path("campaign/update/", CampaignUpdate.as_view()),
    path("campaign/status/update/", CampaignStatusUpdate.as_view()),
    path("adgroup/create/", AdGroupCreate.as_view()),
    path("adgroup/get/", AdGroupGet.as_view()),
    path("adgroup/update/", AdGroupUpdate.as_view()),
    path("adgroup/status/update/", AdGroupStatusUpdate.as_view()),
    path("ad/create/", AdCreate.as_view()),
    path("ad/get/", AdGet.as_view()),
    path("ad/update/", AdUpdate.as_view()),
    path("ad/status/update/", AdStatusUpdate.as_view()),
]
