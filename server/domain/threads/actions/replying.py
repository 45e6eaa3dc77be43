"""Replying to a filed comment, and taking a reply back."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import queries as rounds
from server.domain.rounds.actions.naming import language_of
from server.domain.rounds.rules.facts import CommentFacts
from server.domain.threads import policy, rules
from server.domain.threads.queries import visible_replies
from server.domain.threads.rules import ReplyFacts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed
from server.models.rounds import Comment
from server.models.threads import Reply
from server.storage.rows import WANTED, get_row

_COMMENT_OF = select(Reply.comment_id).where(Reply.id == WANTED, visible_replies(Reply))
_REPLY = select(Reply).where(Reply.id == WANTED).execution_options(populate_existing=True)
_HIGHEST = select(func.max(Reply.number)).where(Reply.comment_id == WANTED)
_OF_PARTY = select(func.count()).where(Reply.comment_id == WANTED, Reply.party_id == rounds.OF_PARTY)


async def reply_to_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    text: str,
    answers_id: str | None = None,
    language: str | None = None,
) -> str:
    """Write a reply under a filed comment in the name of the party, and return the comment's id.

    `answers_id` is a reply that stands under the same comment. A party writes a limited number of replies there.
    """
    comment = await rounds.get_comment(session, actor, now, comment_id)
    policy.reply_to_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    issues = rules.check_reply(text, language)
    if answers_id is not None and not await _stands_under(session, comment, answers_id):
        issues.append(Issue("answersId", IssueCode.REPLY_UNFIT))
    written = await session.scalar(_OF_PARTY, {"wanted": comment.id, "of_party": actor.party_id}) or 0
    if written >= rules.MOST_REPLIES:
        issues.append(Issue("commentId", IssueCode.TOO_MANY, limit=rules.MOST_REPLIES))
    ensure_well_formed(issues)
    reply = Reply(
        comment_id=comment.id,
        party_id=actor.party_id,
        delegate_id=actor.delegate_id,
        representation_id=actor.representation_id or None,
        number=(await session.scalar(_HIGHEST, {"wanted": comment.id}) or 0) + 1,
        answers_id=answers_id,
        text=text.strip(),
        language=language or await language_of(session, actor),
        as_leader=actor.is_secretariat or comment.round.body_id in actor.leads,
        replied_at=now,
    )
    session.add(reply)
    details = {"round": comment.round_id, "reply": reply.id, "content_digest": sha256_of(reply.text)}
    await record(session, actor, policy.reply_to_comment, comment.id, now, **details)
    return comment.id


async def take_back_reply(session: AsyncSession, actor: Actor, now: datetime, *, reply_id: str) -> str:
    """Take a reply of the own party back, and return the comment's id.

    Its place in the thread stays, and says when it was taken back; its words are shown no more.
    """
    comment_id = await get_row(session, actor, now, _COMMENT_OF, reply_id, "reply")
    comment = await rounds.get_comment(session, actor, now, comment_id)
    reply = (await session.scalars(_REPLY, {"wanted": reply_id})).one()
    policy.take_back_reply.ensure(actor, facts_of(ReplyFacts, reply), now)
    reply.taken_back_at, reply.taken_back_by_id = now, actor.delegate_id
    await record(session, actor, policy.take_back_reply, comment.id, now, round=comment.round_id, reply=reply.id)
    return comment.id


async def _stands_under(session: AsyncSession, comment: Comment, reply_id: str) -> bool:
    """Return whether a reply stands under the comment and was not taken back."""
    reply = await session.scalar(_REPLY, {"wanted": reply_id})
    return reply is not None and reply.comment_id == comment.id and reply.taken_back_at is None
