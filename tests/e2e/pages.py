"""The product's pages without a browser: cookies, a signed-in person, and downloads."""

import csv
import http.cookiejar
import re
import urllib.parse
import urllib.request

from bizcenter.management.demo.story import PASSWORD


class Pages:
    """What one person of the demo sees."""

    def __init__(self, url: str, email: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self._sign_in(email)

    def get(self, path: str, **query: str) -> str:
        return self._open(f"{path}?{urllib.parse.urlencode(query)}" if query else path)

    def file(self, path: str, **query: str) -> list[dict[str, str]]:
        """The rows of a CSV download."""
        return list(csv.DictReader(self.get(path, **query).lstrip("\ufeff").splitlines()))

    def _sign_in(self, email: str) -> None:
        page = self.get("/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        assert 'name="password"' not in self._open("/account/login/", form)

    def _open(self, path: str, form: dict[str, str] | None = None) -> str:
        data = urllib.parse.urlencode(form).encode() if form else None
        with self.opener.open(self.url + path, data, timeout=60) as answer:
            return answer.read().decode()
