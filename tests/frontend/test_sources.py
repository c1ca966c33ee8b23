"""Rules over all templates and front-end sources, so that the strict policy never surprises."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMAIL = ROOT / "templates" / "email"  # mail programs know no policy
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*.html") if EMAIL not in p.parents)
COMPONENTS = sorted((ROOT / "templates" / "cotton").glob("*.html"))
APPS = ("accounts", "adaccounts", "assets", "billing", "bizcenter", "campaigns", "reporting")
PYTHON = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
NAMED_ICON = re.compile(r"""(?:{% icon |\bicon=|icon_end=|symbol=)["']([a-z0-9-]+)["']""")
FORBIDDEN = {
    "a style attribute": r"""<[^>]*\sstyle\s*=""",
    "a style element": r"<style[\s>]",
    "an inline script": r"""<script(?![^>]*(\ssrc=|type="application/json"))""",
    "an event handler": r"""<[^>]*\son(click|change|submit|load|input|error)\s*=""",
    "an htmx expression that needs eval": r"""hx-on|hx-vals=.js:|hx-trigger=["'][^"']*\[""",
    "an address on another host": r"""(src|href)=["']https?://""",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(), flags=re.S)
    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]
    assert found == []


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    listed = json.loads((ROOT / "frontend" / "icons.json").read_text())
    known = {*listed["outline"], *(f"{name}-filled" for name in listed["filled"]), "brand"}
    named = {
        (name, str(path.relative_to(ROOT)))
        for path in [*TEMPLATES, *PYTHON]
        for name in NAMED_ICON.findall(path.read_text())
    }
    named |= {(icon, "bizcenter/lib/looks.py") for icon in _status_icons()}
    assert sorted(entry for entry in named if entry[0] not in known) == []


def _status_icons() -> set[str]:
    text = (ROOT / "bizcenter" / "lib" / "looks.py").read_text()
    return set(re.findall(r"""\("[a-z ]+", "[a-z]+", "([a-z-]+)"\)""", text))


def test_the_lock_file_names_no_address() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text()


def test_the_bundle_holds_the_files_that_pages_ask_for() -> None:
    dist = ROOT / "static" / "dist"
    wanted = {
        "app.css",
        "app.js",
        "charts.js",
        "tour.js",
        "icons.svg",
        "inter-latin-wght-normal.woff2",
    }
    assert wanted <= {path.name for path in dist.iterdir()}
    assert "://" not in re.sub(r"https?://www\.w3\.org/\S+", "", (dist / "icons.svg").read_text())


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 30
