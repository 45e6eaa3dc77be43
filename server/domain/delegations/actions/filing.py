"""Filing several comments of a party in one act, which stands or falls as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.delegations import policy, queries
from server.domain.rounds import policy as rounds
from server.domain.rounds import queries as comments
from server.domain.rounds.actions.filing import file_draft
from server.domain.rounds.rules.facts import CommentFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.models.rounds import Comment

MOST_AT_ONCE = 50
"""Comments that are filed by one act."""
NOT_OF_ROUND = "There is no such draft of your party in this round."


class Chosen(NamedTuple):
    """A draft to file, as the focal point read it."""

    comment_id: str
    expected_revision: int


async def file_comments(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, comments: Sequence[Chosen]
) -> str:
    """File drafts of the party in a round, in their order, and return the round's id.

    If one of them cannot be filed none is, and the refusal says of each what stands in the way. Each gets an entry of
    the journal of its own, like one that is filed alone, so that it has the same receipt.
    """
    round_, facts = await queries.get_participation(session, actor, now, round_id)
    policy.file_comments.ensure(actor, facts, now)
    _ensure_each_once(comments)
    drafts = await _find_drafts(session, actor, now, round_.id, comments)
    request = session.info.pop("request", None)  # it belongs to the entry of the whole act, by which a retry finds it
    for draft in drafts:
        await file_draft(session, actor, now, draft)
    if request is not None:
        session.info["request"] = request
    await record(session, actor, policy.file_comments, round_.id, now, comments=[draft.id for draft in drafts])
    return round_.id


def _ensure_each_once(chosen: Sequence[Chosen]) -> None:
    """Refuse too few, too many, and a draft that is named twice."""
    if not 1 <= len(chosen) <= MOST_AT_ONCE:
        raise invalid(Issue("comments", IssueCode.COUNT, limit=MOST_AT_ONCE))
    ids = [each.comment_id for each in chosen]
    repeated = [place for place, each in enumerate(ids) if each in ids[:place]]
    ensure_well_formed([Issue(f"comments.{place}.commentId", IssueCode.REPEATED) for place in repeated])


async def _find_drafts(
    session: AsyncSession, actor: Actor, now: datetime, round_id: str, chosen: Sequence[Chosen]
) -> list[Comment]:
    """Return the drafts in their order, locked in that of their ids. Refuse with one fault for each that cannot be."""
    drafts, faults = {}, {}
    for place, each in sorted(enumerate(chosen), key=lambda pair: pair[1].comment_id):
        try:
            drafts[place] = await _find_draft(session, actor, now, round_id, each)
        except Refusal as refusal:
            field = ".expectedRevision" if refusal.kind is RefusalKind.STALE else ""
            faults[place] = Issue(f"comments.{place}{field}", IssueCode.NOT_FILED, why=refusal.message)
    ensure_well_formed([faults[place] for place in sorted(faults)])
    return [drafts[place] for place in range(len(chosen))]


async def _find_draft(session: AsyncSession, actor: Actor, now: datetime, round_id: str, chosen: Chosen) -> Comment:
    """Return a draft that may be filed, or refuse as `clear_comment` does."""
    draft = await comments.get_comment(session, actor, now, chosen.comment_id)
    if (draft.party_id, draft.round_id) != (actor.party_id, round_id):
        raise Refusal(RefusalKind.NOT_FOUND, RefusalCode.NOT_FOUND, NOT_OF_ROUND)
    rounds.clear_comment.ensure(actor, facts_of(CommentFacts, draft), now)
    ensure_current("comment", draft.id, expected=chosen.expected_revision, current=draft.work.revision)
    return draft
