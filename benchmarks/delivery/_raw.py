"""The baseline: rows that delivery wrote, copied raw as ready-made binary data and committed.

Into tables of the same columns, indexes, storage and checks, without delivery around them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from time import perf_counter

from django.db import connection, models

from campaigns.models import DayBreakdown, DayFact, HourFact, HourLog, LateConversion

BY_HOUR: tuple[type[models.Model], ...] = (HourFact, LateConversion, HourLog)
BY_DAY: tuple[type[models.Model], ...] = (DayFact, DayBreakdown)


@contextmanager
def tables() -> Iterator[None]:
    """Empty ones to copy into, for as long as this lasts."""
    with connection.cursor() as cursor:
        for model in (*BY_HOUR, *BY_DAY):
            table = model._meta.db_table
            cursor.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING ALL)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for model in (*BY_HOUR, *BY_DAY):
                cursor.execute(f"DROP TABLE raw_{model._meta.db_table}")


def copy(model: type[models.Model], **of: object) -> tuple[int, float]:
    """How many rows there are with these values, and the seconds to copy and commit them."""
    data, table = BytesIO(), model._meta.db_table
    chosen = " AND ".join(f"{column} = %s" for column in of)
    with connection.cursor() as cursor:
        query = f"SELECT * FROM {table} WHERE {chosen}"
        selected = cursor.mogrify(query, list(of.values())).decode()
        cursor.copy_expert(f"COPY ({selected}) TO STDOUT (FORMAT binary)", data)
        data.seek(0)
        began = perf_counter()
        size = data.getbuffer().nbytes
        cursor.copy_expert(f"COPY raw_{table} FROM STDIN (FORMAT binary)", data, size)
        return cursor.rowcount, perf_counter() - began
