"""The first officer, who comes in through the shell."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy, queries
from server.domain.parties.actions.register import enter_known
from server.domain.parties.rules import accrediting
from server.domain.parties.rules.facts import AppointmentFacts
from server.journal.actions import record
from server.kernel.actor import Actor, Capacity
from server.kernel.refusals import ensure_well_formed
from server.models.parties import Delegate, Party, Person
from server.vocabulary.known_parties import known_parties
from server.wording.folding import plain_name


async def appoint_officer(session: AsyncSession, now: datetime, *, email: str, name: str) -> str:
    """Accredit a person for the Secretariat as a focal point, and return the delegate's id.

    The accreditation begins today (in UTC) and has no end. The party is entered from the table of known parties where
    it is missing, the person under this name where there is none yet. Only the shell of the server calls this, so the
    journal names the officer as the actor.
    """
    email = email.strip()
    ensure_well_formed(accrediting.check_officer(email, name))
    today = now.astimezone(UTC).date()
    party = await _find_or_add_secretariat(session)
    person = await queries.find_person(session, email.casefold()) or Person(
        name=plain_name(name), email=email.casefold()
    )
    delegate = Delegate(person_id=person.id, party_id=party.id, focal_point_from=today, starts_on=today)
    officer = Actor(person.id, delegate.id, person.name, party.id, party.name, party.capacity, is_focal_point=True)
    is_accredited = await queries.is_accredited(session, person.id, party.id, today)
    policy.appoint_officer.ensure(officer, AppointmentFacts(party.short_name, is_accredited), now)
    # After the check: a refusal leaves no person behind. Before the delegate, which refers to the person.
    session.add(person)
    await session.flush()
    session.add(delegate)
    details = {"person": person.id, "starts_on": today.isoformat()}
    await record(session, officer, policy.appoint_officer, delegate.id, now, **details)
    return delegate.id


async def _find_or_add_secretariat(session: AsyncSession) -> Party:
    """Return the party that is the Secretariat, entered from the table of known parties if there is none yet."""
    if party_id := await queries.find_secretariat(session):
        return await session.get_one(Party, party_id)
    return await enter_known(
        session, next(party for party in known_parties() if party.capacity == Capacity.SECRETARIAT)
    )
