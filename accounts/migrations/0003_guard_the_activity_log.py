"""PostgreSQL refuses to change or delete an entry of the activity log, whoever asks."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION accounts_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER accounts_append_only BEFORE UPDATE OR DELETE ON accounts_activityentry
    FOR EACH ROW EXECUTE FUNCTION accounts_append_only();
"""
NOT_APPEND_ONLY = """
DROP TRIGGER accounts_append_only ON accounts_activityentry;
DROP FUNCTION accounts_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_api_calls_made_once")]

    operations = [migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY)]
