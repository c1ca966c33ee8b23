"""Health checks, at the addresses that operators expect."""

from django.urls import path

from .web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
