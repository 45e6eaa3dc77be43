"""The same listing as rows of the database, written by hand without any right: `python -m tests.bench.rows URL`.

No one is asked who they are and nothing is judged: one statement, prepared, and the JSON. It is what a server that
answers with rights is measured against, not one that anybody should run.
"""

import asyncio
import socket
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import orjson
import psycopg
import uvicorn
import uvloop
from sqlalchemy.engine import make_url

CONNECTIONS = 15
SELECT = """
SELECT comment.id, comment.number, comment.type, comment.text, comment.reason, comment.proposed_wording,
  comment.submitted_at, work.status, work.version, author.id, person.name, party.id, party.short_name, party.capacity,
  provision.id, provision.provision_id, provision.printed_number, provision.text,
  disposition.id, disposition.stage, disposition.verdict, NULLIF(disposition.reason, '')
FROM comments comment
JOIN parties party ON party.id = comment.party_id
JOIN delegates author ON author.id = comment.author_id
JOIN persons person ON person.id = author.person_id
LEFT JOIN comment_work work ON work.comment_id = comment.id
LEFT JOIN provision_texts provision ON provision.id = comment.provision_text_id
LEFT JOIN dispositions disposition ON disposition.id = work.disposition_id
WHERE comment.round_id = {parameter} AND comment.submitted_at IS NOT NULL
ORDER BY COALESCE(provision.position, 0), party.short_name, comment.number, comment.id
LIMIT {page}
"""
Rows: TypeAlias = Callable[[str, int], Awaitable[bytes]]


def page_of(rows: Sequence[Any]) -> bytes:
    """Return the rows as the answer of the listing."""
    nodes = [
        {
            "id": row[0],
            "number": row[1],
            "type": row[2],
            "text": row[3],
            "reason": row[4],
            "proposedWording": row[5],
            "submittedAt": row[6],
            "status": row[7],
            "revision": row[8],
            "author": {"id": row[9], "name": row[10]},
            "party": {"id": row[11], "shortName": row[12], "capacity": row[13]},
            "provision": row[14] and {"id": row[14], "key": row[15], "printedNumber": row[16], "text": row[17]},
            "disposition": row[18] and {"id": row[18], "stage": row[19], "verdict": row[20], "reason": row[21]},
        }
        for row in rows
    ]
    return orjson.dumps({"data": {"comments": {"nodes": nodes}}}, option=orjson.OPT_UTC_Z)


async def postgresql(url: str) -> Rows:
    """Return a reader over a few connections to PostgreSQL, the one used last first."""
    address = url.replace("postgresql+psycopg", "postgresql")
    idle: asyncio.LifoQueue[psycopg.AsyncCursor[Any]] = asyncio.LifoQueue()
    for _ in range(CONNECTIONS):
        connection = await psycopg.AsyncConnection.connect(address, autocommit=True, options="-c timezone=UTC")
        idle.put_nowait(connection.cursor(binary=True))

    async def read(round_id: str, page: int) -> bytes:
        cursor = await idle.get()
        try:
            await cursor.execute(SELECT.format(parameter="%s", page=page), (round_id,), prepare=True)
            return page_of(await cursor.fetchall())
        finally:
            idle.put_nowait(cursor)

    return read


async def sqlite(url: str) -> Rows:
    """Return a reader over one connection to SQLite, in a thread of its own."""
    thread = ThreadPoolExecutor(1)
    loop = asyncio.get_running_loop()
    connection = await loop.run_in_executor(thread, sqlite3.connect, make_url(url).database)

    def select(round_id: str, page: int) -> bytes:
        return page_of(connection.execute(SELECT.format(parameter="?", page=page), (round_id,)).fetchall())

    async def read(round_id: str, page: int) -> bytes:
        return await loop.run_in_executor(thread, select, round_id, page)

    return read


def application(read: Rows) -> Any:
    """Return an ASGI application that answers every GET /ROUND/PAGE."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        _, round_id, page = scope["path"].split("/")
        body = await read(round_id, int(page))
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


async def main(url: str) -> None:
    """Serve until terminated, and print the port."""
    read = await (sqlite if url.startswith("sqlite") else postgresql)(url)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        config = uvicorn.Config(application(read), log_level="error", lifespan="off", access_log=False)
        await uvicorn.Server(config).serve(sockets=[listening])


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
