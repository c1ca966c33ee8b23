"""Models and migrations agree, and every migration can be taken back."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

OURS = {
    "accounts", "adaccounts", "assets", "billing", "campaigns", "clock", "practice", "reporting"
}  # fmt: skip


@pytest.fixture(scope="module")
def operations() -> list[tuple[str, Operation]]:
    """Every operation of our own migrations, with the migration's name."""
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    return [
        (f"{app}.{name}", operation)
        for (app, name), migration in loader.disk_migrations.items()
        if app in OURS
        for operation in migration.operations
    ]


def test_no_model_has_changed_without_a_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_of_ours_is_reversible(operations: list[tuple[str, Operation]]) -> None:
    written_by_hand = [o for _, o in operations if isinstance(o, RunSQL | RunPython)]

    assert written_by_hand
    assert [name for name, operation in operations if not operation.reversible] == []


def test_schema_and_data_are_changed_by_different_migrations(
    operations: list[tuple[str, Operation]],
) -> None:
    with_data = {name for name, o in operations if isinstance(o, RunPython)}
    with_schema = {name for name, o in operations if not isinstance(o, RunPython)}

    assert with_data & with_schema == set()


def test_the_list_of_our_apps_is_complete() -> None:
    here = {
        config.label
        for config in apps.get_app_configs()
        if "site-packages" not in config.path and list(config.get_models())
    }

    assert here <= OURS
