from django.db import migrations


class Migration(migrations.Migration):
    """For the planner, which cannot guess how many names contain a word: it took one for every
    search, and looked up the grants of ten thousand ad accounts one by one."""

    dependencies = [("adaccounts", "0009_what_is_answered_says_when")]

    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS account_names ON (UPPER(name::text)) FROM adaccounts_adaccount",
            "DROP STATISTICS account_names",
        )
    ]
