"""Build errors as the client sees them, and define the exceptions that end a request early."""

from collections.abc import Mapping
from enum import StrEnum
from math import ceil
from typing import Any, TypeAlias

from graphql import GraphQLError

FormattedError: TypeAlias = dict[str, Any]
"""One member of `errors` in a response: message, locations and path where known, extensions with a code."""

MESSAGE_CHARACTERS = 500
"""Longest message. Messages quote the client's own text; they are cut so that errors never echo a large request."""


RETRY_SECONDS = 5
"""Seconds after which a client may try again when the database cannot be used."""
UNAVAILABLE_MESSAGE = (
    "The server cannot use its database at the moment. Send the same again in some seconds, an act with the same "
    "idempotencyKey: then it is done once, whatever became of this attempt."
)


class Code(StrEnum):
    """The values of `extensions.code` in errors that this endpoint itself answers with."""

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
    OVERLOADED = "OVERLOADED"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    RATE_LIMITED = "RATE_LIMITED"
    TIMEOUT = "TIMEOUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    UNAVAILABLE = "UNAVAILABLE"
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
"""Codes of errors in a well-formed request. Their HTTP status is 200 if the answer is application/json.

Source: GraphQL over HTTP, section 6.4.1.
"""


class RequestRefused(Exception):
    """Raised to end the request here, without data.

    `context_for` may raise it too, for example with the code RATE_LIMITED. `status` is the HTTP status, `headers` are
    added to the response. `errors` replaces the single error made of code and message where there are several.
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

    @property
    def outcome(self) -> str:
        """How metrics count the request: "failed" if the server is at fault, else "refused"."""
        return "failed" if self.status >= 500 and self.code != Code.OVERLOADED else "refused"


class Unauthenticated(RequestRefused):
    """Raised when the credential is not valid: HTTP 401 with `challenge` as WWW-Authenticate (RFC 9110)."""

    def __init__(self, challenge: str = "Bearer", message: str = "The credential is not valid.") -> None:
        super().__init__(Code.UNAUTHENTICATED, message, status=401, headers={"WWW-Authenticate": challenge})
        self.challenge = challenge


class ComeAgain(RequestRefused):
    """Raised when the same request may succeed later: with Retry-After, and `retryAfter` in the error, in seconds."""

    def __init__(self, code: Code, message: str, seconds: float, *, status: int = 503) -> None:
        after = max(1, ceil(seconds))
        errors = (error_of(code, message, retryAfter=after),)
        super().__init__(code, message, status=status, headers={"Retry-After": str(after)}, errors=errors)


class Unavailable(ComeAgain):
    """Raised when the server cannot reach or write its data for now."""

    def __init__(self) -> None:
        super().__init__(Code.UNAVAILABLE, UNAVAILABLE_MESSAGE, RETRY_SECONDS)


class Overloaded(ComeAgain):
    """Raised when the turn of a request would come too late; it may come again in about so many seconds."""

    def __init__(self, seconds: float) -> None:
        message = "The server has more to do than it can answer in time. Nothing was done: send it again later."
        super().__init__(Code.OVERLOADED, message, seconds)


def error_of(code: str, message: str, **extensions: Any) -> FormattedError:
    """Build an error without a location in the document, with further `extensions` if there are any."""
    return {"message": shorten(message), "extensions": {"code": str(code), **extensions}}


def located_error_of(error: GraphQLError, code: str) -> FormattedError:
    """Format an error of graphql-core with its message (shortened), locations, path and own extensions."""
    formatted: FormattedError = {"message": shorten(error.message)}
    if error.locations:
        formatted["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        formatted["path"] = error.path
    formatted["extensions"] = {"code": str(code), **(error.extensions or {})}
    return formatted


def shorten(message: str) -> str:
    """Cut a message to MESSAGE_CHARACTERS, with an ellipsis at the end if something was cut."""
    return message if len(message) <= MESSAGE_CHARACTERS else message[: MESSAGE_CHARACTERS - 1] + "…"
