"""The two addresses without a namespace: the landing page and where a person starts."""

from django.urls import path

from .web import public

urlpatterns = [
    path("", public.landing, name="landing"),
    path("home/", public.home, name="home"),
]
