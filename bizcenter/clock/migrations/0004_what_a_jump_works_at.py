import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clock", "0003_six_hours_a_minute")]

    operations = [
        migrations.AddField(
            "jump",
            "began_at",
            models.DateTimeField(
                default=django.utils.timezone.now, help_text="Real time of its start."
            ),
        ),
        migrations.AddField(
            "jump",
            "working_to",
            models.DateTimeField(
                help_text="End of the hour that is being lived through; none between two hours.",
                null=True,
            ),
        ),
        migrations.AddField(
            "jump",
            "accounts_due",
            models.PositiveIntegerField(
                help_text="Ad accounts with something to deliver in this hour.", null=True
            ),
        ),
        migrations.AddField(
            "jump",
            "accounts_left",
            models.PositiveIntegerField(
                help_text="Those of them that are not delivered yet.", null=True
            ),
        ),
        migrations.AddField(
            "jump",
            "cancel_requested_at",
            models.DateTimeField(
                help_text="Real time; the jump ends with the hour it is in.", null=True
            ),
        ),
        migrations.AlterField(
            "jump",
            "heartbeat_at",
            models.DateTimeField(help_text="Real time of the last sign of life of its worker."),
        ),
        migrations.AddConstraint(
            "jump",
            models.CheckConstraint(
                condition=models.Q(
                    ("working_to__isnull", True),
                    models.Q(
                        ("state", "running"),
                        ("working_to__gt", models.F("reached")),
                        ("working_to__lte", models.F("target")),
                    ),
                    _connector="OR",
                ),
                name="only_a_running_jump_is_in_an_hour",
            ),
        ),
        migrations.AddConstraint(
            "jump",
            models.CheckConstraint(
                condition=models.Q(
                    ("accounts_due__isnull", True),
                    ("accounts_left__lte", models.F("accounts_due")),
                    _connector="OR",
                ),
                name="no_more_accounts_left_than_due",
            ),
        ),
    ]
