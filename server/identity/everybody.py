"""Ask a visibility predicate of everybody at once.

A predicate speaks of the caller by the SQL parameters of `server.kernel.predicates`. Here each parameter is replaced by
a column of `asked`, which has a row for everything that anybody can speak as today. So there is no second rule of
visibility that could differ from the first.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    false,
    literal_column,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import replacement_traverse

from server.identity.accreditations import in_force, is_focal_point, is_member, leading
from server.kernel.actor import Capacity
from server.models.bodies import Function, Membership
from server.models.parties import Delegate, Party, Person, Representation


def _column(name: str, kind: Any = String) -> ColumnElement[Any]:
    """Return a column of `asked` by its name alone, so that it means the same row in a subquery of any depth."""
    return literal_column(f"asked.{name}", kind)


_IS_ADMINISTRATOR = _column("is_administrator", Boolean)
OF_PARAMETERS: Mapping[str, ColumnElement[Any]] = {
    "actor_person": _column("person_id"),
    "actor_party": _column("acting_party_id"),
    "actor_own_party": _column("own_party_id"),
    "actor_capacity": _column("acting_capacity"),
    "actor_signed_in": _column("is_signed_in", Boolean),
    "actor_secretariat": _column("is_secretariat", Boolean),
    "actor_focal_point": _column("is_own_focal_point", Boolean),
    "actor_administrator": _IS_ADMINISTRATOR,
    "actor_leading": _column("is_leading", Boolean),
    "actor_public": false(),
}
"""The column of `asked` that takes the place of each parameter. The lists `actor_leads` and `actor_bodies`
become queries. What the server opens to everybody is no right of a person."""
SAME_FOR_ALL = frozenset({"actor_now", "actor_today"})
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
    membership = aliased(Membership)
    lists = {
        "actor_leads": select(function.body_id).where(leading(function, delegate)),
        "actor_bodies": select(membership.body_id).where(is_member(membership, _column("acting_party_id"))),
    }

    def replace(element: Any, **_: Any) -> Any:
        """Return what takes the place of an element, None to keep it."""
        # A list cannot be a column of `asked`: the whole comparison with it becomes a query.
        query = lists.get(getattr(getattr(element, "right", None), "key", None) or "")
        if query is not None:
            return element.left.in_(query)
        key = element.key if element.__visit_name__ == "bindparam" else ""
        return OF_PARAMETERS[key] if key.startswith("actor_") and key not in SAME_FOR_ALL else None

    return replacement_traverse(predicate, {}, replace)


def build_asked(person: ColumnElement[str] | None = None) -> Subquery:
    """Return everything that anybody can speak as today, as the subquery `asked`; with `person`, that person alone.

    These are the accreditations and representations of persons who are not suspended.
    """
    # Within each part: PostgreSQL does not look a person up by the index through the union, and would read everybody.
    of_person = true() if person is None else Delegate.person_id == person
    sees = ~Delegate.is_administrator
    accreditations = _select_speakers(Delegate.id, sees, own=sees).join(Party, Party.id == Delegate.party_id)
    representations = (
        _select_speakers(Representation.id, true(), own=false())
        .join(Representation, and_(Representation.by_party_id == Delegate.party_id, in_force(Representation)))
        .join(Party, Party.id == Representation.party_id)
        .where(sees, ~Delegate.is_service)
    )
    return union_all(accreditations.where(of_person), representations.where(of_person)).subquery("asked")


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
            Person.name_key.label("person_key"),
            Party.id.label("party_id"),
            Party.name.label("party_name"),
            Party.name_key.label("party_key"),
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
