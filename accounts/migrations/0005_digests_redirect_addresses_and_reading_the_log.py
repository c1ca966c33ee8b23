"""Digests know their morning, apps may have several addresses, the log is read by its indexes."""

import django.contrib.postgres.fields
from django.db import migrations, models

KEEP_THE_ADDRESS = "UPDATE accounts_developerapp SET redirect_uris = ARRAY[redirect_uri]"
KEEP_THE_FIRST = "UPDATE accounts_developerapp SET redirect_uri = redirect_uris[1]"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_invitations_setup_verification_and_sign_ins")]

    operations = [
        migrations.AddField(
            model_name="developerapp",
            name="redirect_uris",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.URLField(max_length=500),
                default=list,
                help_text="The first is where people go if none is named.",
                size=None,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="developerapp",
            name="redirect_uri",
            field=models.URLField(max_length=500, default=""),
        ),
        migrations.RunSQL(KEEP_THE_ADDRESS, KEEP_THE_FIRST),
        migrations.RemoveField(model_name="developerapp", name="redirect_uri"),
        migrations.AddField(
            model_name="user",
            name="digest_sent_for",
            field=models.DateTimeField(
                help_text="The practice morning whose digest was sent last.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="activityentry",
            name="ad_account_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="activityentry",
            index=models.Index(fields=["business_center", "-id"], name="activity_of_business"),
        ),
        migrations.AddIndex(
            model_name="activityentry",
            index=models.Index(fields=["business_center", "at"], name="activity_of_business_at"),
        ),
        migrations.AddIndex(
            model_name="activityentry",
            index=models.Index(fields=["ad_account_id", "-id"], name="activity_of_ad_account"),
        ),
    ]
