"""From a presented credential to the person, and from the person to the `Actor`, at every request."""

from datetime import date, datetime
from typing import Any

from joserfc.jwk import ECKey, KeySet
from sqlalchemy import ColumnElement, Date, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.access.actor import ANONYMOUS, Actor, Capacity
from server.access.tokens import new_key
from server.bodies.rules import LEADING
from server.database import Database
from server.models.access import SigningKey
from server.models.bodies import Function
from server.models.parties import Delegate, Party, Person

TODAY = bindparam("today", type_=Date)


def _in_force(starts_on: Any, ends_on: Any) -> ColumnElement[bool]:
    return and_(starts_on <= TODAY, or_(ends_on.is_(None), ends_on >= TODAY))


ACCREDITATION = (
    select(Delegate.id, Delegate.is_focal_point, Person.name, Party.id, Party.name, Party.capacity, Function.body_id)
    .join(Person, Person.id == Delegate.person_id)
    .join(Party, Party.id == Delegate.party_id)
    .outerjoin(
        Function,
        and_(
            Function.party_id == Party.id,
            Function.kind.in_(LEADING),
            or_(Function.delegate_id.is_(None), Function.delegate_id == Delegate.id),
            _in_force(Function.starts_on, Function.ends_on),
        ),
    )
    .where(Delegate.person_id == bindparam("person"), _in_force(Delegate.starts_on, Delegate.ends_on))
    .order_by(Delegate.starts_on, Delegate.id)
)
"""Every accreditation of a person in force today, with the bodies that its party leads: one statement."""


async def actor_of(connection: AsyncConnection, person_id: str, now: datetime) -> Actor:
    """The actor for a person: the accreditation in force (the earliest, if several) and the bodies led today.
    `ANONYMOUS` for a person who is not accredited, or no longer."""
    rows = (await connection.execute(ACCREDITATION, {"person": person_id, "today": now.date()})).all()
    if not rows:
        return ANONYMOUS
    delegate_id, is_focal_point, name, party_id, party_name, capacity, _ = rows[0]
    return Actor(
        person_id=person_id,
        delegate_id=delegate_id,
        name=name,
        party_id=party_id,
        party_name=party_name,
        capacity=Capacity(capacity),
        is_focal_point=is_focal_point,
        leads=frozenset(row[6] for row in rows if row[0] == delegate_id and row[6]),
    )


async def find_person(connection: AsyncConnection, email: str) -> str | None:
    """The id of the person with this e-mail address, in any case of letters."""
    return (await connection.execute(select(Person.id).where(Person.email == email.casefold()))).scalar()


async def signing_keys(database: Database, now: datetime) -> list[ECKey]:
    """The keys of the embedded issuer, newest first; the first start makes one."""
    async with database.writing() as session:
        stored = (await session.scalars(select(SigningKey).order_by(SigningKey.created_at.desc()))).all()
        if stored:
            return [ECKey.import_key(row.jwk) for row in stored]
        key = new_key()
        session.add(SigningKey(kid=key.kid, jwk=key.as_dict(private=True), created_at=now))
        return [key]


def key_set(keys: list[ECKey]) -> KeySet:
    """The keys by which tokens are verified."""
    return KeySet(keys)  # type: ignore[arg-type]


async def find_secretariat(connection: AsyncConnection, today: date) -> str | None:
    """The person accredited for the Secretariat today, if there is exactly one."""
    accredited = (
        select(Delegate.person_id)
        .join(Party, Party.id == Delegate.party_id)
        .where(Party.capacity == Capacity.SECRETARIAT, _in_force(Delegate.starts_on, Delegate.ends_on))
    )
    persons = (await connection.scalars(accredited, {"today": today})).all()
    return persons[0] if len(persons) == 1 else None
