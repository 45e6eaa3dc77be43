"""Take one row by its id, under the visibility predicate of its noun, and lock rows.

The statements of acts are built once, when their module is imported, and take the id in the parameter `WANTED`:
building a visibility predicate at every act took longer than running it.
"""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, String, bindparam
from sqlalchemy.ext.asyncio import AsyncSession

from server.kernel.actor import Actor
from server.kernel.refusals import not_found

T = TypeVar("T")
WANTED = bindparam("wanted", type_=String)
"""The id of the row that a statement selects or locks."""


async def find_row(session: AsyncSession, actor: Actor, now: datetime, statement: Select[T], wanted: str) -> T | None:
    """Return what `statement` selects of the row with the id `wanted`, None if there is none for this actor.

    The statement holds the predicate of the noun, which alone tells a hidden row from one that is there: a hidden row
    and a missing one take the same statement.
    """
    return await session.scalar(statement, {**actor.parameters(now), "wanted": wanted})


async def get_row(
    session: AsyncSession, actor: Actor, now: datetime, statement: Select[T], wanted: str, noun: str
) -> T:
    """Return what `find_row` does, or refuse that there is no such `noun` for this actor."""
    row = await find_row(session, actor, now, statement, wanted)
    if row is None:
        raise not_found(noun)
    return row


async def lock_row(session: AsyncSession, statement: Select[Any], wanted: str) -> None:
    """Lock what `statement` selects of the row with the id `wanted` until the commit.

    Only on PostgreSQL: SQLite has one writer at a time, and nothing to lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(statement, {"wanted": wanted})
