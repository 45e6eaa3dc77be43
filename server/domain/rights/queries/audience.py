"""Who may see an object, and why: its visibility predicate, asked for everybody at once.

A predicate speaks of the one who asks by the SQL parameters of `server.kernel.predicates`. Here each parameter is
replaced by a column of `asked`, which has a row for everything that anybody can speak as today. So there is no second
rule of visibility that could differ from the first.
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

from server.identity.standing import in_force, is_focal_point, leading
from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import sights_of
from server.models.bodies import Function
from server.models.parties import Delegate, Party, Person, Representation

EVERYONE = "every delegate"
"""For whom a predicate is that names no alternatives."""
OBJECT = bindparam("object", type_=String)
PERSON = bindparam("of_person", type_=String)


class Onlooker(NamedTuple):
    """Somebody who sees an object: a delegate, the party they speak for, and why. `id` is that of the accreditation,
    or of the representation by which they speak on the party's behalf."""

    id: str
    delegate_id: str
    person_name: str
    party_id: str
    party_name: str
    capacity: Capacity
    is_focal_point: bool
    on_behalf: bool
    reasons: list[str]


def _column(name: str, kind: Any = String) -> ColumnElement[Any]:
    """A column of `asked` by its name alone, so that it means the same row in a subquery of any depth."""
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
"""What each parameter is for the delegate being asked about; the list `actor_leads` becomes a query."""
SAME_FOR_ALL = frozenset({"actor_now"})
"""Parameters that do not speak of who asks."""


def asked_of_all(predicate: ColumnElement[bool]) -> ColumnElement[bool]:
    """The predicate with `asked` in the place of the caller. Raises KeyError for a parameter that is not known here."""
    function = aliased(Function)
    delegate = SimpleNamespace(
        id=_column("delegate_id"),
        party_id=_column("own_party_id"),
        is_administrator=_IS_ADMINISTRATOR,
        is_service=_column("is_service", Boolean),
    )
    led = select(function.body_id).where(leading(function, delegate))

    def replaced(element: Any, **_: Any) -> Any:
        if getattr(getattr(element, "right", None), "key", None) == "actor_leads":
            return element.left.in_(led)
        key = element.key if element.__visit_name__ == "bindparam" else ""
        return OF_PARAMETERS[key] if key.startswith("actor_") and key not in SAME_FOR_ALL else None

    return replacement_traverse(predicate, {}, replaced)


def _asked() -> Subquery:
    """Everything that anybody can speak as today: accreditations and representations of persons not suspended."""
    sees = ~Delegate.is_administrator
    accreditations = _speaking(Delegate.id, sees, own=sees).join(Party, Party.id == Delegate.party_id)
    representations = (
        _speaking(Representation.id, true(), own=false())
        .join(Representation, and_(Representation.by_party_id == Delegate.party_id, in_force(Representation)))
        .join(Party, Party.id == Representation.party_id)
        .where(sees, ~Delegate.is_service)
    )
    return union_all(accreditations, representations).subquery("asked")


def _speaking(id_: Any, sees: ColumnElement[bool], *, own: ColumnElement[bool]) -> Select[Any]:
    """Delegates in force, with the party they speak for (to be joined) and what they are to a predicate. Functions
    count where the party is their `own`: they are not delegated."""
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
    """A statement that finds who sees an object, with a column for each way to see it, and the words of these."""

    statement: Select[Any]
    words: tuple[str, ...]


@cache
def _question(model: Any, visible: Callable[[Any], ColumnElement[bool]]) -> _Question:
    """Asked once per noun. The object has to be visible to whoever asks, too."""
    row, asked = aliased(model), _asked()
    predicate = visible(row)
    ways: dict[str, list[ColumnElement[bool]]] = {}
    for words, holds in sights_of(predicate):
        ways.setdefault(words, []).append(asked_of_all(holds))
    columns = [or_(*conditions).label(f"way_{number}") for number, conditions in enumerate(ways.values())]
    statement = (
        select(asked, *columns)
        .join(row, row.id == OBJECT)
        .where(predicate, asked_of_all(predicate), or_(literal("") == PERSON, asked.c.person_id == PERSON))
        .order_by(asked.c.party_name, asked.c.person_name, asked.c.id)
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
    """Everybody who sees the object with this id today, by party and name; only what one person can speak as, where
    `person_id` is given. Empty when the object does not exist or the actor does not see it. One statement."""
    statement, words = _question(model, visible)
    values = actor.parameters(now) | {"object": identifier, "today": now.date(), "of_person": person_id}
    return [_onlooker(row, words) for row in await connection.execute(statement, values)]


def _onlooker(row: Any, words: tuple[str, ...]) -> Onlooker:
    ways = row[len(row) - len(words) :]
    return Onlooker(
        id=row.id,
        delegate_id=row.delegate_id,
        person_name=row.person_name,
        party_id=row.party_id,
        party_name=row.party_name,
        capacity=Capacity(row.capacity),
        is_focal_point=bool(row.is_focal_point),
        on_behalf=row.id != row.delegate_id,
        reasons=[each for each, holds in zip(words, ways, strict=True) if holds] or [EVERYONE],
    )
