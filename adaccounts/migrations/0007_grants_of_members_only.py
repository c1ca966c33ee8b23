"""Grants of people who are no members of the Business Center through which they came count for
nothing, and nothing can come of them again."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def of_members_only(apps, schema_editor):
    members = apps.get_model("accounts", "Membership").objects.filter(
        user_id=OuterRef("user_id"), business_center_id=OuterRef("through_id")
    )
    for name in ("AdAccountUserObjectPermission", "BusinessAssetUserObjectPermission"):
        apps.get_model("adaccounts", name).objects.exclude(Exists(members)).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_an_admin_is_left"),
        ("adaccounts", "0006_requests_for_assets"),
    ]
    operations = [migrations.RunPython(of_members_only, migrations.RunPython.noop)]
