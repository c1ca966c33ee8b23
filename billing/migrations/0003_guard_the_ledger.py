"""PostgreSQL keeps the promises of `docs/ledger.md`, whoever writes.

- The entries of a posting come in one statement, on accounts of one ad account, and sum to zero
  per currency; the balances of their accounts move with them and in no other way.
- At commit a posting has at least two entries.
- Postings and entries are never changed or deleted.
"""

from django.db import migrations

ENTRIES = """
CREATE FUNCTION billing_entries_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong bigint;
    held bigint;
    written record;
BEGIN
    SELECT e.posting_id INTO wrong
    FROM added e
    JOIN billing_posting p ON p.id = e.posting_id
    JOIN billing_ledgeraccount a ON a.id = e.account_id
    WHERE a.ad_account_id <> p.ad_account_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'posting % has an entry on the account of another ad account', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_in_its_own_books';
    END IF;

    SELECT e.posting_id INTO wrong
    FROM added e JOIN billing_ledgeraccount a ON a.id = e.account_id
    GROUP BY e.posting_id, a.currency HAVING sum(e.amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the entries of posting % do not sum to zero', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_sums_to_zero';
    END IF;

    -- One look-up by index per posting, so the plan stays right however large the table grows.
    FOR written IN SELECT e.posting_id, count(*) AS n FROM added e GROUP BY e.posting_id LOOP
        SELECT count(*) INTO held FROM billing_entry WHERE posting_id = written.posting_id;
        IF held <> written.n THEN
            RAISE EXCEPTION 'posting % is complete and takes no further entry', written.posting_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_is_written_once';
        END IF;
    END LOOP;

    UPDATE billing_ledgeraccount a SET balance = a.balance + moved.amount
    FROM (SELECT account_id, sum(amount) AS amount FROM added GROUP BY account_id) moved
    WHERE a.id = moved.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER billing_entries_added AFTER INSERT ON billing_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing_entries_added();
"""
NO_ENTRIES = """
DROP TRIGGER billing_entries_added ON billing_entry;
DROP FUNCTION billing_entries_added();
"""

COMPLETE = """
CREATE FUNCTION billing_posting_complete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong boolean;
    n bigint;
BEGIN
    SELECT coalesce(bool_or(total <> 0), false), coalesce(sum(lines), 0) INTO wrong, n
    FROM (
        SELECT sum(e.amount) AS total, count(*) AS lines
        FROM billing_entry e JOIN billing_ledgeraccount a ON a.id = e.account_id
        WHERE e.posting_id = NEW.id GROUP BY a.currency
    ) by_currency;
    IF wrong OR n < 2 THEN
        RAISE EXCEPTION 'posting % has % entries, or they do not sum to zero', NEW.id, n
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_is_complete';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER billing_posting_complete AFTER INSERT ON billing_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_posting_complete();
"""
NO_COMPLETE = """
DROP TRIGGER billing_posting_complete ON billing_posting;
DROP FUNCTION billing_posting_complete();
"""

APPEND_ONLY = """
CREATE FUNCTION billing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER billing_append_only BEFORE UPDATE OR DELETE ON billing_posting
    FOR EACH ROW EXECUTE FUNCTION billing_append_only();
CREATE TRIGGER billing_append_only BEFORE UPDATE OR DELETE ON billing_entry
    FOR EACH ROW EXECUTE FUNCTION billing_append_only();
"""
NO_APPEND_ONLY = """
DROP TRIGGER billing_append_only ON billing_posting;
DROP TRIGGER billing_append_only ON billing_entry;
DROP FUNCTION billing_append_only();
"""

ACCOUNTS = """
CREATE FUNCTION billing_account_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.balance <> 0 OR NOT EXISTS (
        SELECT FROM adaccounts_adaccount a
        WHERE a.id = NEW.ad_account_id AND a.currency = NEW.currency
            AND a.business_center_id = NEW.business_center_id
    ) THEN
        RAISE EXCEPTION 'a ledger account starts empty, in the currency of its ad account'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER billing_account_opened BEFORE INSERT ON billing_ledgeraccount
    FOR EACH ROW EXECUTE FUNCTION billing_account_opened();

CREATE FUNCTION billing_account_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is a statement of a client; entries move balances from inside their own trigger.
    IF pg_trigger_depth() < 2 OR (NEW.id, NEW.ad_account_id, NEW.kind, NEW.currency,
            NEW.business_center_id) IS DISTINCT FROM (OLD.id, OLD.ad_account_id, OLD.kind,
            OLD.currency, OLD.business_center_id) THEN
        RAISE EXCEPTION 'the balance of a ledger account moves with its entries only'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'balance_follows_entries';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER billing_account_moved BEFORE UPDATE ON billing_ledgeraccount
    FOR EACH ROW EXECUTE FUNCTION billing_account_moved();
"""
NO_ACCOUNTS = """
DROP TRIGGER billing_account_opened ON billing_ledgeraccount;
DROP FUNCTION billing_account_opened();
DROP TRIGGER billing_account_moved ON billing_ledgeraccount;
DROP FUNCTION billing_account_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_books_and_what_invoices_copy")]

    operations = [
        migrations.RunSQL(ENTRIES, NO_ENTRIES),
        migrations.RunSQL(COMPLETE, NO_COMPLETE),
        migrations.RunSQL(APPEND_ONLY, NO_APPEND_ONLY),
        migrations.RunSQL(ACCOUNTS, NO_ACCOUNTS),
    ]
