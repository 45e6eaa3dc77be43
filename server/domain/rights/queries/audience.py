"""Who may see an object, and why: its visibility predicate, asked for everybody at once.

A predicate speaks of the caller by the SQL parameters of `server.kernel.predicates`. Here each parameter is replaced by
a column of `asked`, which has a row for everything that anybody can speak as today. So there is no second rule of
visibility that could differ from the first.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    false,
    literal,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import replacement_traverse

from server.identity.accreditations import in_force, is_focal_point, leading
from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import sights_of
from server.models.bodies import Function
from server.models.parties import Delegate, Party, Person, Representation

EVERYONE = "every delegate"
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


def _column(name: str, kind: Any = String) -> ColumnElement[Any]:
    """Return a column of `asked` by its name alone, so that it means the same row in a subquery of any depth."""
    return literal_column(f"asked.{name}", kind)


_IS_ADMINISTRATOR = _column("is_administrator", Boolean)
OF_PARAMETERS: Mapping[str, ColumnElement[Any]] = {
    "actor_person": _column("person_id"),
    "actor_party": _column("acting_party_id"),
    "actor_capacity": _column("acting_capacity"),
    "actor_signed_in": _column("is_signed_in", Boolean),
    "actor_secretariat": _column("is_secretariat", Boolean),
    "actor_focal_point": _column("is_own_focal_point", Boolean),
    "actor_administrator": _IS_ADMINISTRATOR,
    "actor_leading": _column("is_leading", Boolean),
}
"""The column of `asked` that takes the place of each parameter; the list `actor_leads` becomes a query."""
SAME_FOR_ALL = frozenset({"actor_now"})
"""Parameters that do not speak of who asks."""


def replace_caller(predicate: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the predicate with `asked` in the place of the caller. Raise KeyError for an unknown parameter."""
    function = aliased(Function)
    delegate = SimpleNamespace(
        id=_column("delegate_id"),
        party_id=_column("own_party_id"),
        is_administrator=_IS_ADMINISTRATOR,
        is_service=_column("is_service", Boolean),
    )
    led = select(function.body_id).where(leading(function, delegate))

    def replace(element: Any, **_: Any) -> Any:
        """Return what takes the place of an element, None to keep it."""
        # A list cannot be a column of `asked`: the whole comparison with it becomes a query.
        if getattr(getattr(element, "right", None), "key", None) == "actor_leads":
            return element.left.in_(led)
        key = element.key if element.__visit_name__ == "bindparam" else ""
        return OF_PARAMETERS[key] if key.startswith("actor_") and key not in SAME_FOR_ALL else None

    return replacement_traverse(predicate, {}, replace)


def _build_asked() -> Subquery:
    """Return everything that anybody can speak as today, as the subquery `asked`.

    These are the accreditations and representations of persons who are not suspended.
    """
    sees = ~Delegate.is_administrator
    accreditations = _select_speakers(Delegate.id, sees, own=sees).join(Party, Party.id == Delegate.party_id)
    representations = (
        _select_speakers(Representation.id, true(), own=false())
        .join(Representation, and_(Representation.by_party_id == Delegate.party_id, in_force(Representation)))
        .join(Party, Party.id == Representation.party_id)
        .where(sees, ~Delegate.is_service)
    )
    return union_all(accreditations, representations).subquery("asked")


def _select_speakers(id_: Any, sees: ColumnElement[bool], *, own: ColumnElement[bool]) -> Select[Any]:
    """Return the query for delegates in force, with the party they speak for and what they are to a predicate.

    The caller joins the party. Functions count where the party is their `own`: they are not delegated.
    """
    capacity = type_coerce(Party.capacity, String)
    leads = select(Function.id).where(leading(Function, Delegate)).exists()
    return (
        select(
            id_.label("id"),
            Delegate.id.label("delegate_id"),
            Person.id.label("person_id"),
            Person.name.label("person_name"),
            Party.id.label("party_id"),
            Party.name.label("party_name"),
            capacity.label("capacity"),
            is_focal_point(Delegate).label("is_focal_point"),
            case((sees, Party.id), else_="").label("acting_party_id"),
            case((sees, capacity), else_="").label("acting_capacity"),
            case((own, Delegate.party_id), else_="").label("own_party_id"),
            sees.label("is_signed_in"),
            and_(sees, capacity == Capacity.SECRETARIAT).label("is_secretariat"),
            and_(own, is_focal_point(Delegate)).label("is_own_focal_point"),
            and_(own, leads).label("is_leading"),
            Delegate.is_administrator.label("is_administrator"),
            Delegate.is_service.label("is_service"),
        )
        .select_from(Delegate)
        .join(Person, and_(Person.id == Delegate.person_id, Person.suspended_at.is_(None)))
        .where(in_force(Delegate))
    )


class _Question(NamedTuple):
    """A statement that finds who sees an object. `words` name the ways to see it; the last columns say which hold."""

    statement: Select[Any]
    words: tuple[str, ...]


@cache
def _build_question(model: Any, visible: Callable[[Any], ColumnElement[bool]]) -> _Question:
    """Build the statement for one noun, once. The object has to be visible to the caller, too."""
    row, speakers = aliased(model), _build_asked()
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
        .order_by(speakers.c.party_name, speakers.c.person_name, speakers.c.id)
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
