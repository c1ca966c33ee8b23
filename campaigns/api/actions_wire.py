"""Behaviours are `actions` on the wire: things done, within days, about categories; both ways."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.serializers import IntegerField, ListField

from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Ids, Parameters

from ..services.rules.behaviours import DAYS, DOINGS, Behaviour

_MOST_CATEGORIES = 100


class ActionParameters(Parameters):
    """Creators and hashtags are asked for without a time, whatever `action_period` says."""

    action_scene = Choice(DOINGS)
    action_period = IntegerField(required=False)
    video_user_actions = ListField(
        child=Choice([each for doings in DOINGS.values() for each in doings]), required=False
    )
    action_category_ids = Ids(min_length=1, max_length=_MOST_CATEGORIES)


def behaviours_in(actions: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Each thing done about each category is a behaviour."""
    return tuple(
        str(Behaviour(doing, _days(action), str(category)))
        for action in actions
        for doing in _doings(action)
        for category in action["action_category_ids"]
    )


def actions_of(behaviours: Iterable[str]) -> list[dict[str, Any]]:
    """The actions that make these behaviours; things done about the same categories together."""
    about: dict[tuple[str, int, str], list[str]] = {}
    for each in map(Behaviour.of, behaviours):
        about.setdefault((each.scene, each.days, each.doing), []).append(each.category)
    alike: dict[tuple[str, int, tuple[str, ...]], list[str]] = {}
    for (scene, days, doing), categories in about.items():
        alike.setdefault((scene, days, tuple(categories)), []).append(doing)
    return [
        {
            "action_scene": scene,
            "action_period": days,
            "video_user_actions": doings,
            "action_category_ids": list(categories),
        }
        for (scene, days, categories), doings in alike.items()
    ]


def _doings(action: Mapping[str, Any]) -> list[str]:
    known = DOINGS[action["action_scene"]]
    found: list[str] = action.get("video_user_actions") or list(known if len(known) == 1 else ())
    if not found or not set(found) <= set(known):
        raise _refusal("video_user_actions", f"{action['action_scene']} needs", known)
    return found


def _days(action: Mapping[str, Any]) -> int:
    if action["action_scene"] != "VIDEO_RELATED":
        return 0
    days: int | None = action.get("action_period")
    if days not in DAYS:
        raise _refusal("action_period", "VIDEO_RELATED needs", DAYS)
    return days


def _refusal(name: str, start: str, offered: Iterable[object]) -> ApiError:
    words = ", ".join(str(each) for each in offered)
    return ApiError(Code.PARAMETER, f"actions.{name}: {start} one of {words}.")
