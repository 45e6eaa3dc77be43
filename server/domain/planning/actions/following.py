"""Writing down which milestones move because the sitting or round that they stand at moves or is called off."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.planning import policy, queries
from server.domain.planning.queries import Anchored
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.domain.workplan.due import CALLED_OFF, due_period
from server.domain.workplan.periods import Period
from server.journal.actions import record_part
from server.kernel.actor import Actor
from server.models.planning import Milestone
from server.vocabulary.workplan import MilestoneCause, PlanChangeKind, PlanField

Action: TypeAlias = Callable[..., Awaitable[str]]


def with_milestones(action: Action) -> Action:
    """Return an act on a sitting or round that also writes down which milestones it moves.

    Each is a change of its plan with the cause, and an entry of the journal, by which those who follow
    the milestone are told. The act has a `sitting_id` or a `round_id`, and a `reason`.
    """

    @wraps(action)
    async def act(session: AsyncSession, actor: Actor, now: datetime, **sent: Any) -> str:
        """Do the act, and write down what it moved."""
        anchor_id = sent.get("sitting_id") or sent["round_id"]
        before = await queries.milestones_at(session, anchor_id)
        subject_id = await action(session, actor, now, **sent)
        await session.flush()
        for anchored in await queries.milestones_at(session, anchor_id):
            was = next((each for each in before if each.id == anchored.id), anchored)
            await _follow(session, actor, now, was, due_period(anchored.due), sent["reason"])
        return subject_id

    return act


async def _follow(session: AsyncSession, actor: Actor, now: datetime, was: Anchored, due: Period, reason: str) -> None:
    """Write down that a milestone is due at another time than it was, if it is."""
    former = due_period(was.due)
    if former == due:
        return
    milestone = await session.get_one(Milestone, was.id)
    is_called_off = due.label == CALLED_OFF
    if milestone.round_id is None:
        cause = MilestoneCause.SITTING_CALLED_OFF if is_called_off else MilestoneCause.SITTING_MOVED
    else:
        cause = MilestoneCause.ROUND_CALLED_OFF if is_called_off else MilestoneCause.ROUND_MOVED
    change = ChangeMade(
        *(PlanChangeKind.REDATED, PlanField.ANCHOR, former.label, due.label, former.latest, due.latest),
        *(cause, was.title, was.due.starts_on, milestone.round_id),
    )
    write_change(session, actor, now, milestone.plan_id, milestone, change, reason)
    details = {"before": former.label, "after": due.label, "reason": reason.strip()}
    await record_part(session, actor, policy.redate_milestone, milestone.id, now, **details)
