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
    session.info.setdefault(LINES, []).append((event, facts))


def write_lines(session: AsyncSession | Session) -> None:
    """Write the lines that were noted in a session that has been committed."""
    for event, facts in session.info.pop(LINES, ()):
        _log.info(event, **facts)
