"""Ad groups made when `actions` were only kept ask for these behaviours from now on."""

from django.db import migrations

DOINGS = {
    "VIDEO_RELATED": ("WATCHED_TO_END", "LIKED", "COMMENTED", "SHARED"),
    "CREATOR_RELATED": ("FOLLOWING", "VIEW_HOMEPAGE"),
    "HASHTAG_RELATED": ("VIEW_HASHTAG",),
}
DAYS, MOST = (0, 7, 15), 100


def move(apps, schema_editor):
    """As in 0013: repeated it finds nothing to do, and what cannot be said is dropped."""
    for group in apps.get_model("campaigns", "AdGroup").objects.filter(extra__has_key="actions"):
        actions = group.extra.pop("actions")
        if not group.behaviours:
            group.behaviours = _behaviours(actions)
            group.audience_size = _people(group)
        group.version += 1
        group.save(update_fields=["extra", "behaviours", "audience_size", "version"])


def _behaviours(actions):
    """One look-back for each thing done about a category: the first that was named."""
    found = {}
    for action in actions if isinstance(actions, list) else ():
        scene = str(action.get("action_scene")) if isinstance(action, dict) else ""
        days = str(action.get("action_period")) if scene == "VIDEO_RELATED" else "0"
        if scene not in DOINGS or days not in map(str, DAYS):
            continue
        for doing in _listed(action, "video_user_actions") or DOINGS["HASHTAG_RELATED"]:
            for category in map(str, _listed(action, "action_category_ids")):
                is_number = category.isascii() and category.isdecimal() and len(category) < 20
                if doing in DOINGS[scene] and is_number:
                    found.setdefault((doing, category), f"{doing}:{days}:{category}")
    return list(found.values())[:MOST]


def _listed(action, name):
    kept = action.get(name)
    return kept if isinstance(kept, list) else []


def _people(group):
    """By the engine's own count: the column follows it whenever the targeting changes."""
    from campaigns.delivery.market import audience_size

    return audience_size(
        group.countries,
        group.age_groups,
        [group.gender],
        group.operating_systems,
        languages=group.languages,
        interests=group.interests,
        behaviours=group.behaviours,
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0013_settings_leave_extra")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
