"""The same promises about entries as before, kept without a join.

The statements of a trigger are planned once a session, perhaps while the tables are small, and
what is planned then reads all postings and all ledger accounts whenever entries are added. What is
asked here by key, by functions that may not read a table from end to end where an index is, stays
one look-up for each entry, however large the tables grow.
"""

from django.db import migrations

ENTRIES = """
CREATE OR REPLACE FUNCTION billing_entries_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong bigint;
    held bigint;
    written record;
    moved record;
BEGIN
    SELECT e.posting_id INTO wrong
    FROM added e
    WHERE (SELECT a.ad_account_id FROM billing_ledgeraccount a WHERE a.id = e.account_id)
       <> (SELECT p.ad_account_id FROM billing_posting p WHERE p.id = e.posting_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'posting % has an entry on the account of another ad account', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_in_its_own_books';
    END IF;

    SELECT e.posting_id INTO wrong
    FROM added e
    GROUP BY e.posting_id,
        (SELECT a.currency FROM billing_ledgeraccount a WHERE a.id = e.account_id)
    HAVING sum(e.amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the entries of posting % do not sum to zero', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_sums_to_zero';
    END IF;

    FOR written IN SELECT e.posting_id, count(*) AS n FROM added e GROUP BY e.posting_id LOOP
        SELECT count(*) INTO held FROM billing_entry WHERE posting_id = written.posting_id;
        IF held <> written.n THEN
            RAISE EXCEPTION 'posting % is complete and takes no further entry', written.posting_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_is_written_once';
        END IF;
    END LOOP;

    FOR moved IN SELECT e.account_id, sum(e.amount) AS amount FROM added e
        GROUP BY e.account_id ORDER BY e.account_id
    LOOP
        UPDATE billing_ledgeraccount SET balance = balance + moved.amount
        WHERE id = moved.account_id;
    END LOOP;
    RETURN NULL;
END $$;
ALTER FUNCTION billing_entries_added() SET enable_seqscan = off;
ALTER FUNCTION billing_posting_complete() SET enable_seqscan = off;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_credits_for_over_delivery")]

    # Backwards it stays: the function before keeps the same promises.
    operations = [migrations.RunSQL(ENTRIES, migrations.RunSQL.noop)]
