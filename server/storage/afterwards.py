"""Log what a transaction did, once it is committed: what is rolled back did not happen."""

from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

LINES = "log lines"
"""The key under which a session keeps what is to be logged."""
_log = structlog.get_logger("server")


def log_after_commit(session: AsyncSession | Session, event: str, **facts: Any) -> None:
    """Note a line for the log. It is written if the transaction of the session is committed."""
    lines_of(session).append((event, facts))


def lines_of(session: AsyncSession | Session) -> list[tuple[str, dict[str, Any]]]:
    """Return the lines that wait for the commit of a session."""
    lines: list[tuple[str, dict[str, Any]]] = session.info.setdefault(LINES, [])
    return lines


def write_lines(session: AsyncSession | Session) -> None:
    """Write the lines that were noted in a session that has been committed."""
    for event, facts in session.info.pop(LINES, ()):
        _log.info(event, **facts)
