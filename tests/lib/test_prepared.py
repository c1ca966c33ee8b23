"""A prepared statement is the same statement, on every connection and whatever happened before."""

import pytest
from django.db import DatabaseError, connection, transaction

from bizcenter.lib.prepared import Prepared

pytestmark = pytest.mark.django_db(transaction=True)
SUM = Prepared("SELECT sum(value), count(*) FROM unnest($1) AS value", "bigint[]")
SET = Prepared("SELECT set_config('understudy.told', $1, true)", "text")
TOLD = Prepared("SELECT current_setting('understudy.told', true)")


def planned() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        (found,) = cursor.fetchone()
    return found


def test_it_is_prepared_once_a_connection() -> None:
    before = planned()

    assert [SUM.rows([1, 2]), SUM.rows([]), SUM.rows([None, None])] == [
        [(3, 2)],
        [(None, 0)],
        [(None, 2)],
    ]
    assert planned() == before + 1

    connection.close()

    assert planned() == 0
    assert SUM.rows([4]) == [(4, 1)]


def test_it_is_planned_for_no_particular_values() -> None:
    SUM.rows([1])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans > 0, custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%sum(value)%'"
        )
        assert cursor.fetchall() == [(True, 0)]


def test_it_outlives_the_transaction_that_prepared_it() -> None:
    connection.close()
    with transaction.atomic():
        SUM.rows([1])
        transaction.set_rollback(True)

    assert SUM.rows([5]) == [(5, 1)]


def test_one_message_is_one_transaction() -> None:
    assert TOLD.rows(after=(SET, "a word")) == [("a word",)]
    assert TOLD.rows() in ([("",)], [(None,)])


def test_what_came_with_it_is_gone_when_it_fails() -> None:
    fails = Prepared("SELECT 1 / $1", "integer")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE said (word text)")
    try:
        say = Prepared("INSERT INTO said VALUES ($1)", "text")
        with pytest.raises(DatabaseError, match="division by zero"):
            fails.rows(0, after=(say, "too early"))
        fails.rows(1, after=(say, "in time"))
        assert Prepared("SELECT word FROM said").rows() == [("in time",)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE said")
