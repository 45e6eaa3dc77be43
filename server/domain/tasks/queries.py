"""What waits for a person: one statement for each sort of task, under the visibility predicate of what it is about."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, Exists, Select, bindparam, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.domain.consolidation import policy as consolidation
from server.domain.consolidation.queries.reading import visible_conflicts
from server.domain.proposals import policy as proposals
from server.domain.proposals.queries import is_cycle_open, visible_co_sponsors, visible_proposals
from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import asks_for, is_accepting, is_closed, visible_comments, visible_rounds
from server.domain.workplan import policy as workplan
from server.domain.workplan.queries import in_timing, visible_activities
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.predicates import actor_party, led_bodies
from server.models.consolidation import Consolidation, TextConflict
from server.models.proposals import AmendmentProposal, CoSponsor, ProposalWork, ReviewCycle
from server.models.rounds import Comment, CommentWork, Round
from server.models.texts import TextVersion
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.proposals import ProposalStatus
from server.vocabulary.rounds import CommentStatus, RoundStatus
from server.vocabulary.texts import VersionStatus
from server.vocabulary.workplan import ActivityTiming

MOST_TASKS = 50
"""Tasks of each sort that are listed."""
TODAY = bindparam("today", type_=Date)
CYCLE_IS_OPEN = is_cycle_open(ReviewCycle, TODAY)


class Sort(NamedTuple):
    """A sort of task: the act that waits, why, whom it is for, and the (id, due) of what it is about. What is due on a
    day is due until that day ends in UTC; null is due at no time."""

    act: Act[Any]
    why: str
    is_for: Callable[[Actor], bool]
    subjects: Select[Any, Any]


def _clears(actor: Actor) -> bool:
    return actor.is_signed_in and actor.is_focal_point


def _rounds_unanswered() -> Select[Any, Any]:
    comment = aliased(Comment)
    filed = select(comment.id).where(
        comment.round_id == Round.id, comment.party_id == actor_party, comment.submitted_at.is_not(None)
    )
    asked = (visible_rounds(Round), asks_for(lambda path: getattr(Round, path)), ~filed.exists())
    return select(Round.id, Round.closes_at).where(*asked).order_by(Round.closes_at, Round.id)


def _comments_to_clear() -> Select[Any, Any]:
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


def _proposals_in(status: ProposalStatus, *conditions: Any) -> Select[Any, Any]:
    return (
        select(AmendmentProposal.id, ReviewCycle.closes_on)
        .join(ReviewCycle, ReviewCycle.id == AmendmentProposal.cycle_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .where(visible_proposals(AmendmentProposal), ProposalWork.status == status, *conditions)
        .order_by(AmendmentProposal.id)
    )


def _unconfirmed() -> Exists:
    """Whether a party that is named as a co-sponsor has still to confirm: nothing is submitted before."""
    co_sponsor = aliased(CoSponsor)
    waiting = (co_sponsor.proposal_id == AmendmentProposal.id, co_sponsor.confirmed_at.is_(None))
    return select(co_sponsor.id).where(*waiting).exists()


def _co_sponsorships() -> Select[Any, Any]:
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


def _rounds_to_answer() -> Select[Any, Any]:
    comment, work = aliased(Comment), aliased(CommentWork)
    waiting = (
        select(comment.id)
        .join(work, work.comment_id == comment.id)
        .where(comment.round_id == Round.id, work.status == CommentStatus.SUBMITTED, visible_comments(comment))
    )
    closed = (Round.status == RoundStatus.CALLED, is_closed(Round.closes_at))
    own = (visible_rounds(Round), Round.body_id.in_(led_bodies))
    return select(Round.id, null()).where(*own, *closed, waiting.exists()).order_by(Round.id)


def _activities_overdue() -> Select[Any, Any]:
    overdue = in_timing(lambda path: getattr(Activity, path), bindparam("timing", ActivityTiming.OVERDUE.value))
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


def _conflicts_open() -> Select[Any, Any]:
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
    Sort(rounds.submit_comment, UNANSWERED, _clears, _rounds_unanswered()),
    Sort(
        rounds.draft_comment,
        UNANSWERED,
        lambda actor: actor.is_signed_in and not actor.is_focal_point,
        _rounds_unanswered(),
    ),
    Sort(rounds.clear_comment, "A draft of your party waits for its focal point.", _clears, _comments_to_clear()),
    Sort(
        proposals.submit_proposal,
        "A draft of your party waits for its focal point.",
        _clears,
        _proposals_in(ProposalStatus.DRAFT, AmendmentProposal.party_id == actor_party, CYCLE_IS_OPEN, ~_unconfirmed()),
    ),
    Sort(
        proposals.confirm_co_sponsorship,
        "Your party is named as a co-sponsor and has not confirmed it.",
        _clears,
        _co_sponsorships(),
    ),
    Sort(
        rounds.propose_disposition,
        "A round of a body you lead has closed, and comments wait for an answer.",
        lambda actor: bool(actor.leads),
        _rounds_to_answer(),
    ),
    Sort(
        workplan.complete_activity,
        "An activity of a body you lead is overdue.",
        lambda actor: bool(actor.leads),
        _activities_overdue(),
    ),
    Sort(
        proposals.register_proposal,
        "A proposal was submitted and has no number yet.",
        lambda actor: actor.is_secretariat,
        _proposals_in(ProposalStatus.SUBMITTED),
    ),
    Sort(
        consolidation.settle_conflict,
        "Accepted wordings collide, and nobody has settled which stands.",
        lambda actor: actor.is_secretariat,
        _conflicts_open(),
    ),
)
"""Every sort of task."""


class Task(NamedTuple):
    """An act that is possible now and expected of somebody: the id of its subject, why, and until when (None: ever)."""

    act: str
    subject_id: str
    why: str
    due_at: datetime | None


async def find_tasks(connection: AsyncConnection, actor: Actor, now: datetime) -> list[Task]:
    """Return what waits for the actor, what is due first at the front, at most `MOST_TASKS` of each sort.

    One statement for each sort that concerns the actor.
    """
    parameters = actor.parameters(now) | {"today": now.date()}
    tasks: list[Task] = []
    for sort in SORTS:
        if sort.is_for(actor):
            rows = await connection.execute(sort.subjects.limit(MOST_TASKS), parameters)
            tasks += [Task(sort.act.name, subject_id, sort.why, _instant(due)) for subject_id, due in rows]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at or now))


def _instant(due: date | None) -> datetime | None:
    """Return the instant until which something is due: a day ends with its last moment in UTC."""
    if due is None or isinstance(due, datetime):
        return due
    return datetime.combine(due + timedelta(days=1), time(), UTC)
