"""Define the tables of work plans: topics, activities with their periods and those responsible, and every re-dating."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified, choice, lock, reference, to
from server.models.bodies import Body
from server.models.parties import Delegate, Party
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.workplan import ActivityStatus


class WorkPlan(Identified, Base):
    """The plan of work of one body. `source_digest` is the SHA-256 of the paper it was read from."""

    __tablename__ = "work_plans"
    prefix = "WPL"
    body_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("bodies.id"), unique=True)
    title: Mapped[str]
    source_name: Mapped[str] = mapped_column(default="")
    source_digest: Mapped[str] = mapped_column(String(64), default="")
    imported_at: Mapped[datetime | None]
    body: Mapped[Body] = to("WorkPlan.body_id")


class WorkItem(Identified, Base):
    """A topic of a work plan; `body_id` is the group to which it was given, null if to none."""

    __tablename__ = "work_items"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    prefix = "WIT"
    plan_id: Mapped[str] = reference("work_plans")
    number: Mapped[int]
    title: Mapped[str]
    body_id: Mapped[str | None] = reference("bodies")
    revision: Mapped[int] = lock()
    plan: Mapped[WorkPlan] = to("WorkItem.plan_id")
    body: Mapped[Body | None] = to("WorkItem.body_id")


class Activity(Identified, Base):
    """A step of a work item. The period is earliest, latest and the label as printed; the baseline never changes.

    `evidence_id` is the issued version, decision or round that shows the activity done.
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
