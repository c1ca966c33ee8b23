"""The floors and rooms of docs/map.md hold: the contracts of pyproject.toml, as a test."""

from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]


def test_every_import_goes_down_the_house(capsys) -> None:
    outcome = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert outcome == 0, capsys.readouterr().out


def test_no_module_of_an_app_stands_outside_the_rooms() -> None:
    rooms = {
        "access", "admin", "api", "apps", "delivery", "ledger", "management", "migrations",
        "models", "permissions", "queries", "root_urls", "services", "tasks", "templatetags",
        "urls", "web",
    }  # fmt: skip
    apps = ("accounts", "adaccounts", "assets", "billing", "campaigns", "reporting")

    strays = [
        f"{app}/{path.name}"
        for app in apps
        for path in (ROOT / app).iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists())
        if not path.name.startswith("__") and path.stem not in rooms
    ]

    assert strays == []
