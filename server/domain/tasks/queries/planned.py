"""Statements for what waits in work plans: proposed changes of milestones."""

from sqlalchemy import null, select

from server.domain.planning.queries import visible_milestone_changes
from server.domain.tasks.queries.kinds import Subjects
from server.kernel.predicates import led_bodies
from server.models.planning import Milestone, MilestoneChange
from server.models.workplan import WorkPlan
from server.vocabulary.workplan import MilestoneChangeStatus, MilestoneStatus


def select_proposed_changes() -> Subjects:
    """Return the statement for proposed changes of milestones that the caller approves, the oldest first."""
    return (
        select(MilestoneChange.id, null(), Milestone.name, WorkPlan.title, null())
        .join(Milestone, Milestone.id == MilestoneChange.milestone_id)
        .join(WorkPlan, WorkPlan.id == Milestone.plan_id)
        .where(
            visible_milestone_changes(MilestoneChange),
            MilestoneChange.status == MilestoneChangeStatus.PROPOSED,
            Milestone.status == MilestoneStatus.PLANNED,
            Milestone.approver_body_id.in_(led_bodies),
        )
        .order_by(MilestoneChange.proposed_at, MilestoneChange.id)
    )
