"""The Business API under /open_api/v1.3/, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.api.urls")),
    path("", include("adaccounts.api.urls")),
    path("", include("campaigns.api.urls")),
    path("", include("reporting.api.urls")),
]
