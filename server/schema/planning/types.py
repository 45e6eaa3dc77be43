"""Milestones and their proposed changes, dependencies, baselines and changes of plans: what they look like."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from server.domain.planning import policy, queries
from server.domain.planning.rules import ChangeFacts, DependencyFacts, FirstDueFacts, MilestoneFacts
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.periods import Period as Days
from server.domain.workplan.rules import PeriodFacts
from server.kernel.actor import Actor
from server.models import planning as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Sitting
from server.schema.bodies.types import WorkingBody
from server.schema.lists.planning import (
    BASELINE_ORDERS,
    DEPENDENCY_ORDERS,
    MILESTONE_CHANGE_ORDERS,
    MILESTONE_ORDERS,
    PLAN_CHANGE_ORDERS,
    BaselineFilter,
    DependencyFilter,
    MilestoneChangeFilter,
    MilestoneFilter,
    PlanChangeFilter,
)
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, column, computed, connection, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.rounds.types import Round
from server.schema.vocabulary import vocabulary
from server.schema.workplan.types import Activity, Evidence, Period, WorkItem, WorkPlan, period_of
from server.vocabulary.workplan import (
    MilestoneCause,
    MilestoneChangeStatus,
    MilestoneStatus,
    PlanChangeKind,
    PlanField,
)

for vocabulary_of_planning in (MilestoneStatus, MilestoneChangeStatus, MilestoneCause, PlanChangeKind, PlanField):
    vocabulary(vocabulary_of_planning)

REVISION = "Counts changes from 1; send it back as `expectedRevision` with an act."


def due_of(_: Actor, facts: DueFacts, __: datetime) -> Period:
    """Return the period in which a milestone is due, with the sitting or round that it moves with."""
    return _shown(due_period(facts))


def baseline_of(_: Actor, facts: FirstDueFacts, __: datetime) -> Period:
    """Return when a milestone was due at first, without days and words if that was the day of a hidden round."""
    is_hidden = facts.round_id is not None and facts.seen_round_id is None
    return _shown(Days(None, None, "") if is_hidden else Days(facts.earliest, facts.latest, facts.label))


def _shown(days: Days) -> Period:
    return Period(earliest_on=days.earliest, latest_on=days.latest, label=days.label or None)


@noun(tables.Milestone, queries.visible_milestones)
class Milestone(Node):
    """A point that a work plan aims at. Every delegate sees it, unless it moves with a round that they do not see."""

    plan: WorkPlan = to_one("The plan it belongs to.", implied=True)
    work_item: WorkItem | None = to_one("The topic it belongs to; null if it is one of the whole plan.", implied=True)
    position: int = column("Place among the milestones of the plan, from 1.")
    name: str = column("What it is called.")
    due: Period = computed(
        "When it is due: with the sitting or round that it moves with, as that is called today, or its own period. No "
        "day, and a label that says so, where that sitting or round was called off: it needs a new date.",
        due_of,
        DueFacts,
    )
    baseline: Period = computed(
        "When it was due on the day on which it was added. Open, and without a label, if that was the day of a round "
        "that the caller does not see.",
        baseline_of,
        FirstDueFacts,
        asks=True,
    )
    baseline_round: Round | None = to_one(
        "The round that it moved with when it was added; null if with none, and if the caller does not see it."
    )
    sitting: Sitting | None = to_one("The sitting that it moves with; null if with none.", implied=True)
    round: Round | None = to_one("The round that it moves with; null if with none.")
    offset_days: int = column(
        "Days from the sitting or round: negative ones before its first day, positive ones after its last day."
    )
    approver_body: WorkingBody = to_one("The body whose leaders approve that it moves.", implied=True)
    status: MilestoneStatus = column("What people reported about it.")
    evidence: Evidence | None = to_any(
        "The issued version, decision, also one by silence, or completed round that shows it reached; null unless the "
        "status is REACHED, and if the caller does not see it.",
        "evidence_id",
    )
    settled_at: datetime | None = column("Instant at which it was reached, dropped or carried over; null until then.")
    drop_reason: str | None = column("Why it was dropped; null if it was not.")
    carried_from: "Milestone | None" = to_one("The milestone of the plan before that goes on here; null if none does.")
    changes: Connection["MilestoneChange"] = connection(
        "Proposed changes of when it is due, the newest first.",
        on="milestone_id",
        order=MILESTONE_CHANGE_ORDERS,
    )
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("milestone", policy.ON_MILESTONE, MilestoneFacts)


@noun(tables.MilestoneChange, queries.visible_milestone_changes)
class MilestoneChange(Node):
    """A proposed change of when a milestone is due. Everybody who sees the milestone sees it."""

    milestone: Milestone = to_one("The milestone.", implied=True)
    due: Period = computed("When it would be due.", due_of, DueFacts)
    sitting: Sitting | None = to_one("The sitting that it would move with; null if with none.", implied=True)
    round: Round | None = to_one("The round that it would move with; null if with none.")
    offset_days: int = column("Days from that sitting or round.")
    reason: str = column("Why it is proposed.")
    proposed_by: Delegate = to_one("The delegate who proposed it.", implied=True)
    proposed_at: datetime = column("Instant at which it was proposed.")
    status: MilestoneChangeStatus = column("How far it has come.")
    answer: str | None = column("Why it was declined; null if it was not.")
    answered_by: Delegate | None = to_one("The delegate who answered or took it back; null until then.", implied=True)
    answered_at: datetime | None = column("Instant of the answer; null until then.")
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("proposed change", policy.ON_CHANGE, ChangeFacts)


Step = Annotated[
    Activity | Milestone, strawberry.union("Step", description="What can wait for something in a work plan.")
]


@noun(tables.Dependency, queries.visible_dependencies)
class Dependency(Node):
    """Says that one step of a plan waits for another one to end."""

    plan: WorkPlan = to_one("The plan.", implied=True)
    predecessor: Step | None = to_any("What ends first; null if the caller does not see it.", "predecessor_id")
    successor: Step | None = to_any("What waits for it; null if the caller does not see it.", "successor_id")
    lag_days: int = column("Days between the end of the one and the beginning of the other; negative if they overlap.")
    ended_at: datetime | None = column("Instant from which it holds no longer; null while it holds.")
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("dependency", policy.ON_DEPENDENCY, DependencyFacts)


@noun(tables.Baseline, queries.visible_baselines)
class Baseline(Node):
    """The periods of all activities and milestones of a plan on one day, kept under a name."""

    plan: WorkPlan = to_one("The plan.", implied=True)
    name: str = column("Its name.")
    taken_by: Delegate = to_one("The delegate who kept it.", implied=True)
    taken_at: datetime = column("Instant at which it was kept.")
    rows: Connection["BaselineRow"] = connection(
        "The periods by the ids of activities and milestones.", on="baseline_id", order=("item_id", "id")
    )


@noun(tables.BaselineRow, queries.visible_baseline_rows)
class BaselineRow(Node):
    """The period of one activity or milestone in a baseline."""

    item: Step | None = to_any("The activity or milestone; null if the caller does not see it.", "item_id")
    period: Period = computed("Its period on that day.", period_of, PeriodFacts)


@noun(tables.PlanChange, queries.visible_plan_changes)
class PlanChange(Node):
    """One change of a work plan, with the reason."""

    plan: WorkPlan = to_one("The plan.", implied=True)
    subject_id: strawberry.ID = column("Id of the plan, topic, activity or milestone that was changed.")
    subject_name: str = column("What it was called then.")
    kind: PlanChangeKind = column("What was done.")
    field: PlanField = column("Which part of it was changed.")
    before: str | None = column("What stood there before, as printed; null if nothing did.", or_null=True)
    after: str | None = column("What stands there since, as printed; null if nothing does.", or_null=True)
    old_latest_on: date | None = column("Last day of the period before; null if none.", "latest_before")
    new_latest_on: date | None = column("Last day of the period since; null if none.", "latest_after")
    reason: str | None = column("Why; null for a change that needs no reason.", or_null=True)
    cause: MilestoneCause | None = column("What moved a milestone with its sitting or round; null for other changes.")
    cause_title: str | None = column(
        "Short name of the body that sits, or title of the round, of `cause`; null without one.", or_null=True
    )
    cause_on: date | None = column("First day of the sitting of `cause` before it moved; null for none.")
    changed_by: Delegate = to_one("The delegate who changed it.", implied=True)
    changed_at: datetime = column("Instant of the change.")


@strawberry.type
class PlanningQueries:
    """Root fields about milestones, dependencies, baselines and changes of plans."""

    milestone: Milestone | None = one(
        "A milestone by its id; null if it does not exist or the caller does not see it.", "Milestone"
    )
    milestones: Connection[Milestone] = many(
        "Milestones in the order of their plans.", order=MILESTONE_ORDERS, filter_type=MilestoneFilter
    )
    milestone_change: MilestoneChange | None = one(
        "A proposed change of a milestone by its id; null if it does not exist or the caller does not see it.",
        "MilestoneChange",
    )
    milestone_changes: Connection[MilestoneChange] = many(
        "Proposed changes of milestones, the newest first.",
        order=MILESTONE_CHANGE_ORDERS,
        filter_type=MilestoneChangeFilter,
    )
    dependencies: Connection[Dependency] = many(
        "Dependencies of plans.", order=DEPENDENCY_ORDERS, filter_type=DependencyFilter
    )
    baseline: Baseline | None = one(
        "A baseline by its id; null if it does not exist or the caller does not see it.", "Baseline"
    )
    baselines: Connection[Baseline] = many(
        "Baselines, the newest first.", order=BASELINE_ORDERS, filter_type=BaselineFilter
    )
    plan_changes: Connection[PlanChange] = many(
        "Changes of plans, the newest first.", order=PLAN_CHANGE_ORDERS, filter_type=PlanChangeFilter
    )
