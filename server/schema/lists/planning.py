"""Filters and orders of the lists of milestones, their proposed changes, dependencies, baselines and changes."""

from datetime import datetime

import strawberry

from server.schema.reads.filters import conditions, has, one_of, since
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.workplan import MilestoneChangeStatus, MilestoneStatus, PlanChangeKind

MILESTONE_ORDERS = declare_orders(
    "MilestoneOrder",
    "milestones",
    {"PLAN": Order("plan, and in each plan as planned", EARLIEST, ("plan_id", "position", "id"))},
)
MILESTONE_CHANGE_ORDERS = declare_orders(
    "MilestoneChangeOrder",
    "proposed changes",
    {"PROPOSED_AT": Order("instant of the proposal", EARLIEST, ("proposed_at", "id"))},
    default="PROPOSED_AT_DESC",
)
DEPENDENCY_ORDERS = declare_orders(
    "DependencyOrder", "dependencies", {"PLAN": Order("plan", EARLIEST, ("plan_id", "id"))}
)
BASELINE_ORDERS = declare_orders(
    "BaselineOrder",
    "baselines",
    {"TAKEN_AT": Order("instant at which it was kept", EARLIEST, ("taken_at", "id"))},
    default="TAKEN_AT_DESC",
)
PLAN_CHANGE_ORDERS = declare_orders(
    "PlanChangeOrder",
    "changes",
    {"CHANGED_AT": Order("instant of the change", EARLIEST, ("changed_at", "id"))},
    default="CHANGED_AT_DESC",
)


@conditions("milestones")
class MilestoneFilter:
    """Filter of `milestones`."""

    plan_id: list[strawberry.ID] | None = one_of("Only milestones of one of the plans with these ids.", "plan_id")
    work_item_id: list[strawberry.ID] | None = one_of(
        "Only milestones of one of the topics with these ids.", "work_item_id"
    )
    sitting_id: list[strawberry.ID] | None = one_of(
        "Only milestones that move with one of the sittings with these ids.", "sitting_id"
    )
    round_id: list[strawberry.ID] | None = one_of(
        "Only milestones that move with one of the rounds with these ids.", "round_id"
    )
    status: list[MilestoneStatus] | None = one_of("Only milestones in one of these statuses.", "status")


@conditions("proposed changes")
class MilestoneChangeFilter:
    """Filter of `milestoneChanges`."""

    milestone_id: list[strawberry.ID] | None = one_of(
        "Only proposed changes of one of the milestones with these ids.", "milestone_id"
    )
    plan_id: list[strawberry.ID] | None = one_of(
        "Only proposed changes of milestones of one of the plans with these ids.", "milestone.plan_id"
    )
    status: list[MilestoneChangeStatus] | None = one_of("Only proposed changes in one of these statuses.", "status")


@conditions("dependencies")
class DependencyFilter:
    """Filter of `dependencies`."""

    plan_id: list[strawberry.ID] | None = one_of("Only dependencies of one of the plans with these ids.", "plan_id")
    predecessor_id: list[strawberry.ID] | None = one_of(
        "Only dependencies on one of the steps with these ids.", "predecessor_id"
    )
    successor_id: list[strawberry.ID] | None = one_of(
        "Only dependencies of one of the steps with these ids.", "successor_id"
    )
    has_ended: bool | None = has("Only dependencies that were ended, or with false only those that hold.", "ended_at")


@conditions("baselines")
class BaselineFilter:
    """Filter of `baselines`."""

    plan_id: list[strawberry.ID] | None = one_of("Only baselines of one of the plans with these ids.", "plan_id")


@conditions("changes")
class PlanChangeFilter:
    """Filter of `planChanges`."""

    plan_id: list[strawberry.ID] | None = one_of("Only changes of one of the plans with these ids.", "plan_id")
    subject_id: list[strawberry.ID] | None = one_of(
        "Only changes of one of the plans, topics, activities and milestones with these ids.", "subject_id"
    )
    kind: list[PlanChangeKind] | None = one_of("Only changes of one of these kinds.", "kind")
    changed_from: datetime | None = since("Only changes at this instant or later.", "changed_at")
