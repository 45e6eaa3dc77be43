"""What is refused writes nothing: a watch over every engine, and a transport and an act that ask it.

SQLAlchemy tells of every statement and of every commit in this process, so that nothing has to be read to know that
nothing was written; it costs microseconds, on both databases. What is written is noted for the task that caused it, and
for those that this one started, so that requests at the same time are kept apart.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any

import pytest
from httpx2 import ASGITransport, Request, Response
from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.kernel.refusals import RefusalCode
from server.storage.database import Database

KEPT_ON_PURPOSE = frozenset({"guesses", "signing_keys"})
"""Tables that any refusal may write: wrong guesses are counted, and the first request of all makes a signing key."""
USED_UP = frozenset(
    {"authorization_codes", "browser_sessions", "device_requests", "federated_sign_ins", "grants", "refresh_tokens"}
)
"""Tables of what a try at signing in uses up or ends, good or bad: only pages and the authorization server write them,
and never GraphQL."""
CODES = {code.value for code in RefusalCode}
WRITES = re.compile(r"\s*(?:WITH\b.*?\b)?(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE | re.DOTALL)
_COMMITTED: ContextVar[list[str] | None] = ContextVar("committed", default=None)


class Seen:
    """How many refusals were seen since the present test began."""

    refusals = 0


@contextmanager
def watching() -> Iterator[list[str]]:
    """Collect what is committed while the block runs, by the tasks in it: "INSERT INTO comments", and so on."""
    committed: list[str] = []
    around = _COMMITTED.get()
    token = _COMMITTED.set(committed)
    try:
        yield committed
    finally:
        _COMMITTED.reset(token)
        if around is not None:
            around += committed


@contextmanager
def refusal_writes_nothing() -> Iterator[None]:
    """Let a refusal through, or any error, but fail if something was committed before it was raised."""
    with watching() as committed:
        try:
            yield
        except Exception as error:
            check_nothing_written(committed, repr(error))
            raise


def check_nothing_written(committed: list[str], by: str, *, kept: frozenset[str] = frozenset()) -> None:
    """Count a refusal, and fail if it wrote to any table but those that are `kept`."""
    Seen.refusals += 1
    written = [what for what in committed if what.split()[-1] not in kept]
    assert written == [], f"refused ({by}), and yet written: {written}"


class WatchedDatabase(Database):
    """A database that fails if a transaction is refused and something was written all the same."""

    def __init__(self, url: str, *, pool: int = 20) -> None:
        super().__init__(url, pool=pool)
        self._at_work: list[asyncio.Task[Any] | None] = []

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Lend a session that is one transaction, which a refusal rolls back, as `Database.writing` does."""
        task = asyncio.current_task()
        self._at_work.append(task)  # twice where a transaction is within another
        try:
            with refusal_writes_nothing():
                async with super().writing() as session:
                    yield session
        finally:
            self._at_work.remove(task)

    async def stop_writers(self) -> None:
        """Cancel the tasks that are in a transaction still, and wait until their locks are given back.

        If one of several at once fails, the test is over while the others go on. The next test empties the database in
        the thread of all of them: it would wait for ever for a lock that they cannot give back meanwhile.
        """
        tasks = [task for task in dict.fromkeys(self._at_work) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection that cannot write, as `Database.reading` does."""
        with refusal_writes_nothing():
            async with super().reading() as connection:
                yield connection


def check_refusal_was_seen(item: pytest.Item) -> None:
    """Fail a test that speaks of a refusal and has a database, unless the watch saw one: it would not have noticed what
    was written."""
    is_of_refusal = "refus" in item.name.partition("[")[0] and item.get_closest_marker("accepted") is None
    if is_of_refusal and "databases" in getattr(item, "fixturenames", ()) and not Seen.refusals:
        pytest.fail("a refusal that nobody watched: use World.do, Watched or refusal_writes_nothing", pytrace=False)


class Watched(ASGITransport):
    """A transport to an application in this process that fails if an answer refuses and something was written.

    An answer refuses with a status of 400 or more; one of GraphQL with errors, or if all of its results are refusals.
    """

    async def handle_async_request(self, request: Request) -> Response:
        """Send a request, and check the answer to it."""
        with watching() as committed:
            response = await super().handle_async_request(request)
            if response.status_code >= 400 or _refuses(await response.aread()):
                kept = KEPT_ON_PURPOSE if request.url.path == "/graphql" else KEPT_ON_PURPOSE | USED_UP
                check_nothing_written(committed, f"{response.status_code} {request.url.path}", kept=kept)
        return response


def _refuses(body: bytes) -> bool:
    if not body.startswith(b"{") or not any(word in body for word in (b'"Refusal"', b'"errors"', b'"code"')):
        return False
    answer = json.loads(body)  # orjson refuses the lone surrogates that one test sends
    data = answer.get("data")
    results = list(data.values()) if isinstance(data, dict) else []
    return ("errors" in answer and not any(results)) or (bool(results) and all(map(_is_refusal, results)))


def _is_refusal(result: Any) -> bool:
    return isinstance(result, dict) and (result.get("__typename") == "Refusal" or result.get("code") in CODES)


@event.listens_for(Engine, "after_cursor_execute")
def _note(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
    if cursor.rowcount != 0 and (found := WRITES.match(statement)):
        connection.info.setdefault("pending", []).append(f"{found[1].upper()} {found[2]}")


@event.listens_for(Engine, "commit")
def _keep(connection: Connection) -> None:
    pending = connection.info.pop("pending", [])
    committed = _COMMITTED.get()
    if committed is not None:
        committed += pending


@event.listens_for(Engine, "rollback")
def _forget(connection: Connection) -> None:
    if connection.invalidated:  # what was pending went with the connection of the driver
        return
    connection.info.pop("pending", None)
