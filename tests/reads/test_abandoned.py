"""A client that goes away costs nothing: no connection of the pool is closed, and no other request is hurt."""

import asyncio
import gc
import json
from typing import Any

import pytest
from sqlalchemy import event

from tests.factories.api import Api, document

TIMES = 30


@pytest.mark.own_sql
@pytest.mark.parametrize("steps", [0, 1, 3, 10, 30])
async def test_clients_that_leave_close_no_connection(api: Api, steps: int) -> None:
    """The client is there for so many turns of the loop, so that it leaves in different places of the work."""
    database = api.world.database
    await api.ask("secretariat", "CommentList")
    closed: list[Any] = []
    pools = [database._readers.sync_engine, database._writers.sync_engine]
    for pool in pools:
        event.listen(pool, "close", lambda *_: closed.append("closed"))
        event.listen(pool, "invalidate", lambda *_: closed.append("invalidated"))
    headers = [
        (b"host", b"127.0.0.1:8000"),
        (b"content-type", b"application/json"),
        (b"authorization", f"Bearer {await api.token('secretariat')}".encode()),
    ]
    body = json.dumps({"query": document("CommentList")}).encode()
    scope = {"type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "query_string": b""}

    async def request() -> None:
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if messages:
                return messages.pop()
            for _ in range(steps):
                await asyncio.sleep(0)
            return {"type": "http.disconnect"}

        async def send(_: Any) -> None:
            return None

        await api.app({**scope, "headers": headers, "client": ("127.0.0.1", 1), "scheme": "http"}, receive, send)

    await asyncio.gather(*(request() for _ in range(TIMES)))
    gc.collect()

    assert closed == []
    assert (await api.ask("secretariat", "CommentList"))["comments"]["nodes"] == []
