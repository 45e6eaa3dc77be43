"""Answering several comments, points and groups by one act, which stands or falls together, and undoing it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import queries as rounds
from server.domain.rounds.actions.answering import WHOLE_RULE, begin_answers, check_answer, ensure_placed
from server.domain.rounds.rules.checks import check_disposition
from server.domain.rounds.rules.facts import CitedFacts, CommentFacts, RoundFacts, cite
from server.domain.triage import policy
from server.domain.triage.actions.giving import Giving, Hand, bind_answers, give_answers, words_of
from server.domain.triage.queries import loading
from server.domain.triage.rules.points import Answer, pass_on
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import (
    Refusal,
    RefusalCode,
    RefusalKind,
    ensure_current,
    ensure_well_formed,
    not_found,
)
from server.models.rounds import Comment
from server.models.triage import AnswerBatch, CommentPoint, ReusableAnswer
from server.vocabulary.rounds import ACCEPTING, COMMENT_LIFECYCLE, DispositionStage, DispositionVerdict

MOST_ANSWERS = 200
"""Answers that one act gives at most."""
UNSAID = Answer(DispositionVerdict.NOTED)
"""Stands for an answer that nobody gave."""


class AnswerTo(NamedTuple):
    """What one comment or point is answered. Without a verdict it takes the answer that is shared."""

    comment_id: str
    expected_revision: int
    point_id: str | None = None
    verdict: DispositionVerdict | None = None
    reason: str = ""
    wording: str | None = None


async def propose_answers(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    answers: tuple[AnswerTo, ...],
    verdict: DispositionVerdict | None = None,
    reason: str = "",
    reusable_answer_id: str | None = None,
) -> str:
    """Propose answers to comments, points and groups of a closed round, all or none; return the batch's id."""
    shared = Answer(verdict, reason) if verdict else None
    act, stage = policy.propose_answers, DispositionStage.PROPOSED
    return await _answer(session, actor, now, act, stage, round_id, answers, shared, reusable_answer_id)


async def record_answers(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    answers: tuple[AnswerTo, ...],
    verdict: DispositionVerdict | None = None,
    reason: str = "",
    reusable_answer_id: str | None = None,
) -> str:
    """Record answers to comments, points and groups of a closed round, all or none; return the batch's id.

    Without a verdict each takes the answer that is proposed for it.
    """
    shared = Answer(verdict, reason) if verdict else None
    act, stage = policy.record_answers, DispositionStage.RECORDED
    return await _answer(session, actor, now, act, stage, round_id, answers, shared, reusable_answer_id)


async def _answer(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[Any],
    stage: DispositionStage,
    round_id: str,
    answers: tuple[AnswerTo, ...],
    shared: Answer | None,
    kept_id: str | None,
) -> str:
    """Answer for one of the two acts, and return the id of the batch."""
    is_first = not await rounds.has_answers(session, round_id)
    round_ = await rounds.get_round(session, actor, now, round_id, lock=is_first)
    comment_ids = {each.comment_id for each in answers}
    comments = await loading.get_comments(session, actor, now, round_.id, comment_ids)
    act.ensure(actor, facts_of(RoundFacts, round_), now)
    reusable = await loading.get_kept(session, actor, now, kept_id) if kept_id else None
    if reusable is not None and reusable.round_id != round_.id:
        raise not_found("reusable answer")
    ensure_well_formed(_check_count(answers))
    points, leads = await loading.points_of(session, comment_ids), await loading.leads_of(session, comment_ids)
    chosen = [_choose(each, comments[each.comment_id], points, stage, shared, reusable) for each in answers]
    ensure_well_formed([issue for place, each in enumerate(chosen) for issue in _check_giving(place, each)])
    for each, giving in zip(answers, chosen, strict=True):
        current = giving.comment.work.revision
        ensure_current("comment", each.comment_id, expected=each.expected_revision, current=current)
        _ensure_possible(act, giving, points, leads, now)
    givings = await _with_members(session, actor, now, act, chosen)
    batch = AnswerBatch(
        round_id=round_.id, stage=stage, answer_count=len(givings), made_by_id=actor.delegate_id, made_at=now
    )
    session.add(batch)
    await session.flush()
    written = await give_answers(session, Hand(actor, now, act.name, stage, batch.id), givings, points)
    await begin_answers(session, round_, now)
    details = bind_answers(written) if stage == DispositionStage.RECORDED else {"answers": len(givings)}
    await record(session, actor, act, batch.id, now, round=round_.id, **details)
    return batch.id


def _check_count(answers: Sequence[AnswerTo]) -> list[Issue]:
    """Return every fault of the list: empty, too long, the same comment or point twice, a wording without verdict."""
    if not 0 < len(answers) <= MOST_ANSWERS:
        return [Issue("answers", IssueCode.COUNT, limit=MOST_ANSWERS)]
    targets = [(each.comment_id, each.point_id) for each in answers]
    issues = []
    for place, each in enumerate(answers):
        if targets.index(targets[place]) < place:
            issues.append(Issue(f"answers.{place}.commentId", IssueCode.REPEATED))
        if each.verdict is None and each.wording is not None:
            issues.append(Issue(f"answers.{place}.wording", IssueCode.WORDING_SUPERFLUOUS))
    return issues


def _choose(
    sent: AnswerTo,
    comment: Comment,
    points: Mapping[str, Sequence[CommentPoint]],
    stage: DispositionStage,
    shared: Answer | None,
    kept: ReusableAnswer | None,
) -> Giving:
    """Return what a comment or point is answered: its own answer, the reusable, the shared, or the proposed one.

    Without any of these the answer is UNSAID.
    """
    point = next((each for each in points.get(comment.id, ()) if each.id == sent.point_id), None)
    if sent.point_id is not None and point is None:
        raise not_found("point")
    if sent.verdict is not None:
        return Giving(comment, point, Answer(sent.verdict, sent.reason, sent.wording))
    if kept is not None:
        return Giving(comment, point, Answer(kept.verdict, kept.reason), kept.id)
    if shared is not None:
        return Giving(comment, point, shared)
    proposed = point.disposition if point else comment.work.disposition
    if stage == DispositionStage.RECORDED and proposed and proposed.stage == DispositionStage.PROPOSED:
        return Giving(comment, point, Answer(proposed.verdict, proposed.reason, proposed.wording))
    return Giving(comment, point, UNSAID)


def _check_giving(place: int, giving: Giving) -> list[Issue]:
    """Return every fault of one answer, at its place in the list."""
    comment, point, answer = giving.comment, giving.point, giving.answer
    if answer is UNSAID:
        return [Issue(f"answers.{place}.verdict", IssueCode.EMPTY)]
    if point is None or point.has_wording:
        issues = check_answer(comment, *answer)
    else:
        issues = check_disposition(*answer)
        if answer.verdict in ACCEPTING:
            issues.append(Issue("verdict", IssueCode.WORDING_WITHOUT_PROPOSAL))
    return [Issue(f"answers.{place}.{issue.path}", issue.code, **issue.parameters) for issue in issues]


def _ensure_possible(
    act: Act[Any], giving: Giving, points: Mapping[str, Sequence[CommentPoint]], leads: Mapping[str, str], now: datetime
) -> None:
    """Refuse an answer to a comment that waits for none, or that is answered in parts or with another one."""
    comment = giving.comment
    reference = reference_of(comment)
    if obstacle := COMMENT_LIFECYCLE.allows(act.name)(facts_of(CommentFacts, comment), now):
        raise _not_now(f"{reference}: {obstacle.message}", obstacle.rule)
    if giving.point is None and comment.id in points:
        raise _not_now(f"{reference} was split into points.", WHOLE_RULE)
    if leads.get(comment.id, comment.id) != comment.id:
        raise _not_now(f"{reference} is answered with the lead of its group.", WHOLE_RULE)
    if act is policy.record_answers and (giving.point is None or giving.point.has_wording):
        ensure_placed(comment, giving.answer.verdict)


def _not_now(message: str, rule: str) -> Refusal:
    return Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=rule)


def reference_of(comment: Comment) -> str:
    """Return the reference by which papers cite a comment, such as Japan R3-1. Its party is loaded with it."""
    return cite(facts_of(CitedFacts, comment)) or ""


async def _with_members(
    session: AsyncSession, actor: Actor, now: datetime, act: Act[Any], givings: Sequence[Giving]
) -> list[Giving]:
    """Return the answers to the chosen comments, each followed by those to the other members of its group."""
    groups = await loading.members_of(session, [each.comment.id for each in givings if each.point is None])
    others = [each for ids in groups.values() for each in ids]
    members = await loading.lock_comments(session, actor, now, others) if others else {}
    whole = []
    for giving in givings:
        whole.append(giving)
        lead, reference = words_of(giving.comment), reference_of(giving.comment)
        for member in (members[each] for each in groups.get(giving.comment.id, ())):
            answer = pass_on(giving.answer, lead, words_of(member), reference)
            if act is policy.record_answers:
                ensure_placed(member, answer.verdict)
            whole.append(Giving(member, None, answer, giving.kept_id, giving.comment.id))
    return whole
