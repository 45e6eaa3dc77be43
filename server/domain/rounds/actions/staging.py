"""Keep how far a draft has come inside its delegation, and what was done with it."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds.rules.clearance import stage_after_revision
from server.kernel.actor import Actor
from server.models.delegations import DraftStep, DraftWork
from server.models.rounds import Comment
from server.vocabulary.delegations import DraftStage, DraftStepKind

_WORDS = ("type", "text", "reason", "quote_exact", "proposed_wording")


def stage_of(comment: Comment) -> DraftStage:
    """Return the stage of a draft; one that a server of an earlier release wrote has no row and is being written."""
    return comment.draft.stage if comment.draft else DraftStage.DRAFT


def move_draft(session: AsyncSession, comment: Comment, stage: DraftStage, **values: Any) -> None:
    """Set the stage of a draft, and who cleared it first or into which draft it went; both are null unless given."""
    changed = {"cleared_by_id": None, "merged_into_id": None, "stage": stage} | values
    if comment.draft is None:
        session.add(DraftWork(comment_id=comment.id, **changed))
        return
    for name, value in changed.items():
        setattr(comment.draft, name, value)


def add_step(
    session: AsyncSession, actor: Actor, now: datetime, comment: Comment, kind: DraftStepKind, **values: Any
) -> None:
    """Note one step of a draft, for its delegation only."""
    session.add(DraftStep(comment_id=comment.id, kind=kind, taken_by_id=actor.delegate_id, taken_at=now, **values))


def words_of(comment: Comment) -> dict[str, Any]:
    """Return what a draft says, as a step keeps it; what it does not say is left out."""
    return {name: str(value) for name in _WORDS if (value := getattr(comment, name)) is not None}


def note_revision(session: AsyncSession, actor: Actor, now: datetime, comment: Comment) -> None:
    """Keep the words of a draft that is about to be rewritten, and take its clearances away."""
    add_step(session, actor, now, comment, DraftStepKind.REVISED, words=words_of(comment))
    move_draft(session, comment, stage_after_revision(stage_of(comment), is_focal_point=actor.is_focal_point))
