"""Ad groups made before their audience, windows and cap had columns keep them in `extra`."""

from babel import Locale
from django.db import migrations

CLICKS = {"ONE_DAY": 1, "SEVEN_DAYS": 7, "FOURTEEN_DAYS": 14, "TWENTY_EIGHT_DAYS": 28}
VIEWS = {"OFF": 0, "ONE_DAY": 1, "SEVEN_DAYS": 7}
LISTS = {"languages": ("languages", 10), "interest_category_ids": ("interests", 40)}
WINDOWS = {
    "click_attribution_window": ("click_window_days", CLICKS, 7),
    "view_attribution_window": ("view_window_days", VIEWS, 1),
}
KEYS = (*LISTS, *WINDOWS, "frequency", "frequency_schedule")
MOST, MOST_OFTEN, MOST_DAYS = 100, 50, 30


def move(apps, schema_editor):
    """Once moved, a key is gone: doing it again finds nothing to do.

    Nothing checked these values when they were only kept. What a column does not take never had an
    effect, and is dropped rather than stand in the way of the next edit.
    """
    for group in apps.get_model("campaigns", "AdGroup").objects.filter(extra__has_any_keys=KEYS):
        found = {
            **_lists(group),
            **_windows(group),
            **_frequency(group),
        }
        for name, value in found.items():
            setattr(group, name, value)
        group.extra = {name: kept for name, kept in group.extra.items() if name not in KEYS}
        if found.keys() & {"languages", "interests"}:
            group.audience_size = _people(group)
        group.version += 1
        group.save(update_fields=["extra", "audience_size", "version", *found])


def _lists(group):
    found = {}
    for key, (name, length) in LISTS.items():
        kept = group.extra.get(key)
        if getattr(group, name) or not isinstance(kept, list):
            continue
        words = dict.fromkeys(str(each) for each in kept if isinstance(each, str | int))
        found[name] = [each for each in words if 0 < len(each) <= length][:MOST]
    if "languages" in found:
        known = Locale("en").languages
        found["languages"] = [code for code in found["languages"] if code in known]
    return found


def _windows(group):
    return {
        name: words[group.extra[key]]
        for key, (name, words, usual) in WINDOWS.items()
        if getattr(group, name) == usual and str(group.extra.get(key)) in words
    }


def _frequency(group):
    cap = _number(group.extra.get("frequency"), MOST_OFTEN)
    days = _number(group.extra.get("frequency_schedule"), MOST_DAYS)
    is_free = group.frequency_cap is None and group.optimization_goal == "REACH"
    return {"frequency_cap": cap, "frequency_days": days} if is_free and cap and days else {}


def _number(kept, most):
    """Between 1 and `most`, sent as a number or as its text; None for anything else."""
    digits = str(kept)
    found = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else 0
    return found if 1 <= found <= most else None


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
    dependencies = [("campaigns", "0012_who_and_how_often")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
