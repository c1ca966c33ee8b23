"""Who the token acts for."""

from typing import Any

from accounts.queries import display_name
from bizcenter.lib.open_api.endpoint import Query


class UserInfo(Query):
    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        user = self.user
        return {
            "core_user_id": str(user.pk),
            "display_name": display_name(user),
            "email": user.email,
            "create_time": int(user.created_at.timestamp()),
            "avatar_url": None,
        }
