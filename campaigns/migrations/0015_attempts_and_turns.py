from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0014_actions_are_behaviours")]

    operations = [
        migrations.AddField(
            "deliverycursor",
            "attempted_at",
            models.DateTimeField(
                null=True,
                help_text="Real time at which a worker began with the next hour and is not back "
                "from it.",
            ),
        ),
        migrations.AddField(
            "deliverycursor",
            "attempts",
            models.PositiveIntegerField(
                default=0, help_text="How many began with it, none of whom came back."
            ),
        ),
        migrations.AddConstraint(
            "deliverycursor",
            models.CheckConstraint(
                condition=Q(attempted_at=None, attempts=0)
                | Q(attempted_at__isnull=False, attempts__gt=0),
                name="attempts_have_a_time",
            ),
        ),
        migrations.AddField(
            "deliveryshard",
            "turn",
            models.UUIDField(null=True, help_text="The turn that is queued or under way."),
        ),
        migrations.AddField(
            "deliveryshard",
            "turn_booked_at",
            models.DateTimeField(null=True, help_text="When it was queued."),
        ),
        migrations.AddConstraint(
            "deliveryshard",
            models.CheckConstraint(
                condition=Q(turn=None, turn_booked_at=None)
                | Q(turn__isnull=False, turn_booked_at__isnull=False),
                name="turn_is_booked_at_a_time",
            ),
        ),
    ]
