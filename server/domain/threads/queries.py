"""Reading replies and marks under the visibility of their comment, and the comments that are alike."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds.queries import visible_comments, visible_marks, visible_rounds
from server.domain.rounds.rules.checks import TEXT_LIMIT
from server.domain.threads import rules
from server.domain.threads.rules import Said
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.predicates import Within, parents
from server.kernel.refusals import ensure_well_formed
from server.models.rounds import Comment, CommentWork, Mark, Round
from server.models.threads import Reply
from server.storage.rows import WANTED, find_row
from server.vocabulary.rounds import UNDISPOSED

MOST_ALIKE = 20
"""Comments that are named as alike, the likest."""
MOST_COMPARED = 1_000
"""Comments on one provision whose words are compared with those of one that is not filed yet."""
MOST_CLUSTERED = 5_000
"""Comments of one round whose words are compared with each other, the first in the order of the text."""

visible_replies = Within("comment_id", Comment, visible_comments)
"""The condition that the caller sees a reply: everybody who sees the comment does."""
_SAID = (Comment.id, Comment.provision_text_id, Comment.text, Comment.proposed_wording, Comment.addition_words)
_ROUND = select(Round).where(Round.id == WANTED, visible_rounds(Round))


def marks_per_comment(kind: type[Mark]) -> Callable[[], Any]:
    """Return a function that returns the query for (comment, number of marks of this kind), for those in `parents`."""

    def query() -> Any:
        from_parents = kind.comment_id.in_(parents)
        counted = select(kind.comment_id, func.count()).where(from_parents, visible_marks(kind))
        return counted.group_by(kind.comment_id)

    return query


def replies_per_comment() -> Any:
    """Return the query for (comment, number of replies that were not taken back), for those in `parents`."""
    standing = (Reply.comment_id.in_(parents), Reply.taken_back_at.is_(None), visible_replies(Reply))
    return select(Reply.comment_id, func.count()).where(*standing).group_by(Reply.comment_id)


async def find_alike(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    round_id: str,
    provision_id: str | None,
    text: str,
    wording: str | None,
) -> list[tuple[str, int]] | None:
    """Return (id, likeness) of the comments that say much the same on the same provision, the likest first.

    They are those that the actor sees: in a sealed round, before it closes, those of the own party. None unless the
    actor sees the round.
    """
    if await find_row(session, actor, now, _ROUND, round_id) is None:
        return None
    sent = {"text": text, "wording": wording or ""}
    ensure_well_formed(
        [Issue(name, IssueCode.TOO_LONG, limit=TEXT_LIMIT) for name, words in sent.items() if len(words) > TEXT_LIMIT]
    )
    there = Comment.provision_text_id.is_(None) if provision_id is None else Comment.provision_text_id == provision_id
    others = await _read_said(session, actor, now, Comment.round_id == round_id, there, most=MOST_COMPARED)
    comment = rules.prepare("", provision_id or "", text, wording)
    return await asyncio.to_thread(rules.find_alike, comment, others, MOST_ALIKE)


async def find_clusters(session: AsyncSession, actor: Actor, now: datetime, round_id: str) -> list[list[str]] | None:
    """Return the groups of filed and unanswered comments of a round that say much the same, for those who triage it.

    They are in the order of the text. None unless the actor leads the body of the round or is the Secretariat.
    """
    round_ = await find_row(session, actor, now, _ROUND, round_id)
    if round_ is None or not (actor.is_secretariat or round_.body_id in actor.leads):
        return None
    comments = await _read_said(session, actor, now, Comment.round_id == round_id, most=MOST_CLUSTERED)
    return await asyncio.to_thread(rules.cluster, comments)


async def _read_said(session: AsyncSession, actor: Actor, now: datetime, *conditions: Any, most: int) -> Sequence[Said]:
    """Return what filed and unanswered comments say that the actor sees, in the order of the text."""
    statement = (
        select(*_SAID)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(*conditions, CommentWork.status.in_(UNDISPOSED), visible_comments(Comment))
        .order_by(Comment.position, Comment.submitted_at, Comment.id)
        .limit(most)
    )
    rows = (await session.execute(statement, actor.parameters(now))).all()
    return await asyncio.to_thread(_prepare_all, rows)


def _prepare_all(rows: Sequence[Any]) -> list[Said]:
    return [rules.prepare(row.id, row.provision_text_id or "", *row[2:]) for row in rows]
