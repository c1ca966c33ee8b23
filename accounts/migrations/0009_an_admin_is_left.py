"""PostgreSQL refuses a change after which nobody could manage a Business Center, whoever asks."""

from django.db import migrations

AN_ADMIN_IS_LEFT = """
CREATE FUNCTION accounts_an_admin_is_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM accounts_businesscenter WHERE id = OLD.business_center_id)
        AND NOT EXISTS (
            SELECT FROM accounts_membership
            WHERE business_center_id = OLD.business_center_id AND role = 'admin'
        )
    THEN
        RAISE EXCEPTION 'Business Center % would have no Admin', OLD.business_center_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_admin_is_left';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER accounts_an_admin_is_left
    AFTER DELETE OR UPDATE OF role, business_center_id ON accounts_membership
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.role = 'admin') EXECUTE FUNCTION accounts_an_admin_is_left();
"""
UNGUARDED = """
DROP TRIGGER accounts_an_admin_is_left ON accounts_membership;
DROP FUNCTION accounts_an_admin_is_left();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_mails_that_wait")]

    operations = [migrations.RunSQL(AN_ADMIN_IS_LEFT, UNGUARDED)]
