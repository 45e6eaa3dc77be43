"""From a person to the `Actor`, at every request: accreditation, representation and functions of today."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
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
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from server.kernel.actor import ANONYMOUS, Actor, Capacity, Standing
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.kernel.scopes import EVERY_SCOPE, Scope
from server.models.bodies import Function
from server.models.oauth import Grant
from server.models.parties import Delegate, Party, Person, Representation
from server.storage.recordset import recordset, write_records
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
        Delegate.starts_on,
    )
    return (
        _of_persons(statement, asked)
        .outerjoin(Delegate, and_(Delegate.person_id == Person.id, in_force(Delegate)))
        .outerjoin(Party, Party.id == Delegate.party_id)
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
        Delegate.starts_on,
    )
    return (
        _of_persons(statement, asked)
        .join(Delegate, and_(Delegate.person_id == Person.id, in_force(Delegate), _is_of_a_person()))
        .join(Representation, and_(Representation.by_party_id == Delegate.party_id, in_force(Representation)))
        .join(Party, Party.id == Representation.party_id)
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


class _StandingRow(NamedTuple):
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
    starts_on: Any


def _unite_standings(asked: Subquery | None) -> Subquery:
    """Unite everything that persons can speak as today, with the bodies led."""
    return union_all(_accreditations(asked), _representations(asked)).subquery()


def _select_standings(both: Subquery) -> Select[Any]:
    return select(both).order_by(both.c.starts_on, both.c.id)


_OF_ONE = _unite_standings(None)
UNORDERED_STANDINGS = select(_OF_ONE)
STANDINGS = _select_standings(_OF_ONE)
"""Everything a person can speak as today, with the bodies led: one statement."""


@cache
def _select_standings_of_many(*, is_sqlite: bool) -> Select[Any]:
    """Select the same for the persons in the parameter `asked`; built once for each database."""
    columns = {"number": Integer, "person": String, "grant_id": String}
    return _select_standings(_unite_standings(recordset("asked", columns, is_sqlite=is_sqlite)))


class Claim(NamedTuple):
    """A person as whom a credential speaks: see `actor_of`, which has the same parameters."""

    person_id: str
    scopes: frozenset[Scope] = EVERY_SCOPE
    acting_as: str = ""
    grant_id: str = ""
    capacities: Collection[str] | None = None


async def actor_of(
    connection: AsyncConnection,
    person_id: str,
    now: datetime,
    *,
    scopes: frozenset[Scope] = EVERY_SCOPE,
    acting_as: str = "",
    grant_id: str = "",
    capacities: Collection[str] | None = None,
) -> Actor:
    """Return the actor for a person: for the party chosen by `acting_as`, else for their only accreditation, else none.

    `acting_as` is the id of an accreditation or a representation. `capacities` caps what the person can be, where a
    provider says so. Return `ANONYMOUS` for a person who is not known, is suspended, or whose `grant_id` was revoked.
    Raise Refusal for a choice that is not the person's to make.
    """
    values = {"person": person_id, "today": now.date(), "grant": grant_id}
    rows = (await connection.execute(STANDINGS, values)).all()
    return build_actor(rows, Claim(person_id, scopes, acting_as, grant_id, capacities))


async def actors_of(connection: AsyncConnection, claims: Sequence[Claim], now: datetime) -> list[Actor | Refusal]:
    """Return the actor of each claim, as `actor_of` does for one, by one statement for all.

    In the place of the actor there is a Refusal for a choice that is not the person's to make.
    """
    numbers: dict[tuple[str, str], int] = {}
    for claim in claims:
        numbers.setdefault((claim.person_id, claim.grant_id), len(numbers))
    persons = [{"number": n, "person": person, "grant_id": grant} for (person, grant), n in numbers.items()]
    statement = _select_standings_of_many(is_sqlite=connection.dialect.name == "sqlite")
    rows: dict[int, list[Any]] = {}
    for row in await connection.execute(statement, {"asked": write_records(persons), "today": now.date()}):
        rows.setdefault(row.number, []).append(row)
    actors: list[Actor | Refusal] = []
    for claim in claims:
        try:
            actors.append(build_actor(rows.get(numbers[claim.person_id, claim.grant_id], ()), claim))
        except Refusal as refusal:
            actors.append(refusal)
    return actors


def build_actor(rows: Sequence[Sequence[Any]], claim: Claim) -> Actor:
    """Return the actor whom the rows of STANDINGS of one person describe; further columns are not looked at.

    Raise Refusal for a choice that is not theirs to make.
    """
    if not rows:
        return ANONYMOUS
    standing_rows = [_StandingRow(*row[: len(_StandingRow._fields)]) for row in rows]
    capacities = claim.capacities
    standings = tuple(s for s in _standings_of(standing_rows) if capacities is None or s.capacity in capacities)
    standing = _choose(standings, claim.acting_as)
    person = Actor(
        claim.person_id,
        name=standing_rows[0].name,
        scopes=claim.scopes,
        grant_id=claim.grant_id,
        standings=standings,
    )
    return person.speak_as(standing) if standing else person


async def actor_again(connection: AsyncConnection, actor: Actor, now: datetime) -> Actor:
    """Return the same actor as they stand at this instant, read inside the transaction of an act.

    What was ended, suspended or revoked since they were looked up is gone. Raise Refusal if they no longer speak for
    that party.
    """
    if not actor.person_id:
        return actor
    standing_id = actor.representation_id or actor.delegate_id
    return await actor_of(
        connection, actor.person_id, now, scopes=actor.scopes, acting_as=standing_id, grant_id=actor.grant_id
    )


def _standings_of(rows: Iterable[_StandingRow]) -> list[Standing]:
    standings: dict[str, Standing] = {}
    for row in rows:
        if row.id is None:
            continue
        standing = Standing(
            delegate_id=row.id,
            party_id=row.party_id,
            party_name=row.party_name,
            capacity=Capacity(row.capacity),
            is_focal_point=bool(row.is_focal_point),
            is_administrator=bool(row.is_administrator),
            is_service=bool(row.is_service),
            representation_id=row.representation_id or "",
        )
        leads = standings.get(standing.id, standing).leads | ({row.body_id} if row.body_id else frozenset())
        standings[standing.id] = standing._replace(leads=leads)
    return list(standings.values())


def _choose(standings: tuple[Standing, ...], acting_as: str) -> Standing | None:
    if acting_as:
        standing = next((candidate for candidate in standings if candidate.id == acting_as), None)
        if standing is None:
            message = "You cannot speak as that today. Ask `viewer { standings { id } }` for what you can speak as."
            raise Refusal(RefusalKind.FORBIDDEN, RefusalCode.NOT_ACCREDITED, message)
        return standing
    own = [candidate for candidate in standings if not candidate.representation_id]
    return own[0] if len(own) == 1 else None


async def find_person(connection: AsyncConnection, email: str) -> str | None:
    """Return the id of the person with this e-mail address, in any case of letters; None if there is none."""
    return (await connection.execute(select(Person.id).where(Person.email == email.casefold()))).scalar()


async def find_only_officer(connection: AsyncConnection, today: date) -> str | None:
    """Return the id of the person accredited for the Secretariat today, None unless it is exactly one."""
    statement = (
        select(Delegate.person_id)
        .join(Party, Party.id == Delegate.party_id)
        .where(Party.capacity == Capacity.SECRETARIAT, in_force(Delegate), Delegate.is_administrator != true())
    )
    persons = (await connection.scalars(statement, {"today": today})).all()
    return persons[0] if len(persons) == 1 else None
