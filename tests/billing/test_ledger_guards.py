"""PostgreSQL refuses what may never be in the books, even from raw SQL."""

from datetime import datetime

import pytest
from django.db import connection

from adaccounts.models import AdAccount
from billing import queries
from billing.models import LedgerAccount, Posting
from billing.services import open_ledger
from bizcenter.lib.ids import new_id
from tests.billing.guards import Statement, refused, run
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund


@pytest.fixture
def accounts(ad_account: AdAccount, at: datetime) -> dict[str, int]:
    """The ids of the ad account's ledger accounts, by kind."""
    open_ledger(ad_account=ad_account, at=at)
    return dict(LedgerAccount.objects.filter(ad_account=ad_account).values_list("kind", "id"))


@pytest.fixture
def posting(ad_account: AdAccount) -> Statement:
    """Writes posting 1, which has no entries yet."""
    sql = (
        "INSERT INTO billing_posting (id, key, kind, ad_account_id, at, day, label) "
        "VALUES (1, 'key', 'top_up', %s, now(), now(), '')"
    )
    return sql, [ad_account.pk]


def entries(*rows: tuple[int, int, int]) -> Statement:
    """Writes (posting, account, amount) in one statement."""
    values = ", ".join(["(%s, %s, %s, '')"] * len(rows))
    sql = f"INSERT INTO billing_entry (posting_id, account_id, amount, reference) VALUES {values}"
    return sql, [value for row in rows for value in row]


def read_from_end_to_end() -> int:
    """How many rows of the books were read in this transaction other than by an index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read)::bigint FROM pg_stat_xact_user_tables WHERE relname IN "
            "('billing_posting', 'billing_entry', 'billing_ledgeraccount')"
        )
        return cursor.fetchone()[0]


def test_a_whole_posting_passes(posting: Statement, accounts: dict[str, int]) -> None:
    run(posting, entries((1, accounts["wallet"], 100), (1, accounts["card"], -100)))

    assert set(LedgerAccount.objects.exclude(balance=0).values_list("kind", "balance")) == {
        ("wallet", 100),
        ("card", -100),
    }


def test_the_guards_read_no_more_however_many_postings_there_are(
    ad_account: AdAccount, at: datetime, posting: Statement, accounts: dict[str, int]
) -> None:
    """Also where an index seems dear when they are planned, as in books that are nearly empty."""
    for _ in range(20):
        fund(ad_account, 50_00, at)
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL random_page_cost = 1000")
        cursor.execute(*posting)
        before = read_from_end_to_end()

        cursor.execute(*entries((1, accounts["wallet"], 100), (1, accounts["card"], -100)))
        cursor.execute("SET CONSTRAINTS billing_posting_complete IMMEDIATE")

        assert read_from_end_to_end() == before


def test_a_posting_that_does_not_sum_to_zero(posting: Statement, accounts: dict[str, int]) -> None:
    wrong = entries((1, accounts["wallet"], 100), (1, accounts["card"], -99))

    refused("posting_sums_to_zero", posting, wrong)


def test_a_posting_in_two_halves(posting: Statement, accounts: dict[str, int]) -> None:
    halves = [entries((1, accounts["wallet"], 100)), entries((1, accounts["card"], -100))]

    refused("posting_sums_to_zero", posting, *halves)


def test_entries_that_are_added_later(ad_account: AdAccount, at: datetime) -> None:
    fund(ad_account, 50_00, at)
    wallet, card = LedgerAccount.objects.filter(kind__in=["wallet", "card"]).order_by("pk")
    old = Posting.objects.get().pk

    refused("posting_is_written_once", entries((old, wallet.pk, 1), (old, card.pk, -1)))


def test_a_posting_without_entries(posting: Statement) -> None:
    refused("posting_is_complete", posting)


def test_an_entry_of_nothing(posting: Statement, accounts: dict[str, int]) -> None:
    refused("entry_is_not_zero", posting, entries((1, accounts["wallet"], 0)))


def test_a_wallet_below_zero(posting: Statement, accounts: dict[str, int]) -> None:
    taken = entries((1, accounts["wallet"], -1), (1, accounts["cost"], 1))

    refused("wallet_never_below_zero", posting, taken)


def test_an_entry_in_the_books_of_another_ad_account(
    posting: Statement, ad_account: AdAccount, at: datetime
) -> None:
    other = make_ad_account(ad_account.business_center, None, at, currency="EUR")
    open_ledger(ad_account=other, at=at)
    ids = dict(LedgerAccount.objects.filter(ad_account=other).values_list("kind", "id"))

    foreign = entries((1, ids["wallet"], 5), (1, ids["card"], -5))

    refused("entry_in_its_own_books", posting, foreign)


@pytest.mark.parametrize("table", ["billing_posting", "billing_entry"])
def test_changing_or_deleting_what_is_posted(
    table: str, ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 50_00, at)

    refused("append_only", (f"UPDATE {table} SET id = id + 1", []))
    refused("append_only", (f"DELETE FROM {table}", []))


def test_a_balance_that_does_not_come_from_entries(ad_account: AdAccount, at: datetime) -> None:
    fund(ad_account, 50_00, at)

    refused("balance_follows_entries", ("UPDATE billing_ledgeraccount SET balance = 0", []))
    refused("balance_follows_entries", ("UPDATE billing_ledgeraccount SET currency = 'EUR'", []))
    assert queries.spendable_balance(ad_account=ad_account) == 50_00


@pytest.mark.parametrize(("currency", "balance"), [("EUR", 0), ("USD", 5)])
def test_a_ledger_account_in_a_foreign_currency_or_with_money_from_nowhere(
    currency: str, balance: int, ad_account: AdAccount
) -> None:
    sql = (
        "INSERT INTO billing_ledgeraccount"
        " (id, business_center_id, ad_account_id, kind, currency, balance)"
        " VALUES (%s, %s, %s, 'wallet', %s, %s)"
    )
    values = [new_id(), ad_account.business_center_id, ad_account.pk, currency, balance]

    refused("ledger_account_fits", (sql, values))
