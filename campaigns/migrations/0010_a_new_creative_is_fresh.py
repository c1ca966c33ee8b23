from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_facts_are_final")]

    operations = [
        migrations.AddField(
            "ad",
            "creative_revision",
            models.PositiveIntegerField(
                default=0, help_text="How often the creative was replaced: each is fresh at first."
            ),
        ),
    ]
