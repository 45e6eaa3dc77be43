"""The first accreditation of a person for whom an OpenID provider vouches."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy, queries
from server.domain.parties.rules.facts import AppointmentFacts
from server.journal.actions import record
from server.kernel.actor import Actor, Capacity
from server.models.parties import Delegate, Party, Person


async def seed_delegate(
    session: AsyncSession, now: datetime, *, person: Person, short_name: str, capacity: Capacity
) -> str | None:
    """Accredit a person from today (in UTC) on because their OpenID provider vouches for them.

    The person has just come, and belongs to the party of this short name by what the provider says. Returns the
    delegate's id; None where there is no such party, or it takes part in another capacity. The journal names the new
    delegate as the actor.
    """
    statement = select(Party).where(Party.short_name == short_name, Party.capacity == capacity)
    party = await session.scalar(statement)
    if party is None:
        return None
    today = now.astimezone(UTC).date()
    delegate = Delegate(person_id=person.id, party_id=party.id, starts_on=today)
    newcomer = Actor(person.id, delegate.id, person.name, party.id, party.name, party.capacity)
    is_accredited = await queries.is_accredited(session, person.id, party.id, today)
    policy.seed_delegate.ensure(newcomer, AppointmentFacts(party.short_name, is_accredited), now)
    session.add(delegate)
    details = {"person": person.id, "starts_on": today.isoformat()}
    await record(session, newcomer, policy.seed_delegate, delegate.id, now, **details)
    return delegate.id
