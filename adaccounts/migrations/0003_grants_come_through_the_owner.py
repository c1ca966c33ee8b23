"""Every grant so far was given by the owner of the ad account."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def through_the_owner(apps, schema_editor):
    account = apps.get_model("adaccounts", "AdAccount").objects
    owner = account.filter(pk=OuterRef("content_object_id")).values("business_center_id")
    apps.get_model("adaccounts", "AdAccountUserObjectPermission").objects.filter(
        through__isnull=True
    ).update(through_id=Subquery(owner))


class Migration(migrations.Migration):
    dependencies = [("adaccounts", "0002_assets_groups_partners_and_sources_of_grants")]
    operations = [migrations.RunPython(through_the_owner, migrations.RunPython.noop)]
