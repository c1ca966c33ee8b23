from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "bizcenter.practice"
    label = "practice"
