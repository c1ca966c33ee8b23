"""PostgreSQL keeps the promise that what was delivered is final: facts are added, and dropped by
whole months when they are old, but never changed or deleted."""

from django.db import migrations

TABLES = (
    "campaigns_hourfact",
    "campaigns_dayfact",
    "campaigns_lateconversion",
    "campaigns_daybreakdown",
    "campaigns_hourlog",
)
FINAL = """
CREATE FUNCTION campaigns_fact_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was delivered is final: % is added to, not changed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'facts_are_final';
END $$;
""" + "".join(
    f"CREATE TRIGGER facts_are_final BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION campaigns_fact_is_final();\n"
    for table in TABLES
)
NOT_FINAL = (
    "".join(f"DROP TRIGGER facts_are_final ON {table};\n" for table in TABLES)
    + "DROP FUNCTION campaigns_fact_is_final();"
)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_facts_by_month")]

    operations = [migrations.RunSQL(FINAL, NOT_FINAL)]
