"""Money, and everything else that is counted, is kept in whole numbers."""

import pytest
from django.apps import apps
from django.db import connection, models

OURS = (
    "accounts",
    "adaccounts",
    "assets",
    "billing",
    "campaigns",
    "clock",
    "practice",
    "reporting",
)


def fractional() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.FloatField | models.DecimalField)
    }


def test_no_model_has_a_fractional_field() -> None:
    assert fractional() == set()


@pytest.mark.django_db
def test_no_column_of_the_database_is_fractional() -> None:
    """Also the partitions, which no model made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND udt_name IN"
            " ('float4', 'float8', 'numeric', 'money', '_float4', '_float8', '_numeric')"
        )
        found = {
            f"{table}.{column}"
            for table, column in cursor.fetchall()
            if table.startswith(tuple(f"{app}_" for app in OURS))
        }

    assert found == set()
