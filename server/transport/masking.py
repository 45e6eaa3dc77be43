"""Mask and log the errors of resolvers. Only errors that are meant for the client are shown to it."""

import traceback
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import structlog
from graphql import GraphQLError, located_error
from strawberry.exceptions import StrawberryInputCoercionError

from server.transport.errors import Code, FormattedError, RequestRefused, error_of, located_error_of

INTERNAL_MESSAGE = "Internal error"

_COERCION = "graphql.execution.values"
"""The module of graphql-core 3.3 that reads a client's arguments. Errors of its other modules quote our own values."""

_log = structlog.get_logger("server.transport")


def field_errors_of(
    errors: Sequence[GraphQLError], *, request_id: str, operation: str, variables: dict[str, Any] | None
) -> list[FormattedError]:
    """Format the errors of an executed operation, and log those that are not meant for the client.

    An error is public if it has its own `extensions.code`, is a RequestRefused, or rejects an argument. Any other error
    becomes "Internal error" with the request id, and is logged: once for each place in the code, not once per row.
    """
    formatted = []
    logged = set()
    for error in errors:
        code = _find_public_code(error)
        if code is not None:
            formatted.append(located_error_of(error, code))
            continue
        internal = located_error_of(GraphQLError(INTERNAL_MESSAGE, error.nodes, path=error.path), Code.INTERNAL)
        internal["extensions"]["requestId"] = request_id
        formatted.append(internal)
        cause = cause_of(error)
        place = _place_of(cause)
        if place not in logged:
            logged.add(place)
            log_unexpected(cause, request_id=request_id, operation=operation, path=error.path, variables=variables)
    return formatted


def refusal_of(error: Exception, *, request_id: str, operation: str) -> RequestRefused:
    """Return the refusal that ends a subscription with an error of its source, masked like any other error."""
    if isinstance(error, RequestRefused):
        return error
    (formatted,) = field_errors_of([located_error(error)], request_id=request_id, operation=operation, variables=None)
    code = formatted["extensions"]["code"]
    status = 500 if code == Code.INTERNAL else 400
    return RequestRefused(code, formatted["message"], status=status, errors=(formatted,))


def internal_error(request_id: str) -> FormattedError:
    """Build the masked error of a request that failed as a whole."""
    error = error_of(Code.INTERNAL, INTERNAL_MESSAGE)
    error["extensions"]["requestId"] = request_id
    return error


def log_unexpected(
    cause: BaseException,
    *,
    request_id: str,
    operation: str,
    path: Sequence[str | int] | None = None,
    variables: dict[str, Any] | None = None,
) -> None:
    """Log an exception with its traceback, without local variables and with the client's own values removed."""
    _log.error(
        "graphql.unexpected_error",
        request_id=request_id,
        operation=operation,
        path=list(path or ()),
        error=type(cause).__qualname__,
        # longest first, so that a value that contains another is removed whole
        traceback="".join(_format_traceback(cause, sorted(_texts_in(variables), key=len, reverse=True))),
    )


def _find_public_code(error: GraphQLError) -> str | None:
    """Return the code of an error that is meant for the client; None if the error must be masked."""
    cause = cause_of(error)
    if isinstance(cause, RequestRefused):
        return cause.code
    if not isinstance(cause, GraphQLError):
        return None
    code = (cause.extensions or {}).get("code")
    if isinstance(code, str):
        return code
    if isinstance(cause, StrawberryInputCoercionError) or _place_of(cause)[1] == _COERCION:
        return Code.BAD_USER_INPUT
    return None


def cause_of(error: GraphQLError) -> BaseException:
    """Return the exception that a resolver raised, from the error that graphql-core made of it."""
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _place_of(cause: BaseException) -> tuple[type[BaseException], str | None, int | None]:
    """Return the type of an exception, and the module and line that raised it."""
    module = line = None
    for frame, line_number in traceback.walk_tb(cause.__traceback__):
        module, line = frame.f_globals.get("__name__"), line_number
    return type(cause), module, line


def _format_traceback(cause: BaseException | None, secrets: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a traceback with its chain of causes, without the secrets.

    Of each message only the first line is kept, because database drivers put values into the lines below.
    """
    visited: set[int] = set()  # a chain of causes can be a cycle
    while cause is not None and id(cause) not in visited:
        visited.add(id(cause))
        yield from traceback.format_tb(cause.__traceback__)
        message = str(cause).partition("\n")[0]
        for secret in secrets:
            message = message.replace(secret, "[…]")
        yield f"{type(cause).__qualname__}: {message[:200]}\n"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _texts_in(value: Any) -> set[str]:
    """Return the texts and numbers in the variables, except those of one or two characters: too short to be secret."""
    texts: set[str] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str | int | float) and len(str(each)) > 2:
            texts.add(str(each))
    return texts
