"""Facts in the hands of tests: they cannot be deleted, only a whole table can be emptied."""

from django.db import connection, models


def empty(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table}")
