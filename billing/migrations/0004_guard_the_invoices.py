"""Invoices, their lines and documents never change; lines add up to the net amount; and the
numbers of a series follow one another without a gap.
"""

from django.db import migrations

TABLES = ("billing_invoice", "billing_invoiceline", "billing_invoicedocument")

APPEND_ONLY = "".join(
    f"""
CREATE TRIGGER billing_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION billing_append_only();
"""
    for table in TABLES
)
NO_APPEND_ONLY = "".join(f"DROP TRIGGER billing_append_only ON {table};" for table in TABLES)

NUMBERS = """
CREATE FUNCTION billing_invoice_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> 1 + coalesce(
        (SELECT max(number) FROM billing_invoice WHERE series = NEW.series), 0
    ) THEN
        RAISE EXCEPTION 'invoice number % does not follow the last of series %',
            NEW.number, NEW.series
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_follows_the_last';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER billing_invoice_numbered BEFORE INSERT ON billing_invoice
    FOR EACH ROW EXECUTE FUNCTION billing_invoice_numbered();
"""
NO_NUMBERS = """
DROP TRIGGER billing_invoice_numbered ON billing_invoice;
DROP FUNCTION billing_invoice_numbered();
"""

LINES = """
CREATE FUNCTION billing_check_lines(one bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT net FROM billing_invoice WHERE id = one) IS DISTINCT FROM
       (SELECT sum(net) FROM billing_invoiceline WHERE invoice_id = one) THEN
        RAISE EXCEPTION 'the lines of invoice % do not add up to its net amount', one
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lines_make_the_net';
    END IF;
END $$;

CREATE FUNCTION billing_lines_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM billing_check_lines(one) FROM (SELECT DISTINCT invoice_id AS one FROM added) touched;
    RETURN NULL;
END $$;
CREATE TRIGGER billing_lines_added AFTER INSERT ON billing_invoiceline
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing_lines_added();

CREATE FUNCTION billing_invoice_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM billing_check_lines(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER billing_invoice_complete AFTER INSERT ON billing_invoice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_invoice_complete();
"""
NO_LINES = """
DROP TRIGGER billing_invoice_complete ON billing_invoice;
DROP FUNCTION billing_invoice_complete();
DROP TRIGGER billing_lines_added ON billing_invoiceline;
DROP FUNCTION billing_lines_added();
DROP FUNCTION billing_check_lines(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_guard_the_ledger")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, NO_APPEND_ONLY),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.RunSQL(LINES, NO_LINES),
    ]
