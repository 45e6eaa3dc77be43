"""Undoing answers that were given together: what stood before stands again, and what was undone stays on record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.triage import policy
from server.domain.triage.actions.answering import reference_of
from server.domain.triage.queries import loading
from server.domain.triage.rules.facts import BatchFacts
from server.domain.triage.rules.life import UNDO_RULE
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.rounds import Comment, Disposition
from server.models.triage import CommentPoint
from server.vocabulary.rounds import COMMENT_LIFECYCLE, UNDISPOSED, CommentStatus, DispositionStage

ANSWERED = (CommentStatus.DISPOSITION_PROPOSED, CommentStatus.DISPOSED)
"""Statuses of a comment for which an answer as a whole stands."""


async def undo_answers(
    session: AsyncSession, actor: Actor, now: datetime, *, batch_id: str, reason: str, expected_revision: int
) -> str:
    """Undo the answers of a batch, all or none, with a reason; return the batch's id.

    Refuses where a comment was answered anew since, and once a version is being made of the answers.
    """
    batch = await loading.get_batch(session, actor, now, batch_id)
    policy.undo_answers.ensure(actor, facts_of(BatchFacts, batch), now)
    ensure_current("batch", batch.id, expected=expected_revision, current=batch.revision)
    ensure_well_formed([] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)])
    answers = await loading.answers_in(session, batch.id)
    comment_ids = {answer.comment_id for answer in answers}
    comments = await loading.lock_comments(session, actor, now, comment_ids)
    points = await loading.points_of(session, comment_ids)
    _ensure_untouched(answers, comments, points)
    _ensure_not_asked_again(answers, comments)
    if await loading.is_text_made(session, {_version_of(comment) for comment in comments.values()}):
        raise _stands("A version is made of these answers. Abandon it first; once it is issued they stand.")
    before = _find_latest(await loading.earlier_answers(session, batch.id, comment_ids))
    _ensure_all_answered(answers, before, comments, points)
    batch.undone_by_id, batch.undone_at, batch.undo_reason = actor.delegate_id, now, reason.strip()
    batch.revision += 1
    await session.flush()  # the database lets a recorded answer go only with its undone batch
    _put_back(answers, before, comments, points)
    await record(session, actor, policy.undo_answers, batch.id, now, round=batch.round_id, reason=batch.undo_reason)
    return batch.id


def _version_of(comment: Comment) -> str:
    """Return the version that a comment is on now."""
    carried = comment.work.carried
    return carried.text_version_id if carried else comment.round.text_version_id


def _stands(message: str) -> Refusal:
    return Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=UNDO_RULE)


def _ensure_untouched(
    answers: Iterable[Disposition], comments: Mapping[str, Comment], points: Mapping[str, Sequence[CommentPoint]]
) -> None:
    """Refuse where another answer stands by now. A comment that was withdrawn since stays withdrawn."""
    standing = {point.disposition_id for each in points.values() for point in each}
    standing |= {comment.work.disposition_id for comment in comments.values()}
    for answer in answers:
        comment = comments[answer.comment_id]
        if answer.id not in standing and comment.work.status != CommentStatus.WITHDRAWN:
            raise _stands(f"{reference_of(comment)} was answered anew since. Undo that first.")


def _ensure_not_asked_again(answers: Iterable[Disposition], comments: Mapping[str, Comment]) -> None:
    """Refuse where a comment was put off, by these answers or after them, and came back on an issued version."""
    for answer in answers:
        comment = comments[answer.comment_id]
        whole, status = comment.work.disposition, comment.work.status
        if whole is None or whole.stage != DispositionStage.RECORDED or status not in UNDISPOSED:
            continue
        if (answer.decided_at, answer.id) <= (whole.decided_at, whole.id):
            raise _stands(f"{reference_of(comment)} was put off and came back with an issued version.")


def _find_latest(earlier: Iterable[Disposition]) -> dict[str, Disposition]:
    """Return the latest of earlier answers to each comment and each point."""
    before: dict[str, Disposition] = {}
    for answer in earlier:
        before.setdefault(_target_of(answer), answer)
    return before


def _ensure_all_answered(
    answers: Iterable[Disposition],
    before: Mapping[str, Disposition],
    comments: Mapping[str, Comment],
    points: Mapping[str, Sequence[CommentPoint]],
) -> None:
    """Refuse where a comment would stay answered as a whole, by a later act, while a point of it is open again."""
    undone = {_target_of(answer) for answer in answers}
    for comment in comments.values():
        whole, status = comment.work.disposition, comment.work.status
        if whole is None or comment.id in undone or status not in ANSWERED:
            continue
        for point in (point for point in points.get(comment.id, ()) if point.id in undone):
            previous = before.get(point.id)
            is_open = status == CommentStatus.DISPOSED and previous and previous.stage != DispositionStage.RECORDED
            if previous is None or is_open:
                raise _stands(f"{reference_of(comment)} was answered as a whole since. Undo that first.")


def _put_back(
    answers: Iterable[Disposition],
    before: Mapping[str, Disposition],
    comments: Mapping[str, Comment],
    points: Mapping[str, Sequence[CommentPoint]],
) -> None:
    """Let stand again what stood before: for each comment and each point its latest earlier answer, or none."""
    undone = {_target_of(answer) for answer in answers}
    for point in (point for each in points.values() for point in each if point.id in undone):
        previous = before.get(point.id)
        point.disposition_id = previous.id if previous else None
    for comment in comments.values():
        comment.work.revision += 1
        if comment.id not in undone or comment.work.status == CommentStatus.WITHDRAWN:
            continue
        previous = before.get(comment.id)
        is_proposed = previous is not None and previous.stage == DispositionStage.PROPOSED
        towards = CommentStatus.DISPOSITION_PROPOSED if is_proposed else CommentStatus.SUBMITTED
        comment.work.disposition_id = previous.id if previous else None
        comment.work.status = COMMENT_LIFECYCLE.target(policy.undo_answers.name, comment.work.status, towards)


def _target_of(answer: Disposition) -> str:
    """Return the id of what an answer is to: a point, or a comment as a whole."""
    origin = answer.origin  # type: ignore[attr-defined]
    return str(origin.point_id) if origin and origin.point_id else answer.comment_id
