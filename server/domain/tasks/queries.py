"""The tasks of a person. Each sort of task is one statement, under the visibility predicate of its subject."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, Exists, Select, and_, bindparam, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.domain.consolidation import policy as consolidation
from server.domain.consolidation.queries.reading import visible_conflicts
from server.domain.proposals import policy as proposals
from server.domain.proposals.queries import is_cycle_open, visible_amendments, visible_co_sponsors, visible_proposals
from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import asks_for, is_accepting, is_closed, visible_comments, visible_rounds
from server.domain.workplan import policy as workplan
from server.domain.workplan.queries import in_timing, visible_activities
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.predicates import actor_party, led_bodies
from server.models.consolidation import Consolidation, TextConflict
from server.models.proposals import (
    Amendment,
    AmendmentProposal,
    CarriedAmendment,
    CoSponsor,
    ProposalWork,
    ReviewCycle,
)
from server.models.rounds import CarriedComment, Comment, CommentWork, Round
from server.models.texts import TextVersion
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE, CarriedState, ProposalStatus
from server.vocabulary.rounds import CERTAIN, UNDISPOSED, CommentStatus, RoundStatus
from server.vocabulary.texts import VersionStatus
from server.vocabulary.workplan import ActivityTiming

MOST_TASKS = 50
"""Tasks of each sort that are listed."""
TODAY = bindparam("today", type_=Date)
CYCLE_IS_OPEN = is_cycle_open(ReviewCycle, TODAY)


class Sort(NamedTuple):
    """A sort of task: the act that waits, why, for whom, and the statement for (id, due) of its subjects.

    A subject that is due on a day is due until that day ends in UTC; a due of null means that it is never due.
    """

    act: Act[Any]
    why: str
    is_for: Callable[[Actor], bool]
    subjects: Select[Any, Any]


def _clears(actor: Actor) -> bool:
    """Return whether the actor clears and files in the name of a party."""
    return actor.is_signed_in and actor.is_focal_point


def _select_unanswered_rounds() -> Select[Any, Any]:
    """Return the statement for open rounds that ask the caller's party, which has own_comment nothing in them."""
    comment = aliased(Comment)
    own_comment = select(comment.id).where(
        comment.round_id == Round.id, comment.party_id == actor_party, comment.submitted_at.is_not(None)
    )
    conditions = (visible_rounds(Round), asks_for(lambda path: getattr(Round, path)), ~own_comment.exists())
    return select(Round.id, Round.closes_at).where(*conditions).order_by(Round.closes_at, Round.id)


def _select_comments_to_clear() -> Select[Any, Any]:
    """Return the statement for drafts of the caller's party in rounds that are open."""
    return (
        select(Comment.id, Round.closes_at)
        .join(Round, Round.id == Comment.round_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(
            visible_comments(Comment),
            Comment.party_id == actor_party,
            CommentWork.status == CommentStatus.DRAFT,
            Round.status == RoundStatus.CALLED,
            is_accepting(Round.opens_at, Round.closes_at),
        )
        .order_by(Round.closes_at, Comment.id)
    )


def _select_proposals(status: ProposalStatus, *conditions: Any) -> Select[Any, Any]:
    """Return the statement for proposals with a status that meet further conditions."""
    return (
        select(AmendmentProposal.id, ReviewCycle.closes_on)
        .join(ReviewCycle, ReviewCycle.id == AmendmentProposal.cycle_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .where(visible_proposals(AmendmentProposal), ProposalWork.status == status, *conditions)
        .order_by(AmendmentProposal.id)
    )


def _lacks_confirmation() -> Exists:
    """Return the condition that a named co-sponsor has not confirmed; nothing is submitted before."""
    co_sponsor = aliased(CoSponsor)
    pending = (co_sponsor.proposal_id == AmendmentProposal.id, co_sponsor.confirmed_at.is_(None))
    return select(co_sponsor.id).where(*pending).exists()


def _select_co_sponsorships() -> Select[Any, Any]:
    """Return the statement for co-sponsorships that the caller's party can confirm while the cycle is open."""
    return (
        select(CoSponsor.id, ReviewCycle.closes_on)
        .join(AmendmentProposal, AmendmentProposal.id == CoSponsor.proposal_id)
        .join(ReviewCycle, ReviewCycle.id == AmendmentProposal.cycle_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .where(
            visible_co_sponsors(CoSponsor),
            CoSponsor.party_id == actor_party,
            CoSponsor.confirmed_at.is_(None),
            ProposalWork.status == ProposalStatus.DRAFT,
            CYCLE_IS_OPEN,
        )
        .order_by(CoSponsor.id)
    )


def _select_places_to_confirm() -> Select[Any, Any]:
    """Return the statement for open comments of the caller's party that were carried to a place that is not certain."""
    return (
        select(Comment.id, null())
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


def _select_stale_amendments() -> Select[Any, Any]:
    """Return the statement for amendments of the caller's party that are stale in the version of their proposal."""
    return (
        select(Amendment.id, null())
        .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .join(CarriedAmendment, CarriedAmendment.amendment_id == Amendment.id)
        .where(
            CarriedAmendment.text_version_id == ProposalWork.text_version_id,
            visible_amendments(Amendment),
            AmendmentProposal.party_id == actor_party,
            ProposalWork.status.in_(PROPOSAL_LIFECYCLE.sources_of(proposals.restate_amendment.name)),
            CarriedAmendment.state == CarriedState.STALE,
        )
        .order_by(Amendment.id)
    )


def _select_rounds_to_answer() -> Select[Any, Any]:
    """Return the statement for has_closed rounds of bodies that the caller leads, with comments to answer."""
    comment, work = aliased(Comment), aliased(CommentWork)
    pending = (
        select(comment.id)
        .join(work, work.comment_id == comment.id)
        .where(comment.round_id == Round.id, work.status == CommentStatus.SUBMITTED, visible_comments(comment))
    )
    # Also of a completed round: a comment that was put off comes back when a version is issued.
    closed = and_(Round.status != RoundStatus.CANCELLED, is_closed(Round.closes_at))
    led = and_(visible_rounds(Round), Round.body_id.in_(led_bodies))
    return select(Round.id, null()).where(led, closed, pending.exists()).order_by(Round.id)


def _select_overdue_activities() -> Select[Any, Any]:
    """Return the statement for overdue activities of bodies that the caller leads."""
    overdue = in_timing(
        lambda path: getattr(Activity, path), lambda timing: timing == bindparam("timing", ActivityTiming.OVERDUE.value)
    )
    return (
        select(Activity.id, Activity.latest)
        .join(WorkItem, WorkItem.id == Activity.work_item_id)
        .join(WorkPlan, WorkPlan.id == WorkItem.plan_id)
        .where(
            visible_activities(Activity),
            or_(WorkItem.body_id.in_(led_bodies), WorkPlan.body_id.in_(led_bodies)),
            overdue,
        )
        .order_by(Activity.latest, Activity.id)
    )


def _select_open_conflicts() -> Select[Any, Any]:
    """Return the statement for conflicts that wait to be settled in versions that are being made."""
    return (
        select(TextConflict.id, null())
        .join(Consolidation, Consolidation.id == TextConflict.consolidation_id)
        .join(TextVersion, TextVersion.id == Consolidation.target_id)
        .where(
            visible_conflicts(TextConflict),
            TextConflict.status == ConflictStatus.OPEN,
            TextVersion.status == VersionStatus.WORKING,
        )
        .order_by(TextConflict.id)
    )


UNANSWERED = "The round asks your party, and your party has filed nothing yet."
SORTS = (
    Sort(rounds.submit_comment, UNANSWERED, _clears, _select_unanswered_rounds()),
    Sort(
        rounds.draft_comment,
        UNANSWERED,
        lambda actor: actor.is_signed_in and not actor.is_focal_point,
        _select_unanswered_rounds(),
    ),
    Sort(
        rounds.clear_comment, "A draft of your party waits for its focal point.", _clears, _select_comments_to_clear()
    ),
    Sort(
        proposals.submit_proposal,
        "A draft of your party waits for its focal point.",
        _clears,
        _select_proposals(
            ProposalStatus.DRAFT, AmendmentProposal.party_id == actor_party, CYCLE_IS_OPEN, ~_lacks_confirmation()
        ),
    ),
    Sort(
        proposals.confirm_co_sponsorship,
        "Your party is named as a co-sponsor and has not confirmed it.",
        _clears,
        _select_co_sponsorships(),
    ),
    Sort(
        rounds.confirm_carried_comment,
        "The words of a comment of your party changed in a later version: say where it belongs now.",
        _clears,
        _select_places_to_confirm(),
    ),
    Sort(
        proposals.restate_amendment,
        "What an amendment of your party is about changed in a later version: restate it or drop it.",
        _clears,
        _select_stale_amendments(),
    ),
    Sort(
        rounds.propose_disposition,
        "A round of a body you lead has closed, and comments wait for an answer.",
        lambda actor: bool(actor.leads),
        _select_rounds_to_answer(),
    ),
    Sort(
        workplan.complete_activity,
        "An activity of a body you lead is overdue.",
        lambda actor: bool(actor.leads),
        _select_overdue_activities(),
    ),
    Sort(
        proposals.register_proposal,
        "A proposal was submitted and has no number yet.",
        lambda actor: actor.is_secretariat,
        _select_proposals(ProposalStatus.SUBMITTED),
    ),
    Sort(
        consolidation.settle_conflict,
        "Accepted wordings collide, and nobody has settled which stands.",
        lambda actor: actor.is_secretariat,
        _select_open_conflicts(),
    ),
)
"""Every sort of task."""


class Task(NamedTuple):
    """An act that is possible now and expected of somebody. `due_at` is None for a task that is never due."""

    act: str
    subject_id: str
    why: str
    due_at: datetime | None


async def find_tasks(connection: AsyncConnection, actor: Actor, now: datetime) -> list[Task]:
    """Return the tasks of the actor, the next due first, at most `MOST_TASKS` of each sort.

    One statement for each sort that concerns the actor.
    """
    parameters = actor.parameters(now) | {"today": now.date()}
    tasks: list[Task] = []
    for sort in SORTS:
        if sort.is_for(actor):
            rows = await connection.execute(sort.subjects.limit(MOST_TASKS), parameters)
            tasks += [Task(sort.act.name, subject_id, sort.why, _end_of(due)) for subject_id, due in rows]
    # Tasks that are never due come last; `now` only stands in for their missing instant.
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at or now))


def _end_of(due: date | None) -> datetime | None:
    """Return the instant until which something is due: a day ends with its last moment in UTC."""
    if due is None or isinstance(due, datetime):
        return due
    return datetime.combine(due + timedelta(days=1), time(), UTC)
