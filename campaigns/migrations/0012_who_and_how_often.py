from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def words():
    return ArrayField(models.CharField(max_length=40), blank=True, default=list, size=None)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0011_shards")]

    operations = [
        migrations.AddField("adgroup", "interests", words()),
        migrations.AddField("adgroup", "behaviours", words()),
        migrations.AddField(
            "adgroup",
            "click_window_days",
            models.PositiveSmallIntegerField(
                default=7, help_text="Conversions count for so many days after a click."
            ),
        ),
        migrations.AddField(
            "adgroup",
            "view_window_days",
            models.PositiveSmallIntegerField(
                default=1, help_text="The same after a view; 0 for not at all."
            ),
        ),
        migrations.AddField(
            "adgroup",
            "frequency_cap",
            models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                help_text="Impressions a person in frequency_days; none for no cap.",
            ),
        ),
        migrations.AddField(
            "adgroup", "frequency_days", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.AddField(
            "adgroup",
            "learning_epoch",
            models.PositiveIntegerField(
                default=0,
                help_text="Rises with every edit after which delivery has to learn again.",
            ),
        ),
        migrations.AddConstraint(
            "adgroup",
            models.CheckConstraint(
                condition=models.Q(click_window_days__in=(1, 7, 14, 28))
                & models.Q(view_window_days__in=(0, 1, 7)),
                name="ad_group_attribution_windows",
            ),
        ),
        migrations.AddConstraint(
            "adgroup",
            models.CheckConstraint(
                condition=models.Q(frequency_cap__isnull=True, frequency_days__isnull=True)
                | models.Q(frequency_cap__gte=1, frequency_days__range=(1, 30)),
                name="ad_group_frequency_cap_has_days",
            ),
        ),
    ]
