"""Proponents of proposals that meet invite each other to co-sponsor or to merge, and answer: on record only."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.neighbours import policy
from server.domain.neighbours.queries import inviting as queries
from server.domain.neighbours.rules import inviting as rules
from server.domain.neighbours.rules.inviting import NeighbourInvitationFacts
from server.domain.proposals.queries import get_proposal
from server.domain.proposals.rules.life import ProposalFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.neighbours import NeighbourInvitation
from server.models.proposals import AmendmentProposal
from server.vocabulary.neighbours import INVITATION_LIFECYCLE, NeighbourInvitationKind


async def invite_neighbour(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    proposal_id: str,
    neighbour_id: str,
    kind: NeighbourInvitationKind,
    message: str = "",
    expected_revision: int,
) -> str:
    """Ask the proponent of a neighbour to stand behind the proposal or to merge, and return the invitation's id.

    Refuses proposals that do not meet, a draft that the other party does not see, and a second one while one is open.
    The proposals stay as they are: what was filed never changes.
    """
    proposal = await get_proposal(session, actor, now, proposal_id)
    neighbour = await queries.get_neighbour(session, actor, now, neighbour_id)
    policy.invite_neighbour.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    is_own = neighbour.proponent.id == proposal.proponent.id
    # Nothing is read of two proposals of one party: they are refused anyway, and the transaction holds a lock.
    meets = not is_own and await queries.do_meet(session, actor, now, proposal, neighbour.id)
    ensure_well_formed(rules.check_invitation(message, is_own=is_own, meets=meets))
    await _ensure_open_to(session, proposal, neighbour, kind)
    invitation = NeighbourInvitation(
        proposal_id=proposal.id,
        neighbour_id=neighbour.id,
        party_id=proposal.proponent.id,
        neighbour_party_id=neighbour.proponent.id,
        kind=kind,
        message=message.strip(),
        status=INVITATION_LIFECYCLE.initial,
        invited_at=now,
        invited_by_id=actor.delegate_id,
    )
    session.add(invitation)
    details = {"proposal": proposal.id, "neighbour": neighbour.id, "party": neighbour.proponent.id, "kind": kind}
    await record(session, actor, policy.invite_neighbour, invitation.id, now, **details, message=invitation.message)
    return invitation.id


async def _ensure_open_to(
    session: AsyncSession, proposal: AmendmentProposal, neighbour: AmendmentProposal, kind: NeighbourInvitationKind
) -> None:
    """Refuse an invitation by a draft that the other party does not see, and a second one while one is open."""
    named = [each.party_id for each in proposal.co_sponsors]
    name = neighbour.proponent.short_name
    obstacle = rules.hinder_invitation(kind, proposal.work.status, neighbour.proponent.id, named, name)
    if obstacle:
        raise Refusal(RefusalKind.NOT_NOW, obstacle.code, obstacle.message, rule=obstacle.rule)
    if await queries.find_open(session, proposal.id, neighbour.id):
        message = f"{name} is invited already, and has not answered yet."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)


async def accept_neighbour_invitation(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    neighbour_invitation_id: str,
    reply: str = "",
    expected_revision: int,
) -> str:
    """Accept an invitation as the focal point of the party that is invited, and return its id."""
    act = policy.accept_neighbour_invitation
    return await _answer(session, actor, now, act, neighbour_invitation_id, reply, expected_revision)


async def decline_neighbour_invitation(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    neighbour_invitation_id: str,
    reply: str = "",
    expected_revision: int,
) -> str:
    """Decline an invitation as the focal point of the party that is invited, and return its id."""
    act = policy.decline_neighbour_invitation
    return await _answer(session, actor, now, act, neighbour_invitation_id, reply, expected_revision)


async def _answer(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[NeighbourInvitationFacts],
    neighbour_invitation_id: str,
    reply: str,
    expected_revision: int,
) -> str:
    """Answer an invitation by an act, and return its id."""
    invitation = await queries.get_invitation(session, actor, now, neighbour_invitation_id)
    act.ensure(actor, facts_of(NeighbourInvitationFacts, invitation), now)
    ensure_current("invitation", invitation.id, expected=expected_revision, current=invitation.revision)
    ensure_well_formed(rules.check_reply(reply))
    invitation.status = INVITATION_LIFECYCLE.target(act.name, invitation.status)
    invitation.answered_at, invitation.answered_by_id, invitation.reply = now, actor.delegate_id, reply.strip()
    invitation.revision += 1
    details = {"proposal": invitation.proposal_id, "neighbour": invitation.neighbour_id, "kind": invitation.kind}
    await record(session, actor, act, invitation.id, now, **details, answer=invitation.reply)
    return invitation.id
