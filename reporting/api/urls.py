"""Addresses of this app's part of the Business API."""

from django.urls import path

from .integrated import IntegratedReport

urlpatterns = [path("report/integrated/get/", IntegratedReport.as_view())]
