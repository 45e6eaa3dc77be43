"""The grounds of a person's rights, in words: what they can speak as, since when and until when."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.rights.rules.reasons import Ground
from server.identity.accreditations import in_force
from server.identity.standing import actor_of
from server.kernel.actor import Actor
from server.models.bodies import Body, Function
from server.models.parties import Delegate, Party, Person, Representation
from server.vocabulary.bodies import LEADING


class Grounds(NamedTuple):
    """A person with everything that they can speak as, could once or will."""

    person_id: str
    name: str
    suspended_at: datetime | None
    grounds: list[Ground]


async def grounds_of(connection: AsyncConnection, person_id: str, today: date) -> Grounds | None:
    """Return the grounds of a person, oldest first; None for a person who is not known. Four statements."""
    person = (await connection.execute(select(Person).where(Person.id == person_id))).first()
    if person is None:
        return None
    own = select(Delegate, Party.name, Party.capacity).join(Party, Party.id == Delegate.party_id)
    rows = (await connection.execute(own.where(Delegate.person_id == person_id).order_by(Delegate.starts_on))).all()
    functions = await _find_functions(connection, {row.party_id for row in rows}, today)
    suspended = f"suspended since {person.suspended_at:%Y-%m-%d}" if person.suspended_at else None
    grounds = [_describe_accreditation(row, functions, today, suspended) for row in rows]
    grounds += await _describe_representations(connection, rows, today, suspended)
    return Grounds(person.id, person.name, person.suspended_at, grounds)


async def actors_of(connection: AsyncConnection, person_id: str, now: datetime) -> dict[str, Actor]:
    """Return the actor of everything that a person can speak as today, by the id of the standing. One statement."""
    person = await actor_of(connection, person_id, now)
    return {standing.id: person.speak_as(standing) for standing in person.standings}


async def _find_functions(connection: AsyncConnection, parties: set[str], today: date) -> Sequence[Any]:
    """Return the functions of parties by which bodies are led today, oldest first."""
    statement = (
        select(Function.party_id, Function.delegate_id, Function.kind, Function.starts_on, Function.ends_on, Body.name)
        .join(Body, Body.id == Function.body_id)
        .where(Function.party_id.in_(parties), Function.kind.in_(LEADING), in_force(Function))
        .order_by(Function.starts_on, Function.id)
    )
    return (await connection.execute(statement, {"today": today})).all()


async def _describe_representations(
    connection: AsyncConnection, own: Sequence[Any], today: date, suspended: str | None
) -> list[Ground]:
    """Return the grounds on which the person speaks on behalf of other parties, by each accreditation of theirs."""
    by_party = {row.party_id: row for row in own if _is_of_a_person(row) and _find_hindrance(row, today) is None}
    statement = (
        select(Representation, Party.name, Party.capacity)
        .join(Party, Party.id == Representation.party_id)
        .where(Representation.by_party_id.in_(by_party))
        .order_by(Representation.starts_on, Representation.id)
    )
    return [
        Ground(
            id=row.id,
            delegate_id=by_party[row.by_party_id].id,
            party_id=row.party_id,
            party_name=row.name,
            capacity=row.capacity,
            is_on_behalf=True,
            words=f"speaks on behalf of {row.name} ({row.capacity}) {_describe_days(row.starts_on, row.ends_on)}, "
            f"as a delegate of {by_party[row.by_party_id].name}",
            focal_point=_describe_focal_point(by_party[row.by_party_id], today),
            functions=(),
            hindrance=suspended or _find_hindrance(row, today),
        )
        for row in await connection.execute(statement)
    ]


def _describe_accreditation(row: Any, functions: Sequence[Any], today: date, suspended: str | None) -> Ground:
    """Return an accreditation as a ground, with the functions held under it."""
    what = "technical administrator" if row.is_administrator else "delegate"
    words_of_functions = [
        f"{each.kind.replace('_', '-').lower()} of {each.name} {_describe_days(each.starts_on, each.ends_on)}"
        for each in functions
        if each.party_id == row.party_id and each.delegate_id in (None, row.id) and _is_of_a_person(row)
    ]
    return Ground(
        id=row.id,
        delegate_id=row.id,
        party_id=row.party_id,
        party_name=row.name,
        capacity=row.capacity,
        is_on_behalf=False,
        words=f"{what} of {row.name} ({row.capacity}) {_describe_days(row.starts_on, row.ends_on)}",
        focal_point=_describe_focal_point(row, today),
        functions=tuple(words_of_functions),
        hindrance=suspended or _find_hindrance(row, today),
    )


def _describe_focal_point(row: Any, today: date) -> str:
    """Return since when and until when an accreditation is a focal point's today, "" if it is none."""
    begins, ends = row.focal_point_from, row.focal_point_until
    if begins is None or begins > today or (ends is not None and ends < today):
        return ""
    return f"focal point {_describe_days(begins, ends)}"


def _find_hindrance(row: Any, today: date) -> str | None:
    """Return why something dated is not in force, None when it is.

    The twin of `in_force`, held together with it by a test.
    """
    if row.ended_at is not None:
        return f"ended on {row.ended_at:%Y-%m-%d}"
    if row.ends_on is not None and row.ends_on < today:
        return f"ended on {row.ends_on:%Y-%m-%d}"
    return f"begins on {row.starts_on:%Y-%m-%d}" if row.starts_on > today else None


def _describe_days(starts_on: date, ends_on: date | None) -> str:
    """Return the days of something dated in words."""
    return f"since {starts_on:%Y-%m-%d}" + (f" until {ends_on:%Y-%m-%d}" if ends_on else "")


def _is_of_a_person(row: Delegate) -> bool:
    """Return whether a person takes part in the work by this accreditation: no administrator, no program."""
    return not (row.is_administrator or row.is_service)
