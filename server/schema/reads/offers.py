"""One object of any noun: whether somebody sees it, and what it offers them, under its one predicate."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from graphql import GraphQLObjectType
from sqlalchemy import String, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.kernel.actor import Actor
from server.kernel.acts import Verdict
from server.kernel.facts import paths_of
from server.kernel.ids import prefix_of
from server.schema.reads.kinds import NOUNS, Computed, read_of
from server.schema.reads.shape import Shape

OFFER = "availableActs"
"""The name of the field of a noun that lists what may be done with it."""
OBJECT_ID = bindparam("of_object", type_=String)


async def sees(session: AsyncSession, actor: Actor, now: datetime, identifier: str) -> bool:
    """Return whether the actor sees the object with this id, of any noun, by the predicate of its noun."""
    prefix = prefix_of(identifier)
    for noun in NOUNS.values():
        if prefix is not None and getattr(noun.model, "prefix", None) == prefix:
            visible = select(noun.model.id).where(noun.model.id == identifier, noun.visible(noun.model))
            return await session.scalar(visible, actor.parameters(now)) is not None
    return False


async def offers_of(
    connection: AsyncConnection, object_type: GraphQLObjectType, object_id: str, actor: Actor, now: datetime
) -> Callable[[Actor], list[Verdict]] | None:
    """Return a function that gives the verdicts of an object for any actor. None unless `actor` sees the object."""
    statement, read = _build_statement(object_type)
    row = (await connection.execute(statement, actor.parameters(now) | {"of_object": object_id})).first()
    if row is None:
        return None
    return lambda who: read.of(who, read.facts(*row), now) if read else []


@cache
def _build_statement(object_type: GraphQLObjectType) -> tuple[Any, Computed | None]:
    """Build the statement for the facts of a noun's verdicts, under its predicate.

    Return it with the read that computes the verdicts, which is None for a noun that offers no acts.
    """
    read = read_of(object_type.fields[OFFER]) if OFFER in object_type.fields else None
    assert read is None or isinstance(read, Computed)
    shape = Shape.of(object_type)
    paths = paths_of(read.facts) if read else ("id",)  # type: ignore[arg-type]
    columns = [shape.column(path, asking=False)[0] for path in paths]
    root = shape.root.entity
    return shape.add_joins(select(*columns).select_from(root)).where(shape.visible(), root.id == OBJECT_ID), read
