"""The style guide, and stand-ins for the pages that the menu names."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.frontend import ad_group_page, styleguide


def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("")


def stand_in(app: str, **names: str) -> object:
    return path("", include(([path(route, page, name=name) for name, route in names.items()], app)))


urlpatterns = [
    path("styleguide/", styleguide.components),
    path("styleguide/table/", styleguide.campaign_table),
    path("styleguide/ad-group/", ad_group_page.ad_group),
    path("styleguide/stop/", styleguide.stop),
    path("styleguide/fail/<int:status>/", styleguide.fail),
    path("landing/", styleguide.landing, name="landing"),
    path("", page, name="home"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/", include("allauth.account.urls")),
    stand_in(
        "reporting",
        account_overview="ad-accounts/<int:pk>/",
        report="ad-accounts/<int:pk>/reports/",
        business_overview="business/<int:pk>/",
    ),
    stand_in("campaigns", campaign_list="ad-accounts/<int:pk>/campaigns/"),
    stand_in("assets", creative_list="ad-accounts/<int:pk>/creatives/"),
    stand_in("billing", overview="business/<int:pk>/financial/"),
    stand_in(
        "adaccounts",
        account_list="business/<int:pk>/ad-accounts/",
        user_list="business/<int:pk>/users/",
        settings="ad-accounts/<int:pk>/settings/",
    ),
    stand_in(
        "accounts",
        settings="business/<int:pk>/settings/",
        activity="business/<int:pk>/activity/",
        notifications="notifications/",
        profile="profile/",
    ),
    stand_in("practice", clock="clock/", mailbox="mailbox/"),
]
