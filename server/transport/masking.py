"""Errors of resolvers: what is meant for the client passes, everything else is masked and logged."""

import traceback
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.exceptions import StrawberryInputCoercionError

from server.transport.errors import Code, FormattedError, RequestRefused, error_of, located_error_of

INTERNAL_MESSAGE = "Internal error"

_COERCION = "graphql.execution.values"
"""graphql-core's module for the arguments that a client gives; its other errors speak of our own values."""

_log = structlog.get_logger("server.transport")


def field_errors_of(
    errors: Sequence[GraphQLError], *, request_id: str, operation: str, variables: dict[str, Any] | None
) -> list[FormattedError]:
    """Format the errors of an executed operation.

    An error is public if it carries its own `extensions.code`, is a RequestRefused, or rejects an argument. Any other
    becomes "Internal error" with the request id, and is logged: once for each place in the code, not once per row.
    """
    formatted = []
    logged = set()
    for error in errors:
        code = _public_code(error)
        if code is not None:
            formatted.append(located_error_of(error, code))
            continue
        internal = located_error_of(GraphQLError(INTERNAL_MESSAGE, error.nodes, path=error.path), Code.INTERNAL)
        internal["extensions"]["requestId"] = request_id
        formatted.append(internal)
        cause = _cause_of(error)
        place = _place_of(cause)
        if place not in logged:
            logged.add(place)
            log_unexpected(cause, request_id=request_id, operation=operation, path=error.path, variables=variables)
    return formatted


def internal_error(request_id: str) -> FormattedError:
    """Make the masked error of a request that failed as a whole."""
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
    """Log an exception with its traceback, without local variables, and with the client's own values blotted out."""
    _log.error(
        "graphql.unexpected_error",
        request_id=request_id,
        operation=operation,
        path=list(path or ()),
        error=type(cause).__qualname__,
        traceback="".join(_told(cause, sorted(_texts_in(variables), key=len, reverse=True))),
    )


def _public_code(error: GraphQLError) -> str | None:
    cause = _cause_of(error)
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


def _cause_of(error: GraphQLError) -> BaseException:
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _place_of(cause: BaseException) -> tuple[type[BaseException], str | None, int | None]:
    """Give the kind of an exception and the module and line that raised it."""
    module = line = None
    for frame, line_number in traceback.walk_tb(cause.__traceback__):
        module, line = frame.f_globals.get("__name__"), line_number
    return type(cause), module, line


def _told(cause: BaseException | None, secrets: Iterable[str]) -> Iterator[str]:
    """Tell a traceback with its chain of causes. Only the first line of each message: drivers put values below it."""
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield from traceback.format_tb(cause.__traceback__)
        message = str(cause).partition("\n")[0]
        for secret in secrets:
            message = message.replace(secret, "[…]")
        yield f"{type(cause).__qualname__}: {message[:200]}\n"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _texts_in(value: Any) -> set[str]:
    """Collect the texts and numbers in the variables, except those so short that blotting them out hides nothing."""
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
