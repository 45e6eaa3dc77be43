"""Errors as the client sees them: the codes, the shape, and the refusals that end a request early."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from graphql import GraphQLError

FormattedError: TypeAlias = dict[str, Any]
"""One member of `errors` in a response: message, locations and path where known, extensions with a code."""

MESSAGE_CHARACTERS = 500
"""Messages quote the client's own text; beyond this length they are cut, so that errors never echo a large request."""


class Code(StrEnum):
    """`extensions.code` of an error that this endpoint itself answers with."""

    BAD_REQUEST = "BAD_REQUEST"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    DOCUMENT_ID_UNKNOWN = "DOCUMENT_ID_UNKNOWN"
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    INTERNAL = "INTERNAL"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    OPERATION_NOT_FOUND = "OPERATION_NOT_FOUND"
    OPERATION_NOT_SUPPORTED = "OPERATION_NOT_SUPPORTED"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    TIMEOUT = "TIMEOUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"


LENIENT = frozenset(
    {
        Code.BAD_USER_INPUT,
        Code.GRAPHQL_PARSE_FAILED,
        Code.GRAPHQL_VALIDATION_FAILED,
        Code.OPERATION_NOT_FOUND,
        Code.PERSISTED_QUERY_NOT_FOUND,
        Code.PERSISTED_QUERY_NOT_SUPPORTED,
    }
)
"""Errors of a well-formed request: HTTP 200 when the client takes only application/json (GraphQL over HTTP, 6.4.1)."""


class RequestRefused(Exception):
    """The request ends here, without data. `context_for` may raise it too, for example with the code RATE_LIMITED.

    `status` is the HTTP status, `headers` are added to the response, `errors` replaces the one error made of code and
    message where there are several.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 400,
        headers: Mapping[str, str] | None = None,
        errors: tuple[FormattedError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.headers = dict(headers or {})
        self.errors = errors or (error_of(code, message),)


class Unauthenticated(RequestRefused):
    """The credential of the request is not good: HTTP 401 with `challenge` as WWW-Authenticate (RFC 9110)."""

    def __init__(self, challenge: str = "Bearer", message: str = "The credential is not valid.") -> None:
        super().__init__(Code.UNAUTHENTICATED, message, status=401, headers={"WWW-Authenticate": challenge})
        self.challenge = challenge


def error_of(code: str, message: str) -> FormattedError:
    """Make an error that has no place in the document."""
    return {"message": shortened(message), "extensions": {"code": str(code)}}


def located_error_of(error: GraphQLError, code: str) -> FormattedError:
    """Format an error of graphql-core, keeping its message (cut), locations, path and own extensions."""
    formatted: FormattedError = {"message": shortened(error.message)}
    if error.locations:
        formatted["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        formatted["path"] = error.path
    formatted["extensions"] = {"code": str(code), **(error.extensions or {})}
    return formatted


def shortened(message: str) -> str:
    """Cut a message to MESSAGE_CHARACTERS, with an ellipsis where something is missing."""
    return message if len(message) <= MESSAGE_CHARACTERS else message[: MESSAGE_CHARACTERS - 1] + "…"
