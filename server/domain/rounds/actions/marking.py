"""What a party says of another party's comment: it supports or opposes it or can live with it, and takes that back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import policy, queries
from server.domain.rounds.rules import checks
from server.domain.rounds.rules.facts import CommentFacts, PartyMarkFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.ids import prefix_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, invalid, not_found
from server.models.rounds import Comment, Mark, Opposition, Support, Tolerance
from server.storage.rows import WANTED, get_row

_KINDS: dict[str, type[Mark]] = {kind.prefix: kind for kind in (Support, Opposition, Tolerance)}
_COMMENT_OF = {
    prefix: select(kind.comment_id).where(kind.id == WANTED, queries.visible_marks(kind))
    for prefix, kind in _KINDS.items()
}
_MARK = {prefix: select(kind).where(kind.id == WANTED) for prefix, kind in _KINDS.items()}

_STANDING = {
    kind: select(kind.comment_id)
    .where(kind.comment_id == WANTED, kind.party_id == queries.OF_PARTY, kind.taken_back_at.is_(None))
    .limit(1)
    for kind in _KINDS.values()
}


async def support_comment(session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str) -> str:
    """Record that the party supports another party's comment, and return the comment's id."""
    comment = await _get_unmarked(session, actor, now, policy.support_comment, comment_id)
    mark = Support(comment_id=comment.id, party_id=actor.party_id, delegate_id=actor.delegate_id, supported_at=now)
    session.add(mark)
    await record(session, actor, policy.support_comment, comment.id, now, **_details_of(comment))
    return comment.id


async def oppose_comment(session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, reason: str) -> str:
    """Record that the party opposes another party's comment, with the reason, and return the comment's id."""
    comment = await _get_unmarked(session, actor, now, policy.oppose_comment, comment_id)
    if not 1 <= len(reason.strip()) <= checks.TEXT_LIMIT:
        raise invalid(Issue("reason", IssueCode.LENGTH, limit=checks.TEXT_LIMIT))
    mark = {"delegate_id": actor.delegate_id, "reason": reason.strip(), "opposed_at": now}
    session.add(Opposition(comment_id=comment.id, party_id=actor.party_id, **mark))
    details = _details_of(comment) | {"reason": reason.strip()}
    await record(session, actor, policy.oppose_comment, comment.id, now, **details)
    return comment.id


async def tolerate_comment(session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str) -> str:
    """Record that the party can live with another party's comment, and return the comment's id."""
    comment = await _get_unmarked(session, actor, now, policy.tolerate_comment, comment_id)
    mark = Tolerance(comment_id=comment.id, party_id=actor.party_id, delegate_id=actor.delegate_id, tolerated_at=now)
    session.add(mark)
    await record(session, actor, policy.tolerate_comment, comment.id, now, **_details_of(comment))
    return comment.id


async def take_back_mark(session: AsyncSession, actor: Actor, now: datetime, *, mark_id: str) -> str:
    """Take back what the party said of another party's comment, and return the comment's id.

    The journal keeps both. Afterwards the party may say something else of it.
    """
    prefix = prefix_of(mark_id) or ""
    if prefix not in _KINDS:
        raise not_found("mark")
    comment_id = await get_row(session, actor, now, _COMMENT_OF[prefix], mark_id, "mark")
    comment = await queries.get_comment(session, actor, now, comment_id)
    mark: Mark = (await session.scalars(_MARK[prefix], {"wanted": mark_id})).one()
    if mark.taken_back_at is not None:
        raise not_found("mark")  # somebody took it back while this act waited for the lock
    policy.take_back_mark.ensure(actor, PartyMarkFacts(mark.party_id, comment.work.status), now)
    mark.taken_back_at, mark.taken_back_by_id = now, actor.delegate_id
    await record(session, actor, policy.take_back_mark, comment.id, now, round=comment.round_id, mark=mark.id)
    return comment.id


async def _get_unmarked(
    session: AsyncSession, actor: Actor, now: datetime, act: Act[CommentFacts], comment_id: str
) -> Comment:
    """Return the comment, locked, or refuse if the party may not mark it or has marked it already."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    act.ensure(actor, facts_of(CommentFacts, comment), now)
    await _ensure_unmarked(session, comment.id, actor.party_id)
    return comment


async def _ensure_unmarked(session: AsyncSession, comment_id: str, party_id: str) -> None:
    """Refuse a second mark of a party on a comment, of any kind. The comment is locked by `get_comment`."""
    for kind, marks in _STANDING.items():
        if await session.scalar(marks, {"wanted": comment_id, "of_party": party_id}):
            message = f"Your party {kind.says} already. Take that back first to say something else."
            raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)


def _details_of(comment: Comment) -> dict[str, str | None]:
    """Return what the journal keeps of a comment that is marked."""
    return {"round": comment.round_id, "content_digest": comment.content_digest}
