"""Addresses of this app's part of the Business API."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
