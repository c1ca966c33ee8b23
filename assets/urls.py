"""Addresses of this app's pages."""

from django.urls import path

from .web import creatives, files

app_name = "assets"

_BASE = "ad-accounts/<int:ad_account_id>/creatives/"
_ONE = _BASE + "<int:creative_id>/"

urlpatterns = [
    path(_BASE, creatives.creative_list, name="creative_list"),
    path(_BASE + "upload/", creatives.upload, name="upload"),
    path(_ONE, creatives.creative, name="creative"),
    path(_ONE + "file", files.file, name="file"),
    path(_ONE + "cover", files.cover, name="cover"),
]
