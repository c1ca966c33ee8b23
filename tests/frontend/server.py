"""The style guide behind a real HTTP server with the product's own headers, without a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

TEMPLATES = Path(__file__).parent / "templates"


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Tests read their own output."""


@contextmanager
def style_guide() -> Iterator[str]:
    """The address of the served style guide."""
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], TEMPLATES]}]
    with override_settings(
        ROOT_URLCONF="tests.frontend.urls",
        TEMPLATES=templates,
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        DEBUG_PROPAGATE_EXCEPTIONS=False,
    ):
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
