"""The database takes no writes for a while: what was sent meanwhile is done when it is sent again."""

import psycopg
import pytest
from httpx2 import AsyncClient
from sqlalchemy import text

from server.storage.database import Database
from tests.factories.api import Api, document
from tests.factories.contents import contents_of
from tests.factories.refusing import Watched
from tests.factories.rounds import open_round


async def let_write(database: Database, *, allowed: bool) -> None:
    """Let the database take writes or none, as of the next connection of a writer."""
    await database._writers.dispose()
    if database.is_sqlite:
        if not allowed:
            async with database.writing() as session:
                await session.execute(text("PRAGMA query_only = ON"))
        return
    url = database._writers.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        statement = f'ALTER DATABASE "{url.database}" SET default_transaction_read_only = {"off" if allowed else "on"}'
        connection.execute(statement.encode())


@pytest.mark.own_sql
async def test_act_while_nothing_can_be_written_is_told_to_come_again_and_then_done(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    content = {"type": "SUBSTANTIVE", "provisionId": world.provisions[1], "text": "The duty must be clear."}
    body = {
        "query": document("submitComment"),
        "variables": {"input": {"idempotencyKey": "once", "roundId": round_id, **content}},
    }
    headers = {"authorization": f"Bearer {await api.token('japan')}"}
    before = contents_of(world.database)
    async with AsyncClient(transport=Watched(app=api.app), base_url="http://127.0.0.1:8000") as client:
        await let_write(world.database, allowed=False)
        try:
            answer = await client.post("/graphql", json=body, headers=headers)
            read = await api.ask("japan", "Viewer")
        finally:
            await let_write(world.database, allowed=True)
        between = contents_of(world.database)
        again = await client.post("/graphql", json=body, headers=headers)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE", "retryAfter": 5}
    assert "data" not in answer.json()
    assert read["viewer"], "reading goes on"
    assert between == before
    assert again.json()["data"]["submitComment"]["__typename"] == "CommentSubmitted"
