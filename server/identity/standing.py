"""From a person to the `Actor`, at every request: accreditation, representation and functions of today."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.accreditations import STANDINGS, StandingRow, in_force, select_standings_of_many
from server.kernel.actor import ANONYMOUS, Actor, Capacity, Standing
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.kernel.scopes import EVERY_SCOPE, Scope
from server.models.parties import Delegate, Party, Person
from server.storage.recordset import write_records


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
    statement = select_standings_of_many(is_sqlite=connection.dialect.name == "sqlite")
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
    standing_rows = [StandingRow(*row[: len(StandingRow._fields)]) for row in rows]
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


def _standings_of(rows: Iterable[StandingRow]) -> list[Standing]:
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
            can_file_at_once=row.can_file_at_once is None or bool(row.can_file_at_once),
            bodies=frozenset((row.bodies or "").split()),
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
    """Return the id of the person with this e-mail address, however it is cased or spaced; None if there is none."""
    return (await connection.execute(select(Person.id).where(Person.email == email.strip().casefold()))).scalar()


async def is_service_account(session: AsyncSession, person_id: str) -> bool:
    """Return whether this is no person but a program, whatever has become of its accreditation."""
    statement = select(Delegate.id).where(Delegate.person_id == person_id, Delegate.is_service == true())
    return await session.scalar(statement.limit(1)) is not None


async def find_only_officer(connection: AsyncConnection, today: date) -> str | None:
    """Return the id of the person accredited for the Secretariat today, None unless it is exactly one."""
    statement = (
        select(Delegate.person_id)
        .join(Party, Party.id == Delegate.party_id)
        .where(Party.capacity == Capacity.SECRETARIAT, in_force(Delegate), Delegate.is_administrator != true())
    )
    persons = (await connection.scalars(statement, {"today": today})).all()
    return persons[0] if len(persons) == 1 else None
