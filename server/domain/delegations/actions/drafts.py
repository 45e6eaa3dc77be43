"""What happens to a draft inside its delegation: presented, cleared, returned, merged, discarded."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.delegations import policy, queries
from server.domain.delegations.rules import inside
from server.domain.delegations.rules.facts import DraftFacts
from server.domain.rounds.actions import filing, staging
from server.domain.rounds.rules.checks import Content
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed, invalid
from server.models.rounds import Comment
from server.vocabulary.delegations import DRAFT_LIFECYCLE, DraftStage, DraftStepKind
from server.vocabulary.rounds import COMMENT_LIFECYCLE


async def present_draft(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, expected_revision: int
) -> str:
    """Give a draft to those who clear it, and return the comment's id."""
    comment, facts = await _get_for(session, actor, now, policy.present_draft, comment_id, expected_revision)
    staging.move_draft(session, comment, DRAFT_LIFECYCLE.target("present_draft", facts.stage))
    staging.add_step(session, actor, now, comment, DraftStepKind.PRESENTED)
    return await _record(session, actor, now, policy.present_draft, comment)


async def clear_draft(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, expected_revision: int
) -> str:
    """Give a draft the clearance for which it waits, without filing it, and return the comment's id."""
    comment, facts = await _get_for(session, actor, now, policy.clear_draft, comment_id, expected_revision)
    stage = inside.stage_after_clearance(facts)
    cleared_by_id = actor.delegate_id if stage is DraftStage.CLEARED_ONCE else facts.cleared_by_id
    staging.move_draft(session, comment, stage, cleared_by_id=cleared_by_id)
    staging.add_step(session, actor, now, comment, DraftStepKind.CLEARED)
    return await _record(session, actor, now, policy.clear_draft, comment)


async def return_draft(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, reason: str, expected_revision: int
) -> str:
    """Give a draft back to its writer, with a reason, and return the comment's id. Its clearances are gone."""
    comment, facts = await _get_for(session, actor, now, policy.return_draft, comment_id, expected_revision)
    ensure_well_formed(inside.check_reason(reason))
    staging.move_draft(session, comment, DRAFT_LIFECYCLE.target("return_draft", facts.stage))
    staging.add_step(session, actor, now, comment, DraftStepKind.RETURNED, reason=reason.strip())
    return await _record(session, actor, now, policy.return_draft, comment)


async def merge_drafts(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    expected_revision: int,
    merged_id: str,
    merged_revision: int,
    content: Content,
) -> str:
    """Make one draft of two of the party, and return the id of the one that goes on, which says `content` now.

    The words of both as they were stay on record inside the delegation.
    """
    # Locked in the order of their ids, so that two colleagues who merge the same drafts do not wait for each other.
    for each in sorted((comment_id, merged_id)):
        await queries.get_draft(session, actor, now, each)
    comment, _ = await _get_for(session, actor, now, policy.merge_drafts, comment_id, expected_revision)
    if comment_id == merged_id:
        raise invalid(Issue("mergedId", IssueCode.REPEATED))
    merged, facts = await _get_for(session, actor, now, policy.merge_drafts, merged_id, merged_revision)
    if merged.round_id != comment.round_id:
        raise invalid(Issue("mergedId", IssueCode.UNFIT, why="the two drafts are in different rounds"))
    await filing.rewrite(session, actor, now, comment, content)
    staging.add_step(session, actor, now, comment, DraftStepKind.MERGED, other_id=merged.id)
    stage = DRAFT_LIFECYCLE.target("merge_drafts", facts.stage, DraftStage.MERGED)
    staging.move_draft(session, merged, stage, merged_into_id=comment.id)
    staging.add_step(session, actor, now, merged, DraftStepKind.MERGED, other_id=comment.id)
    merged.work.status = COMMENT_LIFECYCLE.target("merge_drafts", merged.work.status)
    merged.work.revision += 1
    await record(session, actor, policy.merge_drafts, comment.id, now)
    return comment.id


async def discard_draft(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, expected_revision: int
) -> str:
    """Give up a draft, and return the comment's id. Its words stay on record inside the delegation."""
    comment, facts = await _get_for(session, actor, now, policy.discard_draft, comment_id, expected_revision)
    staging.move_draft(session, comment, DRAFT_LIFECYCLE.target("discard_draft", facts.stage))
    staging.add_step(session, actor, now, comment, DraftStepKind.DISCARDED)
    comment.work.status = COMMENT_LIFECYCLE.target("discard_draft", comment.work.status)
    return await _record(session, actor, now, policy.discard_draft, comment)


async def _get_for(
    session: AsyncSession, actor: Actor, now: datetime, act: Act[DraftFacts], comment_id: str, expected_revision: int
) -> tuple[Comment, DraftFacts]:
    """Return a draft on which the actor may do an act, with its facts; refuse if it has changed since it was read."""
    comment, facts = await queries.get_draft(session, actor, now, comment_id)
    act.ensure(actor, facts, now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    return comment, facts


async def _record(session: AsyncSession, actor: Actor, now: datetime, act: Act[DraftFacts], comment: Comment) -> str:
    """Count the change of a draft and record the act; return the comment's id."""
    comment.work.revision += 1
    await record(session, actor, act, comment.id, now)
    return comment.id
