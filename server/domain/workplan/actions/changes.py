"""Writing down a change of a work plan, which everybody who sees the plan can read with its reason."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.kernel.actor import Actor
from server.models.planning import Milestone, PlanChange
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.vocabulary.workplan import MilestoneCause, PlanChangeKind, PlanField


class ChangeMade(NamedTuple):
    """What a change is about, and what stood there before and after it, as printed; the days end the two periods.

    The cause says what moved a milestone with its sitting or round, see `PlanChange`. The last two are the rounds that
    the periods before and after are of.
    """

    kind: PlanChangeKind
    field: PlanField = PlanField.WHOLE
    before: str = ""
    after: str = ""
    latest_before: date | None = None
    latest_after: date | None = None
    cause: MilestoneCause | None = None
    cause_title: str = ""
    cause_on: date | None = None
    cause_round_id: str | None = None
    round_before_id: str | None = None
    round_after_id: str | None = None

    def of_rounds(self, before_id: str | None, after_id: str | None) -> "ChangeMade":
        """Return the change with the rounds that its two periods are of; one without a day tells of none."""
        before = before_id if self.latest_before else None
        return self._replace(round_before_id=before, round_after_id=after_id if self.latest_after else None)


def name_of(subject: Any) -> str:
    """Return what a plan, a topic, an activity or a milestone is called."""
    if isinstance(subject, WorkPlan):
        return subject.title
    if isinstance(subject, WorkItem):
        return f"{subject.number}. {subject.title}"
    return subject.description if isinstance(subject, Activity) else str(subject.name)


def write_change(
    session: AsyncSession, actor: Actor, now: datetime, plan_id: str, subject: Any, change: ChangeMade, reason: str = ""
) -> None:
    """Add one change of a plan, a topic, an activity or a milestone to the session."""
    assert isinstance(subject, WorkPlan | WorkItem | Activity | Milestone)
    session.add(
        PlanChange(
            plan_id=plan_id,
            subject_id=subject.id,
            subject_name=name_of(subject),
            **change._asdict(),
            reason=reason.strip(),
            changed_by_id=actor.delegate_id,
            changed_at=now,
        )
    )
