"""Define the tables of milestones, dependencies, baselines, and of every change of a work plan."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified, choice, lock, reference, to, unique_while
from server.models.bodies import Body, Sitting
from server.models.parties import Delegate
from server.models.rounds import Round
from server.models.workplan import WorkItem, WorkPlan
from server.vocabulary.workplan import (
    MilestoneCause,
    MilestoneChangeStatus,
    MilestoneStatus,
    PlanChangeKind,
    PlanField,
)

IS_STEP = "substr({}, 1, 4) IN ('ACT_', 'MST_')"
"""Says in SQL that a column holds the id of an activity or of a milestone."""


class Milestone(Identified, Base):
    """A point that a work plan aims at; `work_item_id` is null for one of the whole plan.

    A milestone with a `sitting_id` or a `round_id` moves with it: its days are derived from there and from
    `offset_days`, and `earliest`, `latest` and `label` are empty. Negative days count back from the first day, positive
    ones on from the last day. Changes are approved by those who lead the body `approver_body_id`. The baseline is the
    period of the day on which the milestone was added; where that was the day of a round, `baseline_round_id` is that
    round, which not everybody sees. `evidence_id` is what shows it reached.
    """

    __tablename__ = "milestones"
    __table_args__ = (
        CheckConstraint("sitting_id IS NULL OR round_id IS NULL", name="one_anchor"),
        Index(None, "plan_id", "position"),
    )
    prefix = "MST"
    plan_id: Mapped[str] = reference("work_plans", index=False)
    work_item_id: Mapped[str | None] = reference("work_items")
    position: Mapped[int]
    name: Mapped[str]
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    label: Mapped[str] = mapped_column(default="")
    baseline_earliest: Mapped[date | None]
    baseline_latest: Mapped[date | None]
    baseline_label: Mapped[str] = mapped_column(default="")
    baseline_round_id: Mapped[str | None] = reference("rounds")
    sitting_id: Mapped[str | None] = reference("sittings")
    round_id: Mapped[str | None] = reference("rounds")
    offset_days: Mapped[int] = mapped_column(default=0)
    approver_body_id: Mapped[str] = reference("bodies")
    status: Mapped[MilestoneStatus] = choice(MilestoneStatus, default=MilestoneStatus.PLANNED)
    evidence_id: Mapped[str | None] = mapped_column(String(LENGTH))
    settled_at: Mapped[datetime | None]
    drop_reason: Mapped[str | None]
    carried_from_id: Mapped[str | None] = reference("milestones")
    revision: Mapped[int] = lock()
    plan: Mapped[WorkPlan] = to("Milestone.plan_id")
    work_item: Mapped[WorkItem | None] = to("Milestone.work_item_id")
    sitting: Mapped[Sitting | None] = to("Milestone.sitting_id")
    round: Mapped[Round | None] = to("Milestone.round_id")
    baseline_round: Mapped[Round | None] = to("Milestone.baseline_round_id")
    approver_body: Mapped[Body] = to("Milestone.approver_body_id")
    carried_from: Mapped["Milestone | None"] = to("Milestone.carried_from_id", remote="Milestone.id")


class MilestoneChange(Identified, Base):
    """A proposed change of when a milestone is due: a period of its own, or a sitting or round and the days from it."""

    __tablename__ = "milestone_changes"
    __table_args__ = (
        unique_while("uq_milestone_changes_proposed", "status = 'PROPOSED'", "milestone_id"),
        CheckConstraint("sitting_id IS NULL OR round_id IS NULL", name="one_anchor"),
        Index(None, "milestone_id", "proposed_at"),
    )
    prefix = "MSC"
    milestone_id: Mapped[str] = reference("milestones", index=False)
    label: Mapped[str] = mapped_column(default="")
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    sitting_id: Mapped[str | None] = reference("sittings")
    round_id: Mapped[str | None] = reference("rounds")
    offset_days: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str]
    proposed_by_id: Mapped[str] = reference("delegates")
    proposed_at: Mapped[datetime]
    status: Mapped[MilestoneChangeStatus] = choice(MilestoneChangeStatus, default=MilestoneChangeStatus.PROPOSED)
    answer: Mapped[str | None]
    answered_by_id: Mapped[str | None] = reference("delegates")
    answered_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    milestone: Mapped[Milestone] = to("MilestoneChange.milestone_id")
    sitting: Mapped[Sitting | None] = to("MilestoneChange.sitting_id")
    round: Mapped[Round | None] = to("MilestoneChange.round_id")
    proposed_by: Mapped[Delegate] = to("MilestoneChange.proposed_by_id")
    answered_by: Mapped[Delegate | None] = to("MilestoneChange.answered_by_id")


class Dependency(Identified, Base):
    """Says that `successor_id` begins when `predecessor_id` has ended, `lag_days` later; cycles are refused by the act.

    Both are activities or milestones of the plan. It holds while `ended_at` is null.
    """

    __tablename__ = "dependencies"
    __table_args__ = (
        CheckConstraint(IS_STEP.format("predecessor_id"), name="predecessor"),
        CheckConstraint(IS_STEP.format("successor_id"), name="successor"),
        CheckConstraint("predecessor_id <> successor_id", name="two_steps"),
        unique_while("uq_dependencies_pair", "ended_at IS NULL", "predecessor_id", "successor_id"),
    )
    prefix = "DEP"
    plan_id: Mapped[str] = reference("work_plans")
    predecessor_id: Mapped[str] = mapped_column(String(LENGTH), index=True)
    successor_id: Mapped[str] = mapped_column(String(LENGTH), index=True)
    lag_days: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    plan: Mapped[WorkPlan] = to("Dependency.plan_id")


class Baseline(Identified, Base):
    """The periods of all activities and milestones of a plan, kept under a name. Never changed."""

    __tablename__ = "baselines"
    __table_args__ = (Index(None, "plan_id", "taken_at"), UniqueConstraint("plan_id", "name"))
    prefix = "BAS"
    plan_id: Mapped[str] = reference("work_plans", index=False)
    name: Mapped[str] = mapped_column(String(120))
    taken_by_id: Mapped[str] = reference("delegates")
    taken_at: Mapped[datetime]
    plan: Mapped[WorkPlan] = to("Baseline.plan_id")
    taken_by: Mapped[Delegate] = to("Baseline.taken_by_id")


class BaselineRow(Identified, Base):
    """The period of one activity or milestone in a baseline, and the round that it was the day of. Never changed."""

    __tablename__ = "baseline_rows"
    __table_args__ = (
        CheckConstraint(IS_STEP.format("item_id"), name="item"),
        UniqueConstraint("baseline_id", "item_id"),
    )
    prefix = "BAR"
    baseline_id: Mapped[str] = reference("baselines", index=False)
    item_id: Mapped[str] = mapped_column(String(LENGTH), index=True)
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    label: Mapped[str] = mapped_column(default="")
    round_id: Mapped[str | None] = reference("rounds")
    baseline: Mapped[Baseline] = to("BaselineRow.baseline_id")


class PlanChange(Identified, Base):
    """One change of a work plan, with the reason. Never changed.

    `subject_id` is the plan, or the topic, activity or milestone that was changed, and `subject_name` what it was
    called then. `before` and `after` are as printed, the two days the last ones of the period. A milestone that moved
    with its sitting or round has a `cause`: then `cause_title` is the short name of the body that sits, or the title of
    the round, `cause_round_id` that round, which not everybody sees, `cause_on` the first day of the sitting before it,
    and `reason` that of the act on it. `round_before_id` and `round_after_id` are the rounds that the two days are of.
    """

    __tablename__ = "plan_changes"
    __table_args__ = (Index(None, "plan_id", "changed_at"), Index(None, "subject_id", "changed_at"))
    prefix = "PLC"
    plan_id: Mapped[str] = reference("work_plans", index=False)
    subject_id: Mapped[str] = mapped_column(String(LENGTH))
    subject_name: Mapped[str]
    kind: Mapped[PlanChangeKind] = choice(PlanChangeKind)
    field: Mapped[PlanField] = choice(PlanField)
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    latest_before: Mapped[date | None]
    latest_after: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    cause: Mapped[MilestoneCause | None] = choice(MilestoneCause, nullable=True)
    cause_title: Mapped[str] = mapped_column(default="", server_default="")
    cause_on: Mapped[date | None]
    cause_round_id: Mapped[str | None] = reference("rounds")
    round_before_id: Mapped[str | None] = reference("rounds")
    round_after_id: Mapped[str | None] = reference("rounds")
    changed_by_id: Mapped[str] = reference("delegates")
    changed_at: Mapped[datetime]
    plan: Mapped[WorkPlan] = to("PlanChange.plan_id")
    changed_by: Mapped[Delegate] = to("PlanChange.changed_by_id")
