"""The door of what only trainers do: it concerns everybody in this practice environment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase

from accounts.access import PermissionNeeded, UserRequest, View, own_page


def trainer_required(needed: str) -> Callable[[View], View]:
    """Others are told that they need a trainer for this."""

    def decorate(view: View) -> View:
        @own_page
        @wraps(view)
        def wrapped(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_trainer:
                raise PermissionNeeded(
                    needed=needed, place="this practice environment", granters=["a trainer"]
                )
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
