"""How the Business API knows who calls."""

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import queries
from accounts.models import AccessToken, User
from accounts.services import note_token_use


class AccessTokenAuthentication(BaseAuthentication):
    """The API's header `Access-Token`; without it the request is anonymous."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        plain = request.headers.get("Access-Token", "").strip()
        if not plain:
            return None
        token = queries.find_access_token(plain)
        if token is None:
            raise AuthenticationFailed("The access token is invalid or revoked.")
        note_token_use(token=token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Access-Token"
