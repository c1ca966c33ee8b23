"""What the environment says about the database, and what is said besides."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from bizcenter.lib.environment import database

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("options", "mode", "limit"),
    [
        ("", "force_generic_plan", "0"),
        ("-c statement_timeout=7s", "force_generic_plan", "7s"),
        ("-c plan_cache_mode=auto", "auto", "0"),
    ],
)
def test_options_in_the_address_go_with_those_of_the_product(
    options: str, mode: str, limit: str
) -> None:
    found = connection.settings_dict
    at = f"{found['HOST']}:{found['PORT']}/{found['NAME']}"
    query = f"?options={quote(options)}" if options else ""
    url = f"postgres://{found['USER']}:{quote(found['PASSWORD'])}@{at}{query}"
    other = ConnectionHandler({"default": database(url)})["default"]
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('plan_cache_mode'), current_setting('statement_timeout')"
            )
            assert cursor.fetchone() == (mode, limit)
    finally:
        other.close()
