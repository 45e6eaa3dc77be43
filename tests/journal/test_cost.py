"""What one act asks of the database: so many statements, in one transaction, and none that only repairs another."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from server.storage.database import Database
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.rounds import draft, open_round, rows_of
from tests.factories.world import World
from tests.rights.test_hidden import missing

STATEMENTS = {"postgresql": 14, "sqlite": 13}
"""Statements of one submitComment as it is published. SQLite locks no rows, so that locking the party takes none.
One of them reads the language of the person, in which a comment is that does not say its own."""


@contextmanager
def transactions(database: Database) -> Iterator[list[str]]:
    """Collect the beginning of every transaction while the block runs, on both engines: "reading" or "writing"."""
    begun: list[str] = []
    engines = {"reading": database._readers.sync_engine, "writing": database._writers.sync_engine}
    listeners = {name: lambda _, name=name: begun.append(name) for name in engines}
    for name, engine in engines.items():
        event.listen(engine, "begin", listeners[name])
    try:
        yield begun
    finally:
        for name, engine in engines.items():
            event.remove(engine, "begin", listeners[name])


def on(table: str, seen: list[str]) -> list[str]:
    """Return what was done to a table, in order: the verbs of the statements that write to it."""
    return [match[1] for each in seen if (match := re.match(rf"(INSERT|UPDATE|DELETE)\b.*?\b{table}\b", each))]


def comment(world: World, round_id: str, **content: Any) -> dict[str, Any]:
    """Return the input of `submitComment`."""
    sent = {"type": "SUBSTANTIVE", "provisionId": world.provisions[1], "text": "Too vague.", **content}
    return {"roundId": round_id, **sent}


async def test_submit_comment_takes_so_many_statements_in_one_transaction(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)
    await api.act("japan", "submitComment", **comment(world, round_id))  # which prepares the document

    with statements(world.database) as seen, transactions(world.database) as begun:
        filed = await api.act("japan", "submitComment", **comment(world, round_id))

    assert filed["__typename"] == "CommentSubmitted"
    kind = "sqlite" if world.database.is_sqlite else "postgresql"
    assert (len([each for each in seen if not each.startswith("BEGIN")]), begun) == (STATEMENTS[kind], ["writing"])


async def test_comment_that_is_filed_is_inserted_and_never_updated(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)

    with statements(world.database) as seen:
        filed = await api.act("japan", "submitComment", **comment(world, round_id))

    assert filed["comment"]["number"] == 1
    assert on("comments", seen) == ["INSERT"]
    assert on("comment_work", seen) == ["INSERT"]
    (stored,) = await rows_of(world, "comments")
    assert (stored["number"], len(stored["content_digest"])) == (1, 64)


async def test_draft_that_is_cleared_is_updated_once(api: Api) -> None:
    world = api.world
    drafted = await draft(world, "japan", await open_round(world))

    with statements(world.database) as seen:
        cleared = await api.act("japan", "clearComment", commentId=drafted, expectedRevision=1)

    assert cleared["__typename"] == "CommentCleared"
    assert on("comments", seen) == ["UPDATE"]


async def test_act_that_is_refused_reads_once_more_and_writes_nothing(api: Api) -> None:
    world = api.world
    round_id = await open_round(world)

    with statements(world.database) as seen, transactions(world.database) as begun:
        refused = await api.act("japan", "submitComment", **comment(world, round_id, text=""))

    assert (refused["code"], begun) == ("INVALID", ["writing", "reading"])
    assert on("comments", seen) == []


async def test_comment_that_is_hidden_is_refused_by_the_statements_for_one_that_is_missing(api: Api) -> None:
    world = api.world
    hidden = await draft(world, "japan", await open_round(world))
    answers, asked = [], []

    for each in (missing(hidden), hidden, missing(hidden), hidden):
        with statements(world.database) as seen:
            answers.append(await api.act("china", "supportComment", commentId=each))
        asked.append(seen)

    assert answers[0]["code"] == "NOT_FOUND"
    assert answers == [answers[0]] * 4
    assert asked == [asked[0]] * 4
