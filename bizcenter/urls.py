"""Every address of the product, app by app."""

from django.urls import include, path

handler403 = "accounts.web.refusals.refused"

urlpatterns = [
    path("", include("reporting.urls")),
    path("", include("accounts.root_urls")),
    path("", include("accounts.urls")),
    path("", include("adaccounts.urls")),
    path("", include("assets.urls")),
    path("", include("billing.urls")),
    path("", include("campaigns.urls")),
    path("", include("bizcenter.practice.root_urls")),
    path("practice/", include("bizcenter.practice.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/", include("allauth.account.urls")),
    path("open_api/", include("bizcenter.open_api_urls")),
]
