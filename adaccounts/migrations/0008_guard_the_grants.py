"""PostgreSQL refuses a grant to somebody who is no member where it comes through, one of a partner
that goes beyond the share, and one of another Business Center's group; and it keeps a share as long
as a grant hangs on it."""

from django.db import migrations

TABLES = {
    "adaccounts_adaccountuserobjectpermission": "granted_to_a_member",
    "adaccounts_businessassetuserobjectpermission": "asset_granted_to_a_member",
}
MEMBERS_ONLY = "".join(
    f"""
ALTER TABLE {table} ADD CONSTRAINT {name}
    FOREIGN KEY (user_id, through_id) REFERENCES accounts_membership (user_id, business_center_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
    for table, name in TABLES.items()
)
ANYBODY = "".join(f"ALTER TABLE {table} DROP CONSTRAINT {name};" for table, name in TABLES.items())

# A share is taken back after what hung on it, within one transaction: hence at its end.
WITHIN_THE_SHARE = """
CREATE FUNCTION adaccounts_grants_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added
        JOIN adaccounts_adaccount account ON account.id = added.content_object_id
        JOIN auth_permission permission ON permission.id = added.permission_id
        WHERE added.through_id <> account.business_center_id AND NOT EXISTS (
            SELECT FROM adaccounts_accountshare share
            JOIN adaccounts_partnership partnership ON partnership.id = share.partnership_id
            WHERE share.ad_account_id = account.id
                AND partnership.business_center_id = account.business_center_id
                AND partnership.partner_id = added.through_id
                AND CASE permission.codename
                    WHEN 'view_reports' THEN true
                    WHEN 'manage_campaigns' THEN share.level IN ('operator', 'admin')
                    ELSE share.level = 'admin'
                END
        )
    ) THEN
        RAISE EXCEPTION 'a grant goes beyond what is shared'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_within_the_share';
    END IF;
    IF EXISTS (
        SELECT FROM added JOIN adaccounts_assetgroup bundle ON bundle.id = added.group_id
        WHERE bundle.business_center_id <> added.through_id
    ) THEN
        RAISE EXCEPTION 'a grant comes from a group of another Business Center'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_by_own_group';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER adaccounts_grants_added AFTER INSERT ON adaccounts_adaccountuserobjectpermission
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION adaccounts_grants_added();

CREATE FUNCTION adaccounts_asset_grants_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added
        JOIN adaccounts_businessasset asset ON asset.id = added.content_object_id
        JOIN auth_permission permission ON permission.id = added.permission_id
        WHERE added.through_id <> asset.business_center_id AND NOT EXISTS (
            SELECT FROM adaccounts_assetshare share
            JOIN adaccounts_partnership partnership ON partnership.id = share.partnership_id
            WHERE share.asset_id = asset.id
                AND partnership.business_center_id = asset.business_center_id
                AND partnership.partner_id = added.through_id
                AND (permission.codename = 'use_asset' OR share.role = 'manager')
        )
    ) THEN
        RAISE EXCEPTION 'a grant goes beyond what is shared'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'asset_grant_within_the_share';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER adaccounts_asset_grants_added
    AFTER INSERT ON adaccounts_businessassetuserobjectpermission
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION adaccounts_asset_grants_added();

CREATE FUNCTION adaccounts_share_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM adaccounts_adaccountuserobjectpermission held
        JOIN adaccounts_adaccount account ON account.id = held.content_object_id
        WHERE account.id = OLD.ad_account_id AND held.through_id <> account.business_center_id
            AND NOT EXISTS (
                SELECT FROM adaccounts_accountshare share
                JOIN adaccounts_partnership partnership ON partnership.id = share.partnership_id
                WHERE share.ad_account_id = account.id AND partnership.partner_id = held.through_id
            )
    ) THEN
        RAISE EXCEPTION 'somebody still has what is not shared any more'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_outlives_its_grants';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adaccounts_share_ended AFTER DELETE ON adaccounts_accountshare
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION adaccounts_share_ended();

CREATE FUNCTION adaccounts_asset_share_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM adaccounts_businessassetuserobjectpermission held
        JOIN adaccounts_businessasset asset ON asset.id = held.content_object_id
        WHERE asset.id = OLD.asset_id AND held.through_id <> asset.business_center_id
            AND NOT EXISTS (
                SELECT FROM adaccounts_assetshare share
                JOIN adaccounts_partnership partnership ON partnership.id = share.partnership_id
                WHERE share.asset_id = asset.id AND partnership.partner_id = held.through_id
            )
    ) THEN
        RAISE EXCEPTION 'somebody still has what is not shared any more'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'asset_share_outlives_its_grants';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adaccounts_asset_share_ended AFTER DELETE ON adaccounts_assetshare
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION adaccounts_asset_share_ended();
"""
WITHOUT_SHARES = """
DROP TRIGGER adaccounts_asset_share_ended ON adaccounts_assetshare;
DROP FUNCTION adaccounts_asset_share_ended();
DROP TRIGGER adaccounts_share_ended ON adaccounts_accountshare;
DROP FUNCTION adaccounts_share_ended();
DROP TRIGGER adaccounts_asset_grants_added ON adaccounts_businessassetuserobjectpermission;
DROP FUNCTION adaccounts_asset_grants_added();
DROP TRIGGER adaccounts_grants_added ON adaccounts_adaccountuserobjectpermission;
DROP FUNCTION adaccounts_grants_added();
"""


class Migration(migrations.Migration):
    dependencies = [("adaccounts", "0007_grants_of_members_only")]

    operations = [
        migrations.RunSQL(MEMBERS_ONLY, ANYBODY),
        migrations.RunSQL(WITHIN_THE_SHARE, WITHOUT_SHARES),
    ]
