"""Keeping reusable answers, settling answers together, and how a party takes the answer to its comment."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import queries as rounds
from server.domain.rounds.actions.answering import ensure_placed
from server.domain.rounds.rules.checks import check_disposition
from server.domain.rounds.rules.facts import RoundFacts
from server.domain.triage import policy
from server.domain.triage.actions.giving import Giving, Hand, bind_answers, give_answers
from server.domain.triage.queries import loading
from server.domain.triage.rules.facts import AnswerFacts
from server.domain.triage.rules.life import SETTLING_RULE
from server.domain.triage.rules.points import Answer
from server.domain.triage.rules.sorting import TEXT_LIMIT, check_words
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_well_formed
from server.models.rounds import Disposition
from server.models.triage import AnswerReaction, AnswerSettling, ReusableAnswer
from server.vocabulary.rounds import DispositionStage, DispositionVerdict
from server.vocabulary.triage import Reaction, SettlingSide

TITLE_LIMIT = 120


async def keep_answer(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    title: str,
    verdict: DispositionVerdict,
    reason: str,
) -> str:
    """Keep an answer to be given to several comments of a closed round, and return its id. It never changes."""
    round_ = await rounds.get_round(session, actor, now, round_id, lock=True)
    policy.keep_answer.ensure(actor, facts_of(RoundFacts, round_), now)
    title = " ".join(title.split())
    issues = [] if 0 < len(title) <= TITLE_LIMIT else [Issue("title", IssueCode.LENGTH, limit=TITLE_LIMIT)]
    if verdict == DispositionVerdict.ACCEPTED_WITH_MODIFICATION:
        allowed = tuple(each for each in DispositionVerdict if each != verdict)
        issues.append(Issue("verdict", IssueCode.NOT_ONE_OF, allowed=allowed))
    else:
        issues += check_disposition(verdict, reason, None)
    issues += [Issue("reason", IssueCode.TOO_LONG, limit=TEXT_LIMIT)] if len(reason) > TEXT_LIMIT else []
    issues += [Issue("title", IssueCode.REPEATED)] if await loading.is_title_taken(session, round_.id, title) else []
    ensure_well_formed(issues)
    answer = ReusableAnswer(
        round_id=round_.id,
        title=title,
        verdict=verdict,
        reason=reason.strip(),
        kept_by_id=actor.delegate_id,
        kept_at=now,
    )
    session.add(answer)
    await record(session, actor, policy.keep_answer, answer.id, now, round=round_.id, title=title, verdict=verdict)
    return answer.id


async def settle_answer(session: AsyncSession, actor: Actor, now: datetime, *, disposition_id: str) -> str:
    """Settle a proposed answer on a point of language for one of the two sides, and return the comment's id.

    When those who lead the body and the Secretariat have both settled it, in either order, it is recorded.
    """
    disposition = await loading.get_disposition(session, actor, now, disposition_id)
    policy.settle_answer.ensure(actor, facts_of(AnswerFacts, disposition), now)
    side = SettlingSide.SECRETARIAT if actor.is_secretariat else SettlingSide.COORDINATORS
    settlings = await loading.settlings_of(session, disposition.id)
    if any(each.side == side for each in settlings):
        message = "Your side has settled this answer; the other side has not yet."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message, rule=SETTLING_RULE)
    if any(each.delegate.person_id == actor.person_id for each in settlings):
        message = "You have settled this answer for the other side: somebody else settles it for this one."
        raise Refusal(RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN, message, rule=SETTLING_RULE)
    settling = AnswerSettling(disposition_id=disposition.id, side=side, delegate_id=actor.delegate_id, settled_at=now)
    session.add(settling)
    details = await _record_settled(session, actor, now, disposition) if settlings else {}
    details = {"disposition": disposition.id, "side": side} | details
    await record(session, actor, policy.settle_answer, disposition.comment_id, now, **details)
    return disposition.comment_id


async def _record_settled(session: AsyncSession, actor: Actor, now: datetime, proposed: Disposition) -> dict[str, Any]:
    """Record an answer that both sides have settled, to the comment or to its point; return what binds it."""
    comment_id = proposed.comment_id
    comment = (await loading.lock_comments(session, actor, now, [comment_id]))[comment_id]
    points = await loading.points_of(session, [comment_id])
    origin = proposed.origin  # type: ignore[attr-defined]
    point = next((each for each in points.get(comment_id, ()) if origin and each.id == origin.point_id), None)
    if point is None and comment_id in points:
        message = "This comment was split into points: settle the answers to those."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=SETTLING_RULE)
    if point is None or point.has_wording:
        ensure_placed(comment, proposed.verdict)
    answer = Answer(proposed.verdict, proposed.reason, proposed.wording)
    hand = Hand(actor, now, policy.settle_answer.name, DispositionStage.RECORDED)
    giving = Giving(comment, point, answer, origin and origin.answer_id)
    return bind_answers(await give_answers(session, hand, [giving], points))


async def react_to_answer(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    disposition_id: str,
    reaction: Reaction,
    reason: str = "",
) -> str:
    """Say once, for the party of a comment, whether it is content with the recorded answer; return the comment's id.

    To maintain a comment needs a reason.
    """
    disposition = await loading.get_disposition(session, actor, now, disposition_id)
    policy.react_to_answer.ensure(actor, facts_of(AnswerFacts, disposition), now)
    issues = check_words("reason", reason) if reaction == Reaction.MAINTAINS or reason.strip() else []
    if reaction == Reaction.MAINTAINS and not reason.strip():
        issues = [Issue("reason", IssueCode.REASON_MISSING)]
    ensure_well_formed(issues)
    comment = disposition.comment  # type: ignore[attr-defined]
    session.add(
        AnswerReaction(
            comment_id=comment.id,
            round_id=comment.round_id,
            disposition_id=disposition.id,
            party_id=actor.party_id,
            delegate_id=actor.delegate_id,
            reaction=reaction,
            reason=reason.strip(),
            reacted_at=now,
        )
    )
    details = {"disposition": disposition.id, "reaction": reaction, "reason": reason.strip()}
    await record(session, actor, policy.react_to_answer, comment.id, now, round=comment.round_id, **details)
    return str(comment.id)
