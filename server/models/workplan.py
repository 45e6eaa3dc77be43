"""Define the tables of work plans: topics, activities with their periods and those responsible, and every re-dating."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified, Named, choice, lock, order_key, reference, to, unique_while
from server.models.bodies import Body
from server.models.parties import Delegate, Party
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.workplan import ActivityStatus

PRINTED = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""What a paper printed, null where none was read since this is kept."""


class WorkPlan(Named, Identified, Base):
    """The plan of work of one body. `source_digest` is the SHA-256 of the paper it was read from.

    A body has one plan at a time: the one with `closed_at` null. `follows_id` is the plan whose open work it took over,
    `decided_on` the day on which the body agreed on it, null in a plan from before this was asked.
    """

    __tablename__ = "work_plans"
    __table_args__ = (unique_while("uq_work_plans_open", "closed_at IS NULL", "body_id"),)
    prefix = "WPL"
    body_id: Mapped[str] = reference("bodies")
    title: Mapped[str]
    title_key: Mapped[str] = order_key("title")
    source_name: Mapped[str] = mapped_column(default="")
    source_digest: Mapped[str] = mapped_column(String(64), default="")
    imported_at: Mapped[datetime | None]
    decided_on: Mapped[date | None]
    follows_id: Mapped[str | None] = reference("work_plans")
    closed_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column("version", key="revision", default=1, server_default="1")
    body: Mapped[Body] = to("WorkPlan.body_id")
    follows: Mapped["WorkPlan | None"] = to("WorkPlan.follows_id", remote="WorkPlan.id")


class WorkItem(Identified, Base):
    """A topic of a work plan; `body_id` is the group to which it was given, null if to none.

    `printed_title` is the title in the paper that was read last, null where none was. `carried_from_id` is the topic of
    the plan before that goes on here.
    """

    __tablename__ = "work_items"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    prefix = "WIT"
    plan_id: Mapped[str] = reference("work_plans")
    number: Mapped[int]
    title: Mapped[str]
    body_id: Mapped[str | None] = reference("bodies")
    revision: Mapped[int] = lock()
    printed_title: Mapped[str | None]
    dropped_at: Mapped[datetime | None]
    drop_reason: Mapped[str | None]
    carried_from_id: Mapped[str | None] = reference("work_items")
    plan: Mapped[WorkPlan] = to("WorkItem.plan_id")
    carried_from: Mapped["WorkItem | None"] = to("WorkItem.carried_from_id", remote="WorkItem.id")
    body: Mapped[Body | None] = to("WorkItem.body_id")


class Activity(Identified, Base):
    """A step of a work item. The period is earliest, latest and the label as printed; the baseline never changes.

    `evidence_id` is the issued version, decision or round that shows the activity done. While it is blocked,
    `blocked_by` says what it waits for and `blocked_by_id` is that thing if it is on record. `printed` is the row of
    the paper that was read last: description, responsible, timeline and remarks. `carried_from_id` is the activity of
    the plan before that goes on here.
    """

    __tablename__ = "activities"
    __table_args__ = (UniqueConstraint("work_item_id", "position"),)
    prefix = "ACT"
    work_item_id: Mapped[str] = reference("work_items")
    position: Mapped[int]
    description: Mapped[str]
    remarks: Mapped[str] = mapped_column(default="")
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    label: Mapped[str] = mapped_column(default="")
    baseline_earliest: Mapped[date | None]
    baseline_latest: Mapped[date | None]
    baseline_label: Mapped[str] = mapped_column(default="")
    status: Mapped[ActivityStatus] = choice(ActivityStatus, default=ActivityStatus.NOT_STARTED)
    evidence_id: Mapped[str | None] = mapped_column(String(LENGTH))
    settled_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    drop_reason: Mapped[str | None]
    blocked_by: Mapped[str | None]
    blocked_by_id: Mapped[str | None] = mapped_column(String(LENGTH))
    blocked_at: Mapped[datetime | None]
    printed: Mapped[dict[str, Any] | None] = mapped_column(PRINTED)
    carried_from_id: Mapped[str | None] = reference("activities")
    carried_from: Mapped["Activity | None"] = to("Activity.carried_from_id", remote="Activity.id")
    work_item: Mapped[WorkItem] = to("Activity.work_item_id")


class Responsible(Identified, Base):
    """One of those responsible for an activity, as printed, and the party, body or function it means, if known."""

    __tablename__ = "responsibles"
    __table_args__ = (UniqueConstraint("activity_id", "position"),)
    prefix = "RES"
    activity_id: Mapped[str] = reference("activities")
    position: Mapped[int]
    label: Mapped[str]
    party_id: Mapped[str | None] = reference("parties")
    body_id: Mapped[str | None] = reference("bodies")
    function: Mapped[FunctionKind | None] = choice(FunctionKind, nullable=True)
    party: Mapped[Party | None] = to("Responsible.party_id")
    body: Mapped[Body | None] = to("Responsible.body_id")


class Redating(Identified, Base):
    """One change of an activity's period, with the reason. Never changed."""

    __tablename__ = "redatings"
    prefix = "RED"
    activity_id: Mapped[str] = reference("activities")
    label_before: Mapped[str]
    latest_before: Mapped[date | None]
    label_after: Mapped[str]
    latest_after: Mapped[date | None]
    reason: Mapped[str]
    redated_by_id: Mapped[str] = reference("delegates")
    redated_at: Mapped[datetime]
    redated_by: Mapped[Delegate] = to("Redating.redated_by_id")
