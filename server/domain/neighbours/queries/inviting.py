"""Reading invitations between the proponents of proposals that meet."""

import asyncio
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.neighbours.queries.meeting import any_meet, read_pending, read_tree
from server.domain.proposals.queries import visible_proposals
from server.kernel.actor import Actor
from server.kernel.predicates import Within, actor_party, is_secretariat, led_bodies, sight, signed_in
from server.models.neighbours import NeighbourInvitation
from server.models.proposals import AmendmentProposal, ProposalWork
from server.storage.rows import WANTED, get_row
from server.vocabulary.neighbours import NeighbourInvitationStatus

_sees_proposal = Within("proposal_id", AmendmentProposal, visible_proposals)
_sees_neighbour = Within("neighbour_id", AmendmentProposal, visible_proposals)


def visible_invitations(invitation: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an invitation.

    The two parties do, the Secretariat, and those who lead a group that considers one of the proposals; each only if
    it sees both proposals.
    """
    work = aliased(ProposalWork)
    considered = work.proposal_id.in_((invitation.proposal_id, invitation.neighbour_id))
    is_led = select(work.proposal_id).where(considered, work.body_id.in_(led_bodies)).exists()
    took_over = select(work.proposal_id).where(considered, work.party_id == actor_party).exists()
    return and_(
        signed_in,
        _sees_proposal(invitation),
        _sees_neighbour(invitation),
        or_(
            sight("the party that invites", invitation.party_id == actor_party),
            sight("the party that is invited", invitation.neighbour_party_id == actor_party),
            sight("a party that took over one of the proposals", took_over),
            sight("the Secretariat", is_secretariat),
            sight("those who lead a group that considers one of the proposals", is_led),
        ),
    )


_INVITATION = (
    select(NeighbourInvitation)
    .where(NeighbourInvitation.id == WANTED, visible_invitations(NeighbourInvitation))
    .options(
        *(
            joinedload(side).options(joinedload(AmendmentProposal.work), joinedload(AmendmentProposal.proponent))
            for side in (NeighbourInvitation.proposal, NeighbourInvitation.neighbour)
        ),
    )
    .with_for_update(of=NeighbourInvitation)
)


async def get_invitation(session: AsyncSession, actor: Actor, now: datetime, invitation_id: str) -> NeighbourInvitation:
    """Return the invitation with its two proposals, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _INVITATION, invitation_id, "invitation")


_NEIGHBOUR = (
    select(AmendmentProposal)
    .where(AmendmentProposal.id == WANTED, visible_proposals(AmendmentProposal))
    .options(joinedload(AmendmentProposal.work).undefer(ProposalWork.standing), joinedload(AmendmentProposal.proponent))
)


async def get_neighbour(session: AsyncSession, actor: Actor, now: datetime, proposal_id: str) -> AmendmentProposal:
    """Return a proposal with its party and work, not locked, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _NEIGHBOUR, proposal_id, "proposal")


async def find_open(session: AsyncSession, proposal_id: str, neighbour_id: str) -> str | None:
    """Return the id of the open invitation by one proposal to another, None if there is none."""
    between = (NeighbourInvitation.proposal_id == proposal_id, NeighbourInvitation.neighbour_id == neighbour_id)
    is_open = NeighbourInvitation.status == NeighbourInvitationStatus.OPEN
    return await session.scalar(select(NeighbourInvitation.id).where(*between, is_open))


async def do_meet(
    session: AsyncSession, actor: Actor, now: datetime, proposal: AmendmentProposal, neighbour_id: str
) -> bool:
    """Return whether pending amendments of two proposals meet, as far as the actor sees them; no words are compared."""
    version_id = proposal.work.text_version_id or proposal.text_version_id
    pending = await read_pending(session, actor, now, version_id, proposal.id)
    pair = [each for each in pending if each.proposal.id in (proposal.id, neighbour_id)]
    base = await read_tree(session, version_id)
    return await asyncio.to_thread(any_meet, base, pair, proposal.id)
