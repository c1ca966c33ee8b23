from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_digests_redirect_addresses_and_reading_the_log")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="kept_at",
            field=models.DateTimeField(
                help_text="Practice time at which an Admin let unused access be.", null=True
            ),
        ),
    ]
