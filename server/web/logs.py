"""How the log is written: as JSON for machines or as text for people, in UTC, to the standard error output.

No line holds what people wrote, their names or e-mail addresses, a token or another secret. Exceptions are therefore
written without their messages, which quote whatever was wrong.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import orjson
import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from server.web.settings import LogFormat

LONGEST = 200
"""Longest line of a library, in characters."""


def configure_logs(format_: LogFormat, *, least: int = logging.INFO) -> None:
    """Write the log in a format from now on, without what is less than the level `least`."""
    renderer = _JSON if format_ is LogFormat.JSON else _build_text_renderer()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
    ]
    # The level is judged by a processor and not by the class of the logger, so that tests that capture see everything.
    structlog.configure(
        processors=[_Least(least), *shared, renderer],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _shorten],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = _StandardError()
    handler.setFormatter(formatter)
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)


class _StandardError(logging.Handler):
    """Writes to what is the standard error output now, and not to what it was at the start."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        sys.stderr.write(f"{self.format(record)}\n")


class _Least:
    """Drops what is less than a level."""

    def __init__(self, least: int) -> None:
        self._least = least

    def __call__(self, _: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
        level = structlog.processors.NAME_TO_LEVEL.get("error" if method == "exception" else method, logging.INFO)
        if level < self._least:
            raise structlog.DropEvent
        return event_dict


def describe_exception(_: WrappedLogger, __: str, event_dict: EventDict) -> EventDict:
    """Replace an exception by its type and its way through the code, without messages and local variables."""
    exc_info: Any = event_dict.pop("exc_info", None)
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event_dict["error"] = type(error).__qualname__
        event_dict["traceback"] = "".join(_lines_of(error))
    return event_dict


def _lines_of(error: BaseException | None) -> Iterator[str]:
    visited: set[int] = set()  # a chain of causes can be a cycle
    while error is not None and id(error) not in visited:
        visited.add(id(error))
        yield from traceback.format_tb(error.__traceback__)
        yield f"{type(error).__qualname__}\n"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _shorten(_: WrappedLogger, __: str, event_dict: EventDict) -> EventDict:
    """Keep the first line of what a library says: below it, asyncio prints objects with all they hold."""
    event_dict["event"] = str(event_dict.get("event", "")).partition("\n")[0][:LONGEST]
    return event_dict


def _build_text_renderer() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False)


_JSON = structlog.processors.JSONRenderer(serializer=lambda line, **_: orjson.dumps(line, default=str).decode())
