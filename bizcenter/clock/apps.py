from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "bizcenter.clock"
    label = "clock"
