"""Watch whether the schema of the database stays one that this program can serve, while another release migrates it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from server.storage.database import Database
from server.storage.schema import UnknownSchema

LOOK_SECONDS = 5.0
"""Seconds between two looks."""

_log = structlog.get_logger("server.storage")


@asynccontextmanager
async def schema_watch(database: Database, *, every: float = LOOK_SECONDS) -> AsyncIterator[None]:
    """Check the schema again and again while the block runs. `every` is in seconds.

    As long as it is unknown, the database refuses every use of it, and everything is answered 503.
    """
    looks = asyncio.create_task(_look(database, every))
    try:
        yield
    finally:
        looks.cancel()
        with suppress(asyncio.CancelledError):
            await looks


async def _look(database: Database, every: float) -> None:
    fault = ""
    while True:
        before = fault
        try:
            await database.check_schema()
            fault = ""
        except UnknownSchema as error:
            fault = str(error)
        except Exception as error:  # away for a while: others say so
            _log.debug("the schema could not be read", error=type(error).__name__)
        if fault and not before:
            _log.error("the schema cannot be served", reason=fault)
        elif before and not fault:
            _log.warning("the schema can be served again")
        await asyncio.sleep(every)
