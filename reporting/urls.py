"""Addresses of this app's pages."""

from django.urls import path

from .web import account, business, report

app_name = "reporting"

_ACCOUNT = "ad-accounts/<int:ad_account_id>/"

urlpatterns = [
    path("bc/<int:business_center_id>/", business.business_overview, name="business_overview"),
    path(_ACCOUNT, account.account_overview, name="account_overview"),
    path(_ACCOUNT + "report/", report.report, name="report"),
    path(_ACCOUNT + "report.csv", report.report_csv, name="report_csv"),
]
