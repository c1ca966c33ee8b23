from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "bizcenter.lib"
    label = "lib"

    def ready(self) -> None:
        # Shared tasks bind to the application that was made last; make ours before any is used.
        import bizcenter.celery  # noqa: F401
