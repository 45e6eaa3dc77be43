"""Taking a step with a round, which everybody who sees the round can read with its reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.models.calling import RoundStep
from server.models.rounds import Round
from server.vocabulary.calling import RoundStepKind


def check_reason(reason: str) -> list[Issue]:
    """Return the fault of a reason that says nothing."""
    return [] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)]


async def take_step(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    round_: Round,
    kind: RoundStepKind,
    reason: str,
    *,
    after: datetime | None = None,
    changed: Sequence[str] = (),
) -> None:
    """Write a step, and count it as a revision of the round. `after` is the closing instant that holds from now on."""
    moves = after is not None and after != round_.closes_at
    round_.revision += 1
    session.add(
        RoundStep(
            round_id=round_.id,
            kind=kind,
            reason=reason.strip(),
            taken_by_id=actor.delegate_id,
            taken_at=now,
            round_revision=round_.revision,
            closes_before=round_.closes_at if moves else None,
            closes_after=after if moves else None,
            changed=list(changed),
        )
    )
    await session.flush()  # the database takes other terms only with a step that says so
