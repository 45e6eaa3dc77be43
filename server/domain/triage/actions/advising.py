"""Forwarding a comment for advice, and giving the advice."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import get_body
from server.domain.parties.queries import get_delegate
from server.domain.rounds import queries as rounds
from server.domain.rounds.rules.facts import CommentFacts
from server.domain.triage import policy
from server.domain.triage.queries import loading
from server.domain.triage.rules.facts import AdviceFacts
from server.domain.triage.rules.sorting import check_words
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.triage import AdviceRequest


async def forward_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    body_id: str | None,
    delegate_id: str | None,
    question: str,
    due_on: date,
) -> str:
    """Ask a body or a person for advice on a comment until a day, and return the id of the request.

    Those who are asked read the words of the comment, whether or not they see the comment itself.
    """
    comment = await rounds.get_comment(session, actor, now, comment_id)
    policy.forward_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    issues = check_words("question", question)
    if (body_id is None) == (delegate_id is None):
        issues.append(Issue("bodyId", IssueCode.UNFIT, why="name a body or a person, one of the two"))
    if due_on < now.date():
        issues.append(Issue("dueOn", IssueCode.DAY_TOO_EARLY, earliest=now.date().isoformat()))
    ensure_well_formed(issues)
    request = AdviceRequest(
        comment_id=comment.id,
        body_id=(await get_body(session, actor, now, body_id)).id if body_id else None,
        delegate_id=(await get_delegate(session, actor, now, delegate_id)).id if delegate_id else None,
        question=question.strip(),
        due_on=due_on,
        asked_by_id=actor.delegate_id,
        asked_at=now,
    )
    session.add(request)
    await record(session, actor, policy.forward_comment, request.id, now, comment=comment.id, due_on=due_on)
    return request.id


async def give_advice(
    session: AsyncSession, actor: Actor, now: datetime, *, advice_id: str, advice: str, expected_revision: int
) -> str:
    """Give the advice that was asked for, once, and return the id of the request."""
    request = await loading.get_advice(session, actor, now, advice_id)
    policy.give_advice.ensure(actor, facts_of(AdviceFacts, request), now)
    ensure_current("request for advice", request.id, expected=expected_revision, current=request.revision)
    ensure_well_formed(check_words("advice", advice))
    request.advice, request.given_by_id, request.given_at = advice.strip(), actor.delegate_id, now
    request.revision += 1
    await record(session, actor, policy.give_advice, request.id, now, comment=request.comment_id)
    return request.id
