"""The door of what only trainers do: it concerns everybody in this practice environment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase

from accounts.access import PermissionNeeded, UserRequest, View, own_page
from bizcenter.practice.queries import trainers_for


def trainer_required(needed: str) -> Callable[[View], View]:
    """Others are told which trainers they can ask."""

    def decorate(view: View) -> View:
        @own_page
        @wraps(view)
        def wrapped(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_trainer:
                raise PermissionNeeded(
                    needed=needed,
                    place="this practice environment",
                    granters=[],
                    remedy=_remedy(request),
                )
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def _remedy(request: UserRequest) -> str:
    trainers = trainers_for(getattr(request, "business_center", None))
    return f"Only trainers have it: ask {trainers.in_words or 'a trainer'} to do it for you."
