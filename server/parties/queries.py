"""Reading parties, persons and delegates, each under the visibility predicate of its noun."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Text, TypeDecorator, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from server.access.actor import Actor, Capacity
from server.access.predicates import parents, signed_in
from server.models.parties import Delegate, Party, PartyName, Person
from server.parties.rules import folded
from server.refusals import not_found


class _Lines(TypeDecorator[list[str]]):
    """Names joined by line ends, read back as a sorted list. No folded name holds a line end."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> list[str]:
        return sorted((value or "").splitlines())


def visible_parties(party: Any) -> ColumnElement[bool]:
    """Every delegate sees every party."""
    return signed_in


def visible_delegates(delegate: Any) -> ColumnElement[bool]:
    """Every delegate sees who is accredited for whom."""
    return signed_in


async def get_party(session: AsyncSession, actor: Actor, now: datetime, party_id: str) -> Party:
    """The party, locked for change, or the refusal that there is none for this actor."""
    statement = select(Party).where(Party.id == party_id, visible_parties(Party)).with_for_update()
    party = await session.scalar(statement, actor.parameters(now))
    if party is None:
        raise not_found("party")
    return party


async def ids_by_name(session: AsyncSession) -> dict[str, str]:
    """The id of the party for each folded name it is printed under: full name, short name and further names."""
    found: dict[str, str] = {}
    for party_id, name, short_name in (await session.execute(select(Party.id, Party.name, Party.short_name))).all():
        found[folded(name)] = found[folded(short_name)] = party_id
    for name, party_id in (await session.execute(select(PartyName.name, PartyName.party_id))).all():
        found.setdefault(name, party_id)
    return found


async def names_of(session: AsyncSession, party_id: str) -> set[str]:
    """The folded names that are on record for a party."""
    return set((await session.scalars(select(PartyName.name).where(PartyName.party_id == party_id))).all())


async def find_person(session: AsyncSession, email: str) -> Person | None:
    """The person with this e-mail address in lower case."""
    return await session.scalar(select(Person).where(Person.email == email))


async def find_accreditation(session: AsyncSession, person_id: str, today: date) -> str | None:
    """The short name of a party for which a person is accredited today or from a later day on."""
    lasting = or_(Delegate.ends_on.is_(None), Delegate.ends_on >= today)
    statement = select(Party.short_name).join(Delegate, Delegate.party_id == Party.id)
    return await session.scalar(statement.where(Delegate.person_id == person_id, lasting).limit(1))


async def find_secretariat(session: AsyncSession) -> str | None:
    """The id of the party that is the Secretariat."""
    statement = select(Party.id).where(Party.capacity == Capacity.SECRETARIAT).order_by(Party.id).limit(1)
    return await session.scalar(statement)


def names_per_party() -> Any:
    """(party, its folded names) for the parties in `parents`."""
    names = type_coerce(func.aggregate_strings(PartyName.name, "\n"), _Lines)
    owner = PartyName.party_id
    visible = owner.in_(select(Party.id).where(visible_parties(Party)))
    return select(owner, names).where(owner.in_(parents), visible).group_by(owner)
