"""Statements for the subjects of tasks, each under the visibility predicate of its noun.

A statement gives the id, when it is due, its title, the place in the work that it concerns, and the zone of the due. A
subject that is due on a day is due until that day ends where the bodies sit; a due of null means that it is never due.
"""

from typing import Any

from sqlalchemy import Date, Exists, and_, bindparam, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from server.domain.consolidation.queries.reading import visible_conflicts, visible_consolidations
from server.domain.neighbours.queries.inviting import visible_invitations
from server.domain.neighbours.rules.inviting import TALKING
from server.domain.proposals import policy as proposals
from server.domain.proposals.queries import is_cycle_open, visible_amendments, visible_co_sponsors, visible_proposals
from server.domain.rounds.queries import asks_for, is_closed, visible_comments, visible_rounds
from server.domain.tasks.queries.kinds import Subjects
from server.domain.workplan.queries import in_timing, visible_activities
from server.kernel.predicates import actor_party, led_bodies, present
from server.kernel.zones import HOME
from server.models.answering import has_declared, has_filed
from server.models.bodies import Body
from server.models.consolidation import AppliedChange, Consolidation, TextConflict
from server.models.neighbours import NeighbourInvitation
from server.models.proposals import (
    Amendment,
    AmendmentProposal,
    AmendmentView,
    CarriedAmendment,
    CoSponsor,
    ProposalWork,
    ReviewCycle,
)
from server.models.rounds import CarriedComment, Comment, CommentWork, Round
from server.models.taking_over import is_left, is_proponent
from server.models.texts import ProvisionText, TextVersion
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.neighbours import NeighbourInvitationStatus
from server.vocabulary.proposals import BEING_WRITTEN, PROPOSAL_LIFECYCLE, CarriedState, ProposalStatus
from server.vocabulary.rounds import CERTAIN, UNDISPOSED, CommentStatus, RoundStatus
from server.vocabulary.texts import VersionStatus
from server.vocabulary.workplan import ActivityTiming

DAY_AT_HOME = literal(HOME)
"""The zone of what is due on a day."""
TODAY = bindparam("today", type_=Date)
CYCLE_IS_OPEN = is_cycle_open(ReviewCycle, TODAY)


def select_unanswered_rounds(due: Any) -> Subjects:
    """Return the statement for open rounds that ask the caller's party, which has neither filed nor declared anything.

    `due` is when an answer is due, from the round.
    """
    silent = (~has_filed(Round.id, actor_party), ~has_declared(Round.id, actor_party))
    conditions = (visible_rounds(Round), asks_for(lambda path: getattr(Round, path)), *silent)
    rounds = select(Round.id, due, Round.title, Body.short_name, Round.zone)
    return rounds.join(Body, Body.id == Round.body_id).where(*conditions).order_by(due, Round.id)


def select_proposals(status: ProposalStatus, *conditions: Any) -> Subjects:
    """Return the statement for proposals with a status that meet further conditions."""
    return (
        select(AmendmentProposal.id, ReviewCycle.closes_on, AmendmentProposal.title, ReviewCycle.title, DAY_AT_HOME)
        .join(ReviewCycle, ReviewCycle.id == AmendmentProposal.cycle_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .where(visible_proposals(AmendmentProposal), ProposalWork.standing == status, *conditions)
        .order_by(AmendmentProposal.id)
    )


def lacks_confirmation() -> Exists:
    """Return the condition that a named co-sponsor has not confirmed; nothing is submitted before."""
    co_sponsor = aliased(CoSponsor)
    pending = (co_sponsor.proposal_id == AmendmentProposal.id, co_sponsor.confirmed_at.is_(None))
    return select(co_sponsor.id).where(*pending).exists()


def select_co_sponsorships() -> Subjects:
    """Return the statement for co-sponsorships that the caller's party can confirm while the cycle is open."""
    waits = (CoSponsor.confirmed_at.is_(None), ProposalWork.status.in_(BEING_WRITTEN), CYCLE_IS_OPEN)
    return _select_own_co_sponsorships(ReviewCycle.closes_on).where(*waits).order_by(CoSponsor.id)


def select_take_overs() -> Subjects:
    """Return the statement for co-sponsorships by which the caller's party can take a withdrawn proposal over."""
    is_another = ~is_proponent(AmendmentProposal, ProposalWork)
    can_take = (CoSponsor.confirmed_at.is_not(None), is_another, is_left(ProposalWork, present))
    ends = ProposalWork.take_over_until
    return _select_own_co_sponsorships(ends).where(*can_take).order_by(ends, CoSponsor.id)


def _select_own_co_sponsorships(due: Any) -> Subjects:
    """Return the statement for co-sponsorships of the caller's party, with what its task is due by."""
    return (
        select(CoSponsor.id, due, AmendmentProposal.title, ReviewCycle.title, DAY_AT_HOME)
        .join(AmendmentProposal, AmendmentProposal.id == CoSponsor.proposal_id)
        .join(ReviewCycle, ReviewCycle.id == AmendmentProposal.cycle_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .where(visible_co_sponsors(CoSponsor), CoSponsor.party_id == actor_party)
    )


def select_neighbour_invitations() -> Subjects:
    """Return the statement for invitations to the caller's party that it can still accept."""
    proposal, work = aliased(AmendmentProposal), aliased(ProposalWork)
    neighbour, neighbour_work = aliased(AmendmentProposal), aliased(ProposalWork)
    return (
        select(NeighbourInvitation.id, null(), proposal.title, neighbour.title, null())
        .join(proposal, proposal.id == NeighbourInvitation.proposal_id)
        .join(work, work.proposal_id == proposal.id)
        .join(neighbour, neighbour.id == NeighbourInvitation.neighbour_id)
        .join(neighbour_work, neighbour_work.proposal_id == neighbour.id)
        .where(
            visible_invitations(NeighbourInvitation),
            is_proponent(neighbour, neighbour_work),
            NeighbourInvitation.party_id == func.coalesce(work.party_id, proposal.party_id),
            NeighbourInvitation.status == NeighbourInvitationStatus.OPEN,
            work.status.in_(TALKING),
            neighbour_work.status.in_(TALKING),
        )
        .order_by(NeighbourInvitation.invited_at, NeighbourInvitation.id)
    )


def select_places_to_confirm() -> Subjects:
    """Return the statement for open comments of the caller's party that were carried to a place that is not certain."""
    return (
        select(Comment.id, null(), Round.title, ProvisionText.printed_number, null())
        .join(Round, Round.id == Comment.round_id)
        .outerjoin(ProvisionText, ProvisionText.id == Comment.provision_text_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .join(CarriedComment, CarriedComment.id == CommentWork.carried_id)
        .where(
            visible_comments(Comment),
            Comment.party_id == actor_party,
            CommentWork.status.in_(UNDISPOSED),
            CarriedComment.state.not_in(CERTAIN),
        )
        .order_by(Comment.id)
    )


def select_stale_amendments() -> Subjects:
    """Return the statement for amendments of the caller's party that are stale in the version of their proposal."""
    return (
        select(Amendment.id, null(), AmendmentProposal.title, ProvisionText.printed_number, null())
        .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .join(CarriedAmendment, CarriedAmendment.amendment_id == Amendment.id)
        .outerjoin(ProvisionText, _stands_in(Amendment.provision_id, CarriedAmendment.text_version_id))
        .where(
            CarriedAmendment.text_version_id == ProposalWork.text_version_id,
            visible_amendments(Amendment),
            is_proponent(AmendmentProposal, ProposalWork),
            ProposalWork.standing.in_(PROPOSAL_LIFECYCLE.sources_of(proposals.restate_amendment.name)),
            CarriedAmendment.state == CarriedState.STALE,
        )
        .order_by(Amendment.id)
    )


def select_closed_rounds(status: CommentStatus, *conditions: Any) -> Subjects:
    """Return the statement for rounds that have closed and have comments with a status, which meet conditions."""
    comment, work = aliased(Comment), aliased(CommentWork)
    pending = (
        select(comment.id)
        .join(work, work.comment_id == comment.id)
        .where(comment.round_id == Round.id, work.status == status, visible_comments(comment))
    )
    # Also of a completed round: a comment that was put off comes back when a version is issued.
    closed = and_(Round.status != RoundStatus.CANCELLED, is_closed(Round.closes_at))
    rounds = select(Round.id, null(), Round.title, Body.short_name, null()).join(Body, Body.id == Round.body_id)
    return rounds.where(visible_rounds(Round), *conditions, closed, pending.exists()).order_by(Round.id)


def select_views_to_give() -> Subjects:
    """Return the statement for proposals that a body of the caller considers, with amendments without a view."""
    amendment, view = aliased(Amendment), aliased(AmendmentView)
    unseen = (
        select(amendment.id)
        .outerjoin(view, view.amendment_id == amendment.id)
        .where(amendment.proposal_id == AmendmentProposal.id, view.id.is_(None))
    )
    return (
        select(AmendmentProposal.id, null(), AmendmentProposal.title, Body.short_name, null())
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .join(Body, Body.id == ProposalWork.body_id)
        .where(
            visible_proposals(AmendmentProposal),
            ProposalWork.standing == ProposalStatus.UNDER_CONSIDERATION,
            ProposalWork.body_id.in_(led_bodies),
            unseen.exists(),
        )
        .order_by(AmendmentProposal.id)
    )


def _stands_in(key: Any, version_id: Any) -> Any:
    """Return the join to the words of a provision in a version."""
    return and_(ProvisionText.provision_id == key, ProvisionText.text_version_id == version_id)


def select_overdue_activities() -> Subjects:
    """Return the statement for overdue activities of bodies that the caller leads."""
    overdue = in_timing(
        lambda path: getattr(Activity, path), lambda timing: timing == bindparam("timing", ActivityTiming.OVERDUE.value)
    )
    return (
        select(Activity.id, Activity.latest, Activity.description, WorkItem.title, DAY_AT_HOME)
        .join(WorkItem, WorkItem.id == Activity.work_item_id)
        .join(WorkPlan, WorkPlan.id == WorkItem.plan_id)
        .where(
            visible_activities(Activity),
            or_(WorkItem.body_id.in_(led_bodies), WorkPlan.body_id.in_(led_bodies)),
            overdue,
        )
        .order_by(Activity.latest, Activity.id)
    )


def select_open_conflicts() -> Subjects:
    """Return the statement for conflicts that wait to be settled in versions that are being made."""
    return (
        select(TextConflict.id, null(), TextVersion.label, ProvisionText.printed_number, null())
        .join(Consolidation, Consolidation.id == TextConflict.consolidation_id)
        .join(TextVersion, TextVersion.id == Consolidation.target_id)
        .outerjoin(ProvisionText, _stands_in(TextConflict.provision_id, Consolidation.base_id))
        .where(
            visible_conflicts(TextConflict),
            TextConflict.status == ConflictStatus.OPEN,
            TextVersion.status == VersionStatus.WORKING,
        )
        .order_by(TextConflict.id)
    )


def select_readings() -> Subjects:
    """Return the statement for consolidations under way in which all conflicts are settled, and words were changed."""
    conflict, change = aliased(TextConflict), aliased(AppliedChange)
    is_open = (conflict.consolidation_id == Consolidation.id, conflict.status == ConflictStatus.OPEN)
    return (
        select(Consolidation.id, null(), TextVersion.label, null(), null())
        .join(TextVersion, TextVersion.id == Consolidation.target_id)
        .where(
            visible_consolidations(Consolidation),
            TextVersion.status == VersionStatus.WORKING,
            ~select(conflict.id).where(*is_open).exists(),
            select(change.id).where(change.consolidation_id == Consolidation.id).exists(),
        )
        .order_by(Consolidation.id)
    )
