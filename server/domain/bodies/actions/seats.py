"""Taking up an invitation. It belongs here because the functions in bodies go with a seat that is handed over."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import policy, queries
from server.domain.parties import queries as parties
from server.domain.parties.policy import invite_delegate
from server.domain.parties.rules.accrediting import invitation_is_open
from server.domain.parties.rules.facts import AppointmentFacts, InvitationFacts, PartyFacts
from server.identity.standing import actor_of
from server.journal.actions import record
from server.kernel.actor import ANONYMOUS, Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, not_found
from server.models.bodies import Function
from server.models.parties import Delegate, Invitation, Person

DAY = timedelta(days=1)


async def accept_invitation(session: AsyncSession, now: datetime, *, secret: str, person_id: str) -> str:
    """Accredit a person as the invitation behind a link's secret says, from its first day on or from today (in UTC),
    if that is later; the functions of a predecessor go on in the successor's name. For the page that the link leads to:
    the act stands in the journal in the new delegate's own name. Gives the delegate's id.

    Refuses in the same words a secret that is unknown, used, expired or withdrawn, or given by somebody who could not
    give it any more; and a person who is accredited for the party already, to whom the invitation stays open."""
    invitation = await parties.claim_invitation(session, secret)
    if invitation is None or invitation_is_open(facts_of(InvitationFacts, invitation), now) is not None:
        raise not_found("invitation")
    if not await _can_still_be_given(session, now, invitation):
        raise not_found("invitation")
    person = await session.get(Person, person_id)
    if person is None or person.suspended_at is not None:
        raise not_found("person")
    delegate = await _accredited(session, now, invitation, person)
    newcomer = _newcomer(person, delegate, invitation)
    is_there = await parties.is_accredited(session, person.id, invitation.party_id, now.date())
    policy.accept_invitation.ensure(newcomer, AppointmentFacts(invitation.party.short_name, is_there), now)
    session.add(delegate)
    await session.flush()
    invitation.accepted_at, invitation.delegate_id = now, delegate.id
    invitation.version += 1
    functions = await _continue_functions(session, now, delegate)
    details = {"invitation": invitation.id, "predecessor": delegate.predecessor_id, "functions": functions}
    await record(session, newcomer, policy.accept_invitation, delegate.id, now, **details)
    return delegate.id


async def _can_still_be_given(session: AsyncSession, now: datetime, invitation: Invitation) -> bool:
    """An invitation is worth what whoever gave it could give today. Only the seat that somebody handed over when they
    left is their successor's all the same, unless they were suspended."""
    giver = await session.get_one(Delegate, invitation.invited_by_id)
    actor = ANONYMOUS
    with suppress(Refusal):
        connection = await session.connection()
        actor = await actor_of(connection, giver.person_id, now, acting_as=giver.id)
    facts = facts_of(PartyFacts, invitation.party)
    if invite_delegate.scopes_for(actor, facts):
        return True
    person = await session.get_one(Person, giver.person_id)
    return invitation.predecessor_id == giver.id and person.suspended_at is None


async def _accredited(session: AsyncSession, now: datetime, invitation: Invitation, person: Person) -> Delegate:
    """The accreditation that was offered. A focal point who takes over from one is it as long as the other would be."""
    predecessor = await session.get(Delegate, invitation.predecessor_id) if invitation.predecessor_id else None
    starts_on = max(invitation.starts_on, now.date())
    return Delegate(
        person_id=person.id,
        party_id=invitation.party_id,
        starts_on=starts_on,
        ends_on=invitation.ends_on,
        focal_point_from=starts_on if invitation.is_focal_point else None,
        focal_point_until=predecessor.focal_point_until if predecessor and invitation.is_focal_point else None,
        is_administrator=invitation.is_administrator,
        predecessor_id=invitation.predecessor_id,
    )


def _newcomer(person: Person, delegate: Delegate, invitation: Invitation) -> Actor:
    return Actor(
        person_id=person.id,
        delegate_id=delegate.id,
        name=person.name,
        party_id=invitation.party_id,
        party_name=invitation.party.name,
        capacity=invitation.party.capacity,
        is_focal_point=invitation.is_focal_point,
        is_administrator=invitation.is_administrator,
    )


async def _continue_functions(session: AsyncSession, now: datetime, successor: Delegate) -> list[str]:
    """End what the predecessor holds on the day before the successor begins, or at once if that is today, and begin it
    anew for the successor until the day on which it would have ended: both stay on record. Gives the new ids."""
    if successor.predecessor_id is None:
        return []
    continued = []
    for held in await queries.functions_of(session, successor.predecessor_id, now.date()):
        begins_on, ends_on = max(successor.starts_on, held.starts_on), held.ends_on
        if ends_on is not None and ends_on < begins_on:
            continue
        if begins_on <= max(held.starts_on, now.date()):
            held.ended_at = now
        else:
            held.ends_on = begins_on - DAY
        held.version += 1
        seat = {"party_id": held.party_id, "delegate_id": successor.id}
        continued.append(Function(body_id=held.body_id, kind=held.kind, starts_on=begins_on, ends_on=ends_on, **seat))
    await session.flush()
    session.add_all(continued)
    return [function.id for function in continued]
