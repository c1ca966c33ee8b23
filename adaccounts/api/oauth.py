"""How a tool gets a token, which ad accounts it reaches, and how it gives the token back."""

from typing import Any

from accounts.models import AccessToken, User
from accounts.queries import find_access_token
from accounts.services import InvalidApp, exchange_code, revoke_access_token
from adaccounts.permissions import visible_to
from bizcenter.clock import queries as clock
from bizcenter.lib.open_api.endpoint import Command, Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Flag, Id, Parameters, Text
from bizcenter.lib.secret import digest


def advertiser_ids(user: User) -> list[str]:
    return [str(pk) for pk in visible_to(user).order_by("id").values_list("pk", flat=True)]


def check_app(token: AccessToken, *, app_id: int, secret: str) -> None:
    """The app is the one the token was issued to. A personal token belongs to no app, so a tool may
    name any. Raises InvalidApp."""
    app = token.app
    if app and (app.pk, app.secret_hash) != (app_id, digest(secret)):
        raise InvalidApp("The app_id or secret is wrong.", field="secret")


class ExchangeParameters(Parameters):
    app_id = Id()
    secret = Text()
    auth_code = Text()
    return_advertiser_ids = Flag(default=True)


class AccessTokenCreate(Command):
    is_public = True
    authentication_classes = ()
    parameters = ExchangeParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        plain, token = exchange_code(
            app_id=params["app_id"],
            secret=params["secret"],
            code=params["auth_code"],
            at=clock.now(),
        )
        found = advertiser_ids(token.user) if params["return_advertiser_ids"] else []
        return {"access_token": plain, "advertiser_ids": found, "scope": token.scopes}


class AppParameters(Parameters):
    app_id = Id()
    secret = Text()


class AuthorizedAdvertisers(Query):
    parameters = AppParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        check_app(self.token, **params)
        rows = visible_to(self.user).order_by("id").values_list("pk", "name")
        return {"list": [{"advertiser_id": str(pk), "advertiser_name": name} for pk, name in rows]}


class RevokeParameters(AppParameters):
    access_token = Text()


class AccessTokenRevoke(Command):
    is_public = True
    authentication_classes = ()
    parameters = RevokeParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        token = find_access_token(params["access_token"])
        if token is None:
            raise ApiError(Code.TOKEN_INVALID, "The access token is invalid or revoked.")
        check_app(token, app_id=params["app_id"], secret=params["secret"])
        revoke_access_token(token=token, at=clock.now())
        return {"app_id": str(params["app_id"]), "advertiser_ids": advertiser_ids(token.user)}
