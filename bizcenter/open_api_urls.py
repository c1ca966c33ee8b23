"""The Business API under /open_api/, app by app; whatever else is asked for there is unknown."""

from django.urls import include, path, re_path

from bizcenter.lib.open_api.unknown import Unknown

urlpatterns = [
    path(
        "v1.3/",
        include(
            [
                path("", include("accounts.api.urls")),
                path("", include("adaccounts.api.urls")),
                path("", include("billing.api.urls")),
                path("", include("campaigns.api.urls")),
                path("", include("reporting.api.urls")),
            ]
        ),
    ),
    re_path("^(?P<path>.*)$", Unknown.as_view()),
]
