"""Select what persons can speak as today: accreditations, representations and the bodies that they lead."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from server.models.bodies import Function, Membership
from server.models.delegations import ClearancePractice
from server.models.oauth import Grant
from server.models.parties import Delegate, Party, Person, Representation
from server.storage.recordset import recordset
from server.vocabulary.bodies import LEADING

TODAY = bindparam("today", type_=Date)
PERSON = bindparam("person", type_=String)
GRANT = bindparam("grant", type_=String)


def in_force(row: Any) -> ColumnElement[bool]:
    """Return the condition that a dated row is in force today.

    Both days are included, a row without an end does not end, and one that was ended early is over at once.
    """
    return and_(row.starts_on <= TODAY, or_(row.ends_on.is_(None), row.ends_on >= TODAY), row.ended_at.is_(None))


def is_focal_point(delegate: Any) -> ColumnElement[bool]:
    """Return the condition that a delegate is a focal point today."""
    until = delegate.focal_point_until
    return and_(delegate.focal_point_from <= TODAY, or_(until.is_(None), until >= TODAY))


def leading(function: Any, delegate: Any) -> ColumnElement[bool]:
    """Return the condition that a function lets a delegate lead its body today.

    The function must belong to the delegate's party and not to the seat of another delegate. Programs and technical
    administrators lead nothing.
    """
    return and_(
        function.party_id == delegate.party_id,
        or_(*(function.kind == kind for kind in LEADING)),  # IN is expanded anew at every execution
        or_(function.delegate_id.is_(None), function.delegate_id == delegate.id),
        in_force(function),
        ~delegate.is_administrator,
        ~delegate.is_service,
    )


def is_member(membership: Any, party_id: Any) -> ColumnElement[bool]:
    """Return the condition that a membership is one of a party today: from the day it joined, until it leaves.

    Leaving ends it at once, so that the day on which it left is no day of it.
    """
    lasts = or_(membership.left_on.is_(None), membership.left_on > TODAY)
    return and_(membership.party_id == party_id, membership.joined_on <= TODAY, lasts)


def _bodies_of(party_id: Any) -> Any:
    """Return the ids of the bodies of which a party is a member today, parted by blanks, null if of none."""
    bodies = func.aggregate_strings(Membership.body_id, " ")
    return select(bodies).where(is_member(Membership, party_id)).correlate(Party).scalar_subquery().label("bodies")


def _accreditations(asked: Subquery | None) -> Any:
    """Select one row for each accreditation and body led; a row of nulls for a person who has none."""
    statement: Any = select(
        Person.name,
        Delegate.id,
        is_focal_point(Delegate).label("is_focal_point"),
        Delegate.is_administrator,
        Delegate.is_service,
        Party.id.label("party_id"),
        Party.name.label("party_name"),
        type_coerce(Party.capacity, String).label("capacity"),
        Function.body_id,
        type_coerce(null(), String).label("representation_id"),
        ClearancePractice.can_file_at_once,
        Delegate.starts_on,
        _bodies_of(Party.id),
    )
    return (
        _of_persons(statement, asked)
        .outerjoin(Delegate, and_(Delegate.person_id == Person.id, in_force(Delegate)))
        .outerjoin(Party, Party.id == Delegate.party_id)
        .outerjoin(ClearancePractice, ClearancePractice.party_id == Party.id)
        .outerjoin(Function, leading(Function, Delegate))
    )


def _representations(asked: Subquery | None) -> Any:
    """Select one row for each party that a person may represent, as a delegate of the party with the mandate.

    A mandate is given to people, not to their programs. Functions are not delegated.
    """
    # the columns of _accreditations in the same order, because the two are united
    statement: Any = select(
        Person.name,
        Delegate.id,
        is_focal_point(Delegate),
        false(),
        Delegate.is_service,
        Party.id,
        Party.name,
        type_coerce(Party.capacity, String),
        null(),
        Representation.id,
        ClearancePractice.can_file_at_once,
        Delegate.starts_on,
        _bodies_of(Party.id),
    )
    return (
        _of_persons(statement, asked)
        .join(Delegate, and_(Delegate.person_id == Person.id, in_force(Delegate), _is_of_a_person()))
        .join(Representation, and_(Representation.by_party_id == Delegate.party_id, in_force(Representation)))
        .join(Party, Party.id == Representation.party_id)
        .outerjoin(ClearancePractice, ClearancePractice.party_id == Party.id)
    )


def _is_of_a_person() -> ColumnElement[bool]:
    return and_(~Delegate.is_administrator, ~Delegate.is_service)


def _of_persons(statement: Any, asked: Subquery | None) -> Any:
    """Select only of the one person in the parameters, or to the persons in the rows of `asked`.

    They are not suspended, and the grant of their token was not revoked. The column `number` says whose a row is.
    """
    number: Any
    person: Any
    grant: Any
    if asked is None:
        number, person, grant = literal_column("0", Integer), PERSON, GRANT
        statement = statement.select_from(Person)
    else:
        number, person, grant = asked.c.number, asked.c.person, asked.c.grant_id
        # beginning with the few who are asked about: the planner keeps the order of the joins
        statement = statement.select_from(asked).join(Person, Person.id == person)
    # an empty id is that of a browser session or a provider's token, which have no grant: one statement for all
    live_grant = select(Grant.id).where(Grant.id == grant, Grant.revoked_at.is_(None)).exists()
    is_welcome = and_(Person.id == person, Person.suspended_at.is_(None), or_(literal("") == grant, live_grant))
    return statement.add_columns(number.label("number")).where(is_welcome)


class StandingRow(NamedTuple):
    """The columns of STANDINGS that describe an actor."""

    name: str
    id: str | None
    is_focal_point: Any
    is_administrator: Any
    is_service: Any
    party_id: str
    party_name: str
    capacity: str
    body_id: str | None
    representation_id: str | None
    can_file_at_once: Any
    starts_on: Any
    bodies: str | None


def _select_all(asked: Subquery | None) -> Subquery:
    """Select everything that persons can speak as today, with the bodies led, in no order."""
    return union_all(_accreditations(asked), _representations(asked)).subquery()


def _select_standings(both: Subquery) -> Select[Any]:
    return select(both).order_by(both.c.starts_on, both.c.id)


_OF_ONE = _select_all(None)
UNORDERED_STANDINGS = select(_OF_ONE)
STANDINGS = _select_standings(_OF_ONE)
"""Everything a person can speak as today, with the bodies led: one statement."""


@cache
def select_standings_of_many(*, is_sqlite: bool) -> Select[Any]:
    """Select the same for the persons in the parameter `asked`; built once for each database."""
    columns = {"number": Integer, "person": String, "grant_id": String}
    return _select_standings(_select_all(recordset("asked", columns, is_sqlite=is_sqlite)))
