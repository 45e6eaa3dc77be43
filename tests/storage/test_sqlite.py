"""Statements on SQLite take one turn of the thread of their connection, and give what SQLAlchemy's own way gives."""

from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from server.storage.sqlite import DRIVER

WORDS = Table("words", MetaData(), Column("id", Integer, primary_key=True), Column("word", String, unique=True))
MANY = [{"word": f"word {number}"} for number in range(5)]


async def answers(connection: AsyncConnection) -> list[Any]:
    """Return what a connection answers to statements of every sort."""
    await connection.execute(text("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
    first = await connection.execute(insert(WORDS), {"word": "first"})
    many = await connection.execute(insert(WORDS), MANY)
    returned = await connection.execute(insert(WORDS).returning(WORDS.c.id), [{"word": "a"}, {"word": "b"}])
    updated = await connection.execute(text("UPDATE words SET word = word || '!' WHERE id > 3"))
    listed = await connection.execute(select(WORDS).order_by(WORDS.c.id))
    none = await connection.execute(select(WORDS).where(WORDS.c.id == 99))
    partial = await connection.execute(select(WORDS.c.word).order_by(WORDS.c.id))
    async with connection.stream(select(WORDS.c.id)) as streamed:
        ids = [row.id async for row in streamed]
    return [
        first.inserted_primary_key,
        many.rowcount,
        sorted(returned.scalars().all()),
        updated.rowcount,
        (list(listed.keys()), listed.all()),
        (list(none.keys()), none.all()),
        (partial.fetchmany(2), partial.first()),
        ids,
    ]


async def test_statements_of_every_sort_answer_as_in_the_usual_way(tmp_path: Path) -> None:
    both = []
    for name, options in (("usual", {}), ("one-turn", {"module": DRIVER})):
        engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / name}.db", **options)
        async with engine.begin() as connection:
            both.append(await answers(connection))
        await engine.dispose()

    assert both[1] == both[0]
    assert both[0][4][1][0] == (1, "first")


async def test_statement_takes_one_turn_of_the_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[Any] = []
    execute = aiosqlite.Connection._execute

    async def note(self: Any, fn: Any, *args: Any, **kw: Any) -> Any:
        turns.append(fn)
        return await execute(self, fn, *args, **kw)

    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'turns'}.db", module=DRIVER)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        with monkeypatch.context() as patch:
            patch.setattr(aiosqlite.Connection, "_execute", note)
            assert (await connection.execute(text("SELECT 1 UNION SELECT 2"))).all() == [(1,), (2,)]
    await engine.dispose()

    assert len(turns) == 1


async def test_statement_that_fails_raises_the_errors_of_sqlalchemy_and_leaves_the_connection_usable(
    tmp_path: Path,
) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'errors'}.db", module=DRIVER)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
        await connection.execute(insert(WORDS), {"word": "once"})
        with pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
            await connection.execute(insert(WORDS), {"word": "once"})
        with pytest.raises(OperationalError, match="no such table"):
            await connection.execute(text("SELECT * FROM nowhere"))
        words = (await connection.scalars(select(WORDS.c.word))).all()
    await engine.dispose()

    assert words == ["once"]
