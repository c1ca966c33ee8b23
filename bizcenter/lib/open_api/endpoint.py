"""The base of every call: token, rate, parameters in; one answer out, in the envelope."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework.exceptions import NotAuthenticated
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .envelope import envelope
from .fields import Parameters
from .scopes import check_scope
from .throttling import PerMinute, PerSecond


class OnlyJson(BaseContentNegotiation):
    """Whatever a client says it accepts or sends."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        return renderers[0], renderers[0].media_type


class Door(APIView):
    """What holds for every call, whether or not somebody answers at the address."""

    content_negotiation_class = OnlyJson
    throttle_classes = [PerSecond, PerMinute]
    is_public: ClassVar[bool] = False

    def check_permissions(self, request: Request) -> None:
        if self.is_public:
            return
        if not request.user:
            raise NotAuthenticated("The Access-Token header is missing or empty.")
        check_scope(request.path, getattr(request.auth, "scopes", ()))


class Endpoint(Door, ABC):
    """Subclasses name their parameters and say in `answer` what the data are.

    `wire_names` translates field names in domain errors to the names the client knows.
    """

    parameters: ClassVar[type[Parameters]] = Parameters
    wire_names: ClassVar[Mapping[str, str]] = {}

    @property
    def user(self) -> Any:
        """Whom the token acts for."""
        return self.request.user

    @property
    def token(self) -> Any:
        return self.request.auth

    def sent(self) -> dict[str, Any]:
        """What the client sent: the body, and over it the query; repeated values as a list."""
        query = {
            name: values if len(values) > 1 else values[0]
            for name, values in self.request.query_params.lists()
        }
        body = self.request.data
        return {**body, **query} if isinstance(body, dict) else query

    def respond(self) -> Response:
        self.raw = self.sent()
        reader = self.parameters(data=self.raw)
        reader.is_valid(raise_exception=True)
        params = dict(reader.validated_data)
        self.enter(params)
        return Response(envelope(self.answer(params)))

    def enter(self, params: dict[str, Any]) -> None:
        """Loads what the call is about, and refuses people who may not."""

    @abstractmethod
    def answer(self, params: dict[str, Any]) -> Any:
        """The `data` of the envelope; every endpoint has its own."""


class Query(Endpoint):
    """A GET, whose parameters may also come as a JSON body."""

    http_method_names = ["get"]

    def get(self, request: Request) -> Response:
        return self.respond()


class Command(Endpoint):
    """A POST with a JSON body."""

    http_method_names = ["post"]

    def post(self, request: Request) -> Response:
        return self.respond()
