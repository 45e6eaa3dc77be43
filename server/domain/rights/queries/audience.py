"""Who may see an object, and why: its visibility predicate, asked for everybody at once.

How a predicate is asked of everybody is in `server/identity/everybody.py`.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, bindparam, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.identity.everybody import build_asked, replace_caller
from server.kernel.actor import Actor
from server.kernel.predicates import EVERY_DELEGATE, sights_of

EVERYONE = EVERY_DELEGATE
"""For whom a predicate is that names no alternatives."""
OBJECT = bindparam("object", type_=String)
PERSON = bindparam("of_person", type_=String)


class Onlooker(NamedTuple):
    """A delegate who sees an object, with the party they speak for and the reasons.

    `id` is that of the accreditation, or of the representation by which they speak on the party's behalf.
    """

    id: str
    delegate_id: str
    party_id: str
    is_focal_point: bool
    is_on_behalf: bool
    reasons: list[str]


class _Question(NamedTuple):
    """A statement that finds who sees an object. `words` name the ways to see it; the last columns say which hold."""

    statement: Select[Any]
    words: tuple[str, ...]


@cache
def _build_question(model: Any, visible: Callable[[Any], ColumnElement[bool]]) -> _Question:
    """Build the statement for one noun, once. The object has to be visible to the caller, too."""
    row, speakers = aliased(model), build_asked()
    predicate = visible(row)
    ways: dict[str, list[ColumnElement[bool]]] = {}
    for words, holds in sights_of(predicate):
        # Two alternatives can have the same words: they are one way to see the object.
        ways.setdefault(words, []).append(replace_caller(holds))
    columns = [or_(*conditions).label(f"way_{number}") for number, conditions in enumerate(ways.values())]
    statement = (
        select(speakers, *columns)
        .join(row, row.id == OBJECT)
        .where(predicate, replace_caller(predicate), or_(literal("") == PERSON, speakers.c.person_id == PERSON))
        .order_by(speakers.c.party_key, speakers.c.person_key, speakers.c.id)
    )
    return _Question(statement, tuple(ways))


async def audience_of(
    connection: AsyncConnection,
    actor: Actor,
    now: datetime,
    model: Any,
    visible: Callable[[Any], ColumnElement[bool]],
    identifier: str,
    *,
    person_id: str = "",
) -> list[Onlooker]:
    """Return everybody who sees the object with this id today, by party and name.

    With `person_id`, only what that person can speak as. Empty when the object does not exist or the actor does not see
    it. One statement.
    """
    statement, words = _build_question(model, visible)
    values = actor.parameters(now) | {"object": identifier, "today": now.date(), "of_person": person_id}
    return [_read_onlooker(row, words) for row in await connection.execute(statement, values)]


def _read_onlooker(row: Any, words: tuple[str, ...]) -> Onlooker:
    """Return one row of the answer as an onlooker; the last columns say which of the ways hold."""
    ways = row[len(row) - len(words) :]
    return Onlooker(
        id=row.id,
        delegate_id=row.delegate_id,
        party_id=row.party_id,
        is_focal_point=bool(row.is_focal_point),
        is_on_behalf=row.id != row.delegate_id,
        reasons=[each for each, holds in zip(words, ways, strict=True) if holds] or [EVERYONE],
    )
