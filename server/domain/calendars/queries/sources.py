"""List the kinds of events that stand in calendars."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select

from server.domain.bodies.queries import visible_sittings
from server.domain.calls.queries import visible_calls
from server.domain.groups.queries import visible_promises
from server.domain.notices.rules.words import Sentence
from server.domain.planning.queries import DUE_COLUMNS, last_day_of, visible_milestones
from server.domain.proposals.queries import visible_cycles
from server.domain.rounds.queries import visible_rounds
from server.domain.silence.queries import visible_procedures
from server.domain.workplan.queries import visible_activities
from server.domain.workplan.steps import sees_round
from server.kernel.predicates import Predicate, actor_party
from server.models.bodies import Body, Sitting
from server.models.calls import Call
from server.models.groups import Promise
from server.models.journal import JournalEntry
from server.models.planning import Milestone, PlanChange
from server.models.proposals import ReviewCycle
from server.models.rounds import Round
from server.models.silence import SilenceProcedure
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.vocabulary.calls import CallStatus
from server.vocabulary.groups import PromiseStatus
from server.vocabulary.rounds import RoundStatus
from server.vocabulary.silence import SilenceStatus
from server.vocabulary.workplan import ActivityStatus, MilestoneStatus


class History(NamedTuple):
    """How often an event was changed, which rises with each change, and the instants of which the last is its change.

    Below zero counts as zero, and an instant can be null.
    """

    sequence: Any
    changed: tuple[Any, ...]


class EventSource(NamedTuple):
    """A kind of event: the rows that are one, who sees them, and what a calendar shows of each.

    `bodies` are the ids of the bodies that it belongs to. Acts of parties in a round are not in its history, so that a
    calendar tells of nobody who filed in a sealed round. `due` are the columns of `DueFacts` of an event of which the
    days follow from a sitting or a round; `first_day` only orders it then. `former_day` is the last day that an event
    had before its day was taken away: it is cancelled there. `done` says which ones are done, and what they are called
    then: they stay where they stood, so that no program keeps one as if it were open.
    """

    name: str
    model: Any
    visible: Predicate
    words: Sentence
    page: str
    history: History
    title: Any
    bodies: tuple[Any, ...] = ()
    at: Any = None
    first_day: Any = None
    last_day: Any = None
    place: Any = None
    is_cancelled: Any = None
    where: Any = None
    joins: tuple[Callable[[Select[Any]], Select[Any]], ...] = ()
    due: tuple[Any, ...] = ()
    former_day: Any = None
    done: tuple[Any, Sentence] | None = None


def _count_acts(subject_id: Any, *tags: str) -> History:
    """Return the number of acts on a subject of which the tags begin so, and the instant of the last one."""
    about = or_(*(JournalEntry.act.startswith(tag, autoescape=True) for tag in tags))
    on_it = (JournalEntry.subject_id == subject_id, about)
    last = select(func.max(JournalEntry.at)).where(*on_it).scalar_subquery()
    return History(select(func.count()).select_from(JournalEntry).where(*on_it).scalar_subquery(), (last,))


def _follow_acts(subject_id: Any, *tags: str) -> History:
    """Return the history of an event that the first of these acts makes."""
    acts = _count_acts(subject_id, *tags)
    return acts._replace(sequence=acts.sequence - 1)


def _follow_row(row: Any, *anchors: History) -> History:
    """Return the history of a step of a work plan: its own changes, and the acts on the sitting or round it is tied to.

    Many are changed by an act on their plan or topic, so that the revision counts and not the acts.
    """
    own = select(func.max(PlanChange.changed_at)).where(PlanChange.subject_id == row.id).scalar_subquery()
    of_anchors = [instant for anchor in anchors for instant in anchor.changed]
    sequence = (row.revision - 1) * (WEIGHT if anchors else 1)
    for anchor in anchors:
        sequence = sequence + anchor.sequence
    return History(sequence, (own, row.settled_at, *of_anchors))


def _former_day(row: Any) -> Any:
    """Return the last day of a step of a work plan before it was given a time without days, null if it never was.

    A day that a round took away is of that round: only those who see it learn of it.
    """
    withdrawals = (
        PlanChange.subject_id == row.id,
        PlanChange.latest_before.is_not(None),
        PlanChange.latest_after.is_(None),
        sees_round(PlanChange.cause_round_id),
        sees_round(PlanChange.round_before_id),
    )
    newest = (PlanChange.changed_at.desc(), PlanChange.id.desc())
    return select(PlanChange.latest_before).where(*withdrawals).order_by(*newest).limit(1).scalar_subquery()


WEIGHT = 1_000
"""What a change of a milestone counts, so that one that is tied to another sitting, with fewer acts, still rises."""
OF_ROUND = (
    *("round.opened", "round.extended", "round.revised", "round.paused", "round.resumed"),
    *("round.closed_early", "round.cancelled"),
)
PROMISED = (PromiseStatus.MADE, PromiseStatus.KEPT, PromiseStatus.HANDED_BACK)
SOURCES = (
    EventSource(
        "round-closes",
        Round,
        visible_rounds,
        Sentence("Closes: {title}", "Clôture : {title}"),
        "/rounds/{id}",
        _follow_acts(Round.id, *OF_ROUND),
        Round.title,
        (Round.body_id,),
        at=Round.closes_at,
        is_cancelled=Round.status == RoundStatus.CANCELLED,
    ),
    EventSource(
        "call-closes",
        Call,
        visible_calls,
        Sentence("Closes: {title}", "Clôture : {title}"),
        "/calls/{id}",
        _follow_acts(Call.id, "call.opened", "call.extended", "call.closed_early", "call.cancelled"),
        Call.title,
        (Call.body_id,),
        at=Call.closes_at,
        is_cancelled=Call.status == CallStatus.CANCELLED,
    ),
    EventSource(
        "silence-ends",
        SilenceProcedure,
        visible_procedures,
        Sentence("Last instant to object: {title}", "Dernier délai pour faire objection : {title}"),
        "/silence/{id}",
        _follow_acts(SilenceProcedure.id, "silence."),
        SilenceProcedure.title,
        (SilenceProcedure.body_id,),
        at=SilenceProcedure.expires_at,
        is_cancelled=SilenceProcedure.status.not_in((SilenceStatus.OPENED, SilenceStatus.RECORDED)),
    ),
    EventSource(
        "cycle-closes",
        ReviewCycle,
        visible_cycles,
        Sentence("Last day for proposals: {title}", "Dernier jour pour les propositions : {title}"),
        "/cycles",
        _follow_acts(ReviewCycle.id, "cycle."),
        ReviewCycle.title,
        first_day=ReviewCycle.closes_on,
        where=ReviewCycle.closes_on.is_not(None),
    ),
    EventSource(
        "sitting",
        Sitting,
        visible_sittings,
        Sentence("{title} sits", "{title} : session"),
        "/sittings/{id}",
        _follow_acts(Sitting.id, "sitting."),
        Body.short_name,
        (Sitting.body_id,),
        first_day=Sitting.starts_on,
        last_day=Sitting.ends_on,
        place=Sitting.place,
        is_cancelled=Sitting.cancelled_at.is_not(None),
        joins=(lambda statement: statement.join(Body, Body.id == Sitting.body_id),),
    ),
    EventSource(
        "activity",
        Activity,
        visible_activities,
        Sentence("Due: {title}", "Échéance : {title}"),
        "/activities/{id}",
        _follow_row(Activity),
        Activity.description,
        (func.coalesce(WorkItem.body_id, WorkPlan.body_id),),
        first_day=func.coalesce(Activity.latest, _former_day(Activity)),
        is_cancelled=or_(
            and_(Activity.latest.is_(None), Activity.status != ActivityStatus.DONE),
            Activity.status.in_((ActivityStatus.DROPPED, ActivityStatus.CARRIED_OVER)),
        ),
        joins=(
            lambda statement: statement.join(WorkItem, WorkItem.id == Activity.work_item_id),
            lambda statement: statement.join(WorkPlan, WorkPlan.id == WorkItem.plan_id),
        ),
        done=(Activity.status == ActivityStatus.DONE, Sentence("Done: {title}", "Terminé : {title}")),
    ),
    EventSource(
        "milestone",
        Milestone,
        visible_milestones,
        Sentence("Milestone: {title}", "Jalon : {title}"),
        "/milestones/{id}",
        _follow_row(
            Milestone, _count_acts(Milestone.sitting_id, "sitting."), _count_acts(Milestone.round_id, *OF_ROUND)
        ),
        Milestone.name,
        (WorkItem.body_id, WorkPlan.body_id),
        first_day=last_day_of(Milestone),
        is_cancelled=Milestone.status.in_((MilestoneStatus.DROPPED, MilestoneStatus.CARRIED_OVER)),
        joins=(
            lambda statement: statement.join(WorkPlan, WorkPlan.id == Milestone.plan_id),
            lambda statement: statement.outerjoin(WorkItem, WorkItem.id == Milestone.work_item_id),
            lambda statement: statement.outerjoin(Sitting, Sitting.id == Milestone.sitting_id),
            lambda statement: statement.outerjoin(Round, Round.id == Milestone.round_id),
        ),
        due=DUE_COLUMNS,
        former_day=_former_day(Milestone),
        done=(
            Milestone.status == MilestoneStatus.REACHED,
            Sentence("Milestone reached: {title}", "Jalon atteint : {title}"),
        ),
    ),
    EventSource(
        "promise",
        Promise,
        visible_promises,
        Sentence("Promised: {title}", "Engagement : {title}"),
        "/promises/{id}",
        _follow_acts(Promise.id, "promise.made", "promise.accepted", "promise.kept", "promise.handed_back"),
        Promise.text,
        (Promise.body_id,),
        at=Promise.due_at,
        is_cancelled=Promise.status == PromiseStatus.HANDED_BACK,
        where=and_(Promise.party_id == actor_party, Promise.status.in_(PROMISED)),
        done=(Promise.status == PromiseStatus.KEPT, Sentence("Promise kept: {title}", "Engagement tenu : {title}")),
    ),
)
"""What stands in calendars. Another kind of deadline needs a row here and nothing else."""
