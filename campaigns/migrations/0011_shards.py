from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0010_a_new_creative_is_fresh")]

    operations = [
        migrations.AddField(
            "deliverycursor",
            "failed_at",
            models.DateTimeField(
                null=True,
                help_text="Real time at which the next hour failed; none since it went well.",
            ),
        ),
        migrations.AddField(
            "deliverycursor",
            "failure",
            models.CharField(
                blank=True, default="", max_length=300, help_text="What went wrong then."
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "DeliveryShard",
            [
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                (
                    "behind_since",
                    models.DateTimeField(
                        null=True,
                        help_text="Since when hours wait to be delivered; none while nothing waits.",
                    ),
                ),
                (
                    "progress_at",
                    models.DateTimeField(null=True, help_text="When an hour was last delivered."),
                ),
            ],
        ),
    ]
