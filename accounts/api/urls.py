"""Addresses of this app's part of the Business API."""

from django.urls import path

from .business_centers import BusinessCenterCreate, BusinessCenterGet
from .changelog import ChangelogGet
from .people import UserInfo

urlpatterns = [
    path("user/info/", UserInfo.as_view()),
    path("bc/get/", BusinessCenterGet.as_view()),
    path("bc/create/", BusinessCenterCreate.as_view()),
    path("changelog/get/", ChangelogGet.as_view()),
]
