"""Accepting an invitation. It belongs here because the functions in bodies go with a seat that is handed over."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

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
    """Accredit a person as an invitation offers, and return the new delegate's id.

    The accreditation begins on the first day of the invitation, or today (in UTC) if that is later. The functions of a
    predecessor go on in the successor's name. The page behind the link calls this; the journal names the new delegate
    as the actor.

    Refuses in the same words a secret that is unknown, used, expired or withdrawn, and an invitation by somebody who
    could not give it any more. Refuses a person who is accredited for the party already; the invitation stays open to
    them.
    """
    invitation = await parties.claim_invitation(session, secret)
    if invitation is None or invitation_is_open(facts_of(InvitationFacts, invitation), now) is not None:
        raise not_found("invitation")
    if not await _can_still_be_given(session, now, invitation):
        raise not_found("invitation")
    person = await session.get(Person, person_id)
    if person is None or person.suspended_at is not None:
        raise not_found("person")
    delegate = await _build_delegate(session, now, invitation, person)
    newcomer = _build_actor(person, delegate, invitation)
    is_there = await parties.is_accredited(session, person.id, invitation.party_id, now.date())
    policy.accept_invitation.ensure(newcomer, AppointmentFacts(invitation.party.short_name, is_there), now)
    session.add(delegate)
    await session.flush()
    invitation.accepted_at, invitation.delegate_id = now, delegate.id
    invitation.revision += 1
    functions = await _continue_functions(session, now, delegate)
    details: dict[str, Any] = {
        "invitation": invitation.id,
        "predecessor": delegate.predecessor_id,
        "functions": functions,
    }
    details |= {"person": person.id, "starts_on": delegate.starts_on.isoformat()}
    details["ends_on"] = delegate.ends_on and delegate.ends_on.isoformat()
    await record(session, newcomer, policy.accept_invitation, delegate.id, now, **details)
    return delegate.id


async def _can_still_be_given(session: AsyncSession, now: datetime, invitation: Invitation) -> bool:
    """Return whether the inviter could still give this invitation today.

    A seat that somebody handed over when they left goes to their successor all the same, unless they were suspended.
    """
    inviter = await session.get_one(Delegate, invitation.invited_by_id)
    actor = ANONYMOUS
    # An inviter who can speak as nobody any more leaves the anonymous actor, who may invite nobody.
    with suppress(Refusal):
        connection = await session.connection()
        actor = await actor_of(connection, inviter.person_id, now, acting_as=inviter.id)
    facts = facts_of(PartyFacts, invitation.party)
    if invite_delegate.scopes_for(actor, facts):
        return True
    person = await session.get_one(Person, inviter.person_id)
    return invitation.predecessor_id == inviter.id and person.suspended_at is None


async def _build_delegate(session: AsyncSession, now: datetime, invitation: Invitation, person: Person) -> Delegate:
    """Return the accreditation that the invitation offers, not yet added to the session.

    A focal point who takes over from another is one for as long as the other would have been.
    """
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


def _build_actor(person: Person, delegate: Delegate, invitation: Invitation) -> Actor:
    """Return the person as the actor they become by accepting."""
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
    """Let the functions of a predecessor go on for the successor, and return the ids of the new ones.

    Each ends on the day before the successor begins, or at once if that is today. A new one runs from the successor's
    first day until the day on which the old one would have ended. Both stay on record.
    """
    if successor.predecessor_id is None:
        return []
    successions = []
    for function in await queries.functions_of(session, successor.predecessor_id, now.date()):
        begins_on, ends_on = max(successor.starts_on, function.starts_on), function.ends_on
        if ends_on is not None and ends_on < begins_on:
            continue
        if begins_on <= max(function.starts_on, now.date()):
            function.ended_at = now
        else:
            function.ends_on = begins_on - DAY
        function.revision += 1
        seat = {"party_id": function.party_id, "delegate_id": successor.id}
        successions.append(
            Function(body_id=function.body_id, kind=function.kind, starts_on=begins_on, ends_on=ends_on, **seat)
        )
    # The old functions are ended first: two open ones that begin on the same day are refused by the database.
    await session.flush()
    session.add_all(successions)
    return [function.id for function in successions]
