from django.db import migrations, models

RATES = [(0, "Paused"), (1, "Real time"), (60, "×60"), (360, "×360"), (1440, "×1440")]


class Migration(migrations.Migration):
    dependencies = [("clock", "0002_worker_beat")]

    operations = [
        migrations.AlterField(
            "practiceclock", "rate", models.PositiveIntegerField(choices=RATES, default=1)
        ),
        migrations.AlterField(
            "jump", "resume_rate", models.PositiveIntegerField(choices=RATES)
        ),
    ]
