"""The tables of facts are partitioned by month, and conversions after a view, conversions that come
later, the audience of a day and the log of an hour have their place.

Rows that are there are carried over, month by month.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

HOUR_INDEX = "CREATE INDEX hours_of_account ON campaigns_hourfact (ad_account_id, slot)"
DAY_INDEX = "CREATE INDEX days_of_account ON campaigns_dayfact (ad_account_id, day)"
COLUMNS = """
    ad_account_id, campaign_id, ad_group_id, impressions, clicks, conversions,
    conversion_value_micros, video_views, watched_2s, watched_6s, views_p25, views_p50, views_p75,
    views_p100, likes, comments, shares, follows, profile_visits, cost_micros, spend, ad_id"""


def partitioned(table, key, index):
    """The table again, under its name, in months; its rows and checks come along."""
    return f"""
ALTER TABLE {table} RENAME TO {table}_whole;
ALTER TABLE {table}_whole DROP CONSTRAINT {table}_pkey;
DROP INDEX {index.split()[2]};
CREATE TABLE {table} (LIKE {table}_whole INCLUDING CONSTRAINTS) PARTITION BY RANGE ({key});
ALTER TABLE {table} ADD COLUMN view_conversions bigint NOT NULL;
ALTER TABLE {table} ADD PRIMARY KEY (ad_id, {key});
{index};
DO $$
DECLARE
    -- A month of moments is a month in UTC.
    first timestamp := (SELECT date_trunc('month', min({at(key)})) FROM {table}_whole);
    last timestamp := (SELECT max({at(key)}) FROM {table}_whole);
BEGIN
    WHILE first <= last LOOP
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF {table} FOR VALUES FROM (%L) TO (%L)',
            to_char(first, '"{table}_"YYYY_MM'),
            {bound(key, "first")}, {bound(key, "first + interval '1 month'")});
        first := first + interval '1 month';
    END LOOP;
END $$;
INSERT INTO {table} ({COLUMNS}, {key}, view_conversions) SELECT {COLUMNS}, {key}, 0 FROM {table}_whole;
DROP TABLE {table}_whole;
"""


def at(key):
    return "slot AT TIME ZONE 'UTC'" if key == "slot" else "day::timestamp"


def bound(key, moment):
    return f"({moment}) AT TIME ZONE 'UTC'" if key == "slot" else f"({moment})::date"


def whole(table, key, index):
    """As it was before."""
    return f"""
ALTER TABLE {table} RENAME TO {table}_months;
ALTER TABLE {table}_months DROP CONSTRAINT {table}_pkey;
DROP INDEX {index.split()[2]};
CREATE TABLE {table} (LIKE {table}_months INCLUDING CONSTRAINTS);
ALTER TABLE {table} DROP COLUMN view_conversions;
INSERT INTO {table} ({COLUMNS}, {key}) SELECT {COLUMNS}, {key} FROM {table}_months;
ALTER TABLE {table} ADD PRIMARY KEY (ad_id, {key});
{index};
DROP TABLE {table}_months;
"""


LATE = """
CREATE TABLE campaigns_lateconversion (
    ad_id bigint NOT NULL,
    slot timestamptz NOT NULL,
    event_slot timestamptz NOT NULL,
    ad_account_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    ad_group_id bigint NOT NULL,
    day date NOT NULL,
    kind smallint NOT NULL,
    conversions bigint NOT NULL,
    conversion_value_micros bigint NOT NULL,
    view_conversions bigint NOT NULL,
    age_gender smallint NOT NULL,
    system smallint NOT NULL,
    country smallint NOT NULL,
    PRIMARY KEY (ad_id, slot, event_slot, kind),
    CONSTRAINT late_conversions_make_sense CHECK (
        event_slot > slot AND conversions >= view_conversions AND view_conversions >= 0)
) PARTITION BY RANGE (slot);
CREATE INDEX late_of_account ON campaigns_lateconversion (ad_account_id, day);
"""
BREAKDOWN = """
CREATE TABLE campaigns_daybreakdown (
    ad_id bigint NOT NULL,
    day date NOT NULL,
    ad_account_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    ad_group_id bigint NOT NULL,
    countries smallint[] NOT NULL,
    impressions bigint[] NOT NULL,
    clicks bigint[] NOT NULL,
    conversions bigint[] NOT NULL,
    conversion_value_micros bigint[] NOT NULL,
    view_conversions bigint[] NOT NULL,
    video_views bigint[] NOT NULL,
    watched_2s bigint[] NOT NULL,
    watched_6s bigint[] NOT NULL,
    views_p100 bigint[] NOT NULL,
    spend bigint[] NOT NULL,
    PRIMARY KEY (ad_id, day)
) PARTITION BY RANGE (day);
CREATE INDEX breakdowns_of_account ON campaigns_daybreakdown (ad_account_id, day);
"""
# The entries are deflated already.
LOG = """
CREATE TABLE campaigns_hourlog (
    ad_account_id bigint NOT NULL,
    slot timestamptz NOT NULL,
    entries bytea NOT NULL,
    PRIMARY KEY (ad_account_id, slot)
) PARTITION BY RANGE (slot);
ALTER TABLE campaigns_hourlog ALTER COLUMN entries SET STORAGE EXTERNAL;
"""


def counts(name):
    return name, django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)


PARENTS = [(name, models.BigIntegerField()) for name in ("ad_account_id", "campaign_id", "ad_group_id")]
SPLIT = (
    "impressions", "clicks", "conversions", "conversion_value_micros", "view_conversions",
    "video_views", "watched_2s", "watched_6s", "views_p100", "spend",
)  # fmt: skip
VIEW_CONVERSIONS = models.BigIntegerField(
    help_text="Conversions after a view without a click; part of `conversions`."
)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_what_the_spending_cap_had_left")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    partitioned("campaigns_hourfact", "slot", HOUR_INDEX),
                    whole("campaigns_hourfact", "slot", HOUR_INDEX),
                ),
                migrations.RunSQL(
                    partitioned("campaigns_dayfact", "day", DAY_INDEX),
                    whole("campaigns_dayfact", "day", DAY_INDEX),
                ),
            ],
            state_operations=[
                migrations.AddField(model, "view_conversions", VIEW_CONVERSIONS, preserve_default=False)
                for model in ("hourfact", "dayfact")
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LATE, "DROP TABLE campaigns_lateconversion")],
            state_operations=[
                migrations.CreateModel(
                    name="LateConversion",
                    fields=[
                        ("pk", models.CompositePrimaryKey("ad_id", "slot", "event_slot", "kind", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("ad_id", models.BigIntegerField()),
                        ("slot", models.DateTimeField(help_text="Start of the hour of the click or view.")),
                        ("event_slot", models.DateTimeField(help_text="Start of the hour in which they came.")),
                        *PARENTS,
                        ("day", models.DateField(help_text="Account-local day of the click or view.")),
                        ("kind", models.SmallIntegerField(choices=[(0, "Click"), (1, "View")])),
                        ("conversions", models.BigIntegerField()),
                        ("conversion_value_micros", models.BigIntegerField()),
                        ("view_conversions", models.BigIntegerField()),
                        ("age_gender", models.SmallIntegerField(help_text="Place in market.AGES times market.GENDERS.")),
                        ("system", models.SmallIntegerField(help_text="Place in market.SYSTEMS.")),
                        ("country", models.SmallIntegerField(help_text="market.country_number of the code.")),
                    ],
                    options={
                        "indexes": [models.Index(fields=["ad_account_id", "day"], name="late_of_account")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("conversions__gte", models.F("view_conversions")),
                                    ("event_slot__gt", models.F("slot")),
                                    ("view_conversions__gte", 0),
                                ),
                                name="late_conversions_make_sense",
                            )
                        ],
                    },
                )
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(BREAKDOWN, "DROP TABLE campaigns_daybreakdown")],
            state_operations=[
                migrations.CreateModel(
                    name="DayBreakdown",
                    fields=[
                        ("pk", models.CompositePrimaryKey("ad_id", "day", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("ad_id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        *PARENTS,
                        ("countries", django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), help_text="market.country_number of their codes.", size=None)),
                        *(counts(name) for name in SPLIT),
                    ],
                    options={
                        "indexes": [models.Index(fields=["ad_account_id", "day"], name="breakdowns_of_account")],
                    },
                )
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LOG, "DROP TABLE campaigns_hourlog")],
            state_operations=[
                migrations.CreateModel(
                    name="HourLog",
                    fields=[
                        ("pk", models.CompositePrimaryKey("ad_account_id", "slot", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("ad_account_id", models.BigIntegerField()),
                        ("slot", models.DateTimeField()),
                        ("entries", models.BinaryField(help_text="Array of plan.LOG as bytes, deflated.")),
                    ],
                )
            ],
        ),
    ]
