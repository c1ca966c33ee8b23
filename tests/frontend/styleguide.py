"""A page with every component on it, for looking at and for axe; never part of the product."""

import math
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bizcenter.lib.charts import Chart, Series
from bizcenter.lib.periods import Period

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAYS = [NOON.date() - timedelta(days=27 - n) for n in range(28)]
NAV = {"manage_account", "manage_members", "manage_business", "view_finance", "view_activity"}
STATUSES = [
    ("Active", ""),
    ("Active", "Learning"),
    ("Not delivering", "In review"),
    ("Not delivering", "Not approved"),
    ("Not delivering", "Campaign out of budget"),
    ("Inactive", "Paused"),
    ("Completed", ""),
    ("Deactivating", "Processing"),
    ("Deactivated", ""),
]
NAMES = [
    "Trail Season",
    "Home Reset",
    "Glow Kit",
    "New Parent Box",
    "Studio Basics",
    "Late-night Snacks",
]
PLACES = ["IT", "PL", "SE", "FR", "ES", "DE"]


class BudgetForm(forms.Form):
    name = forms.CharField(
        label="Campaign name", help_text="Only your team sees it.", max_length=100
    )
    budget = forms.DecimalField(label="Daily budget", help_text="At least 50.")
    objective = forms.ChoiceField(choices=[("traffic", "Traffic"), ("reach", "Reach")])
    ends = forms.DateField(label="End date", required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    picture = forms.FileField(required=False)
    agree = forms.BooleanField(label="I have read the rules")
    ages = forms.MultipleChoiceField(
        choices=[("18", "18-24"), ("25", "25-34"), ("35", "35-44")],
        widget=forms.CheckboxSelectMultiple,
    )


def wave(base: float, swing: float, shift: float = 0.0) -> list[float]:
    return [round(base + swing * (math.sin(n / 3 + shift) + n / 18), 2) for n in range(28)]


def rows(count: int) -> list[dict[str, Any]]:
    found = []
    for n in range(count):
        primary, secondary = STATUSES[n % len(STATUSES)]
        found.append(
            {
                "id": 1849372615200000001 + n * 7919,
                "name": f"{NAMES[n % 6]} · {PLACES[n % 6]} · Prospecting · {n + 1:02}",
                "on": primary == "Active",
                "primary": primary,
                "secondary": secondary,
                "budget": 5000 + 2500 * (n % 7),
                "spend": 3755770 - n * 98431,
                "impressions": 6505260 - n * 171013,
                "results": 7668 - n * 211,
                "trend": wave(40, 9, n),
            }
        )
    return found


def dress(request: HttpRequest) -> dict[str, Any]:
    """What the frame expects around a page."""
    request.business_center = SimpleNamespace(pk=1849372615100000001, name="Northwind")  # type: ignore[attr-defined]
    request.membership = SimpleNamespace(business_center_id=1849372615100000001)  # type: ignore[attr-defined]
    request.ad_account = SimpleNamespace(  # type: ignore[attr-defined]
        pk=1849372615100000777,
        name="Northwind New York",
        currency="USD",
        timezone="America/New_York",
        utc_offset_minutes=-300,
        offset_label="UTC-05:00",
        business_center_id=1849372615100000001,
    )
    request.membership = SimpleNamespace(business_center_id=1849372615100000001)  # type: ignore[attr-defined]
    request.nav_permissions = NAV  # type: ignore[attr-defined]
    request.user = SimpleNamespace(  # type: ignore[assignment]
        is_authenticated=True, name="Ben Admin", email="ben@northwind.example", is_trainer=True
    )
    return {
        "as_of": NOON,
        "clock": SimpleNamespace(rate=60),
        "clock_now": NOON,
        "clock_rate_label": "×60",
        "running_jump": None,
        "unread_count": 3,
        "user": request.user,
        "PRODUCT_NAME": "Understudy",
    }


def figures() -> dict[str, Any]:
    labels = [f"{day:%-d %b}" for day in DAYS]
    return {
        "range": Period(DAYS[0], DAYS[-1], "last_28"),
        "spend_chart": Chart(
            labels=labels,
            unit="money",
            series=[
                Series(name="This period", values=wave(2400, 420)),
                Series(name="Previous period", values=wave(2100, 380, 1.4), muted=True),
            ],
        ),
        "bar_chart": Chart(
            labels=labels,
            kind="bar",
            series=[
                Series(name="Clicks", values=[round(v) for v in wave(900, 140)], stack="all"),
                Series(
                    name="Conversions", values=[round(v) for v in wave(300, 60, 2)], stack="all"
                ),
            ],
        ),
        "trend": wave(40, 9),
        "trend_down": wave(40, 9)[::-1],
        "statuses": STATUSES,
        "started": NOON,
    }


def components(request: HttpRequest) -> HttpResponse:
    extra = dress(request)
    if "toast" in request.GET:
        messages.success(request, "“Trail Season · IT” is now off.")
        messages.error(request, "The card was declined. Nothing was charged.")
    form = BudgetForm({"name": "", "budget": "x"}) if "errors" in request.GET else BudgetForm()
    page = Paginator(rows(214), 25).get_page(request.GET.get("page", 3))
    return render(request, "styleguide.html", {**extra, **figures(), "form": form, "page": page})


def campaign_table(request: HttpRequest) -> HttpResponse:
    page = Paginator(rows(50), 25).get_page(request.GET.get("page"))
    context = {
        **dress(request),
        **figures(),
        "page": page,
        "sort": request.GET.get("sort", "-spend"),
    }
    return render(request, "styleguide_campaigns.html", context)


def stop(request: HttpRequest) -> HttpResponse:
    template = (
        "styleguide_stop.html#confirm"
        if request.headers.get("HX-Request")
        else "styleguide_stop.html"
    )
    return render(request, template, dress(request))


def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/landing.html")


def fail(request: HttpRequest, status: int) -> HttpResponse:
    if status == 403:
        raise PermissionDenied(
            "You need the permission “See finance” in Northwind. Ask Ben Admin to give it to you."
        )
    if status == 404:
        raise Http404
    raise RuntimeError("boom")
