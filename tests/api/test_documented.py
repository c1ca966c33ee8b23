"""docs/api.md lists exactly the addresses that are served, and all of them are the live API's."""

import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from bizcenter.lib.open_api.unknown import live_paths

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def served() -> set[str]:
    """Addresses below the version, without slashes around."""

    def below(patterns: list[URLPattern | URLResolver], prefix: str) -> set[str]:
        found = set()
        for each in patterns:
            path = prefix + str(each.pattern)
            found |= below(each.url_patterns, path) if isinstance(each, URLResolver) else {path}
        return found

    version = "open_api/v1.3/"
    paths = below(get_resolver().url_patterns, "")
    return {path.removeprefix(version).strip("/") for path in paths if path.startswith(version)}


def test_the_documentation_lists_what_is_served() -> None:
    table = DOCS.read_text().split("## What there is")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.M)
    documented = {path for cell in cells for path in re.findall("`(.*?)`", cell)}

    assert documented == served()


def test_everything_served_is_an_address_of_the_live_api() -> None:
    assert served() <= live_paths()
