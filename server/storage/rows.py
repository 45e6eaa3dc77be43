"""Take one row by its id, under the visibility predicate of its noun, lock rows and names, and insert rows.

The statements of acts are built once, when their module is imported, and take the id in the parameter `WANTED`, or ids
in `NAMED`: building a visibility predicate at every act took longer than running it.
"""

from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, Select, String, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, class_mapper

from server.kernel.actor import Actor
from server.kernel.refusals import not_found
from server.storage.written import note_objects

T = TypeVar("T")
WANTED = bindparam("wanted", type_=String)
"""The id of the row that a statement selects or locks."""
NAMED = bindparam("named", type_=String, expanding=True)
"""The ids of the rows that a statement selects, as a list; use it as `column.in_(NAMED)`."""


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


async def lock_name(session: AsyncSession, name: str, *, space: int = 0) -> None:
    """Lock a name until the commit: of two transactions that lock the same one, the second waits for the first.

    It is for what has no row yet that could be locked. The same name in another `space` is another name. Only on
    PostgreSQL, as `lock_row`.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, space))))


async def insert_rows(session: AsyncSession, *rows: DeclarativeBase) -> None:
    """Insert new rows as they stand, in this order, each by the statement of its class.

    The session does not know them afterwards: it is for rows that nobody changes, which it would examine at every
    flush. What was not set takes the default of its column.
    """
    connection = await session.connection()
    for row in rows:
        statement, names = _build_insert(type(row))
        values = vars(row)
        await connection.execute(statement, {name: values[name] for name in names if name in values})
    note_objects(session, *rows)


@cache
def _build_insert(model: type[DeclarativeBase]) -> tuple[Insert, tuple[str, ...]]:
    """Return the statement that inserts a row of a class, and the names of its columns."""
    table = class_mapper(model).local_table
    return insert(table), tuple(column.key for column in table.columns)  # type: ignore[arg-type]
