"""Sorting received comments: split into points, grouped, tagged, and placed on one desk at a time."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import get_function
from server.domain.parties.queries import get_delegate
from server.domain.rounds import queries as rounds
from server.domain.rounds.rules.facts import CommentFacts, RoundFacts
from server.domain.triage import policy
from server.domain.triage.queries import loading
from server.domain.triage.rules.sorting import check_points, check_tags, fold_tag
from server.journal.actions import record
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.models.triage import CommentPoint, CommentTag, DeskMove, RoundTag
from server.vocabulary.bodies import LEADING
from server.vocabulary.rounds import UNDISPOSED, CommentType

MOST_IN_GROUP = 200
"""Comments that one group has at most."""
NO_DESK = "a comment lies on a desk of those who lead the body of its round, or of the Secretariat"


class PointContent(NamedTuple):
    """What a point is about, and whether it asks for the wording of its comment."""

    type: CommentType
    text: str
    has_wording: bool = False


async def split_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    points: tuple[PointContent, ...],
    expected_revision: int,
) -> str:
    """Split a received comment into points, which are answered one by one; return the comment's id.

    The comment itself stays as it was filed. It can be split anew while no point has an answer; no points join it.
    """
    comment = await rounds.get_comment(session, actor, now, comment_id)
    policy.split_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    asks_for_words = comment.proposed_wording is not None or comment.addition_kind is not None
    ensure_well_formed(check_points(points, asks_for_words))
    if await loading.leads_of(session, [comment.id]):
        raise _not_now("This comment is in a group. Take it out first.")
    standing = (await loading.points_of(session, [comment.id])).get(comment.id, [])
    if any(point.disposition_id for point in standing):
        raise _not_now("A point of this comment has an answer already.")
    if not points and not standing:
        raise invalid(Issue("points", IssueCode.NOTHING_CHANGES))
    for point in standing:
        await session.delete(point)
    await session.flush()  # their numbers are free only then
    for number, content in enumerate(points, start=1):
        kind, text, carries = content
        session.add(
            CommentPoint(comment_id=comment.id, number=number, type=kind, text=text.strip(), has_wording=carries)
        )
    comment.work.revision += 1
    await record(session, actor, policy.split_comment, comment.id, now, round=comment.round_id, points=len(points))
    return comment.id


async def group_comments(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, lead_id: str, comment_ids: list[str]
) -> str:
    """Group comments of a closed round under a lead, with which they are answered once; return the round's id.

    The group is then exactly these; with none besides the lead it is dissolved.
    """
    round_ = await rounds.get_round(session, actor, now, round_id)
    members = {*comment_ids, lead_id}
    comments = await loading.get_comments(session, actor, now, round_.id, members)
    policy.group_comments.ensure(actor, facts_of(RoundFacts, round_), now)
    ensure_well_formed(
        [Issue("commentIds", IssueCode.TOO_MANY, limit=MOST_IN_GROUP)] if len(members) > MOST_IN_GROUP else []
    )
    if any(comment.work.status not in UNDISPOSED for comment in comments.values()):
        raise _not_now("A comment of this group does not wait for an answer.")
    if await loading.points_of(session, members):
        raise _not_now("A comment of this group was split into points.")
    leads = await loading.leads_of(session, members)
    if any(lead != lead_id for lead in leads.values()):
        raise _not_now("A comment of this group is in another one. Take it out there first.")
    before = {*(await loading.members_of(session, [lead_id])).get(lead_id, [])}
    leaving = before - members
    triage = await loading.triage_of(session, members | leaving)
    for comment_id, row in triage.items():
        row.lead_id = lead_id if comment_id in members and len(members) > 1 else None
        row.revision += 1
    await record(session, actor, policy.group_comments, round_.id, now, lead=lead_id, comments=sorted(members))
    return round_.id


async def tag_comment(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, tags: list[str], expected_revision: int
) -> str:
    """Let a comment have exactly these tags of its round, new ones included; return the comment's id."""
    # The round is locked for change, so that two people do not add the same new tag at once.
    await rounds.get_round(session, actor, now, await loading.round_of(session, actor, now, comment_id), lock=True)
    comment = await rounds.get_comment(session, actor, now, comment_id)
    policy.tag_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    (triage,) = (await loading.triage_of(session, [comment.id])).values()
    ensure_current("triage", comment.id, expected=expected_revision, current=triage.revision)
    ensure_well_formed(check_tags(tags))
    names = {fold_tag(name): " ".join(name.split()) for name in tags}
    known = await loading.tags_of_round(session, comment.round_id)
    for folded in names.keys() - known.keys():
        known[folded] = RoundTag(round_id=comment.round_id, name=names[folded], folded=folded)
        session.add(known[folded])
    await session.flush()
    for row in await loading.tags_on(session, comment.id):
        await session.delete(row)
    await session.flush()
    session.add_all(CommentTag(comment_id=comment.id, tag_id=known[folded].id) for folded in sorted(names))
    triage.revision += 1
    await record(session, actor, policy.tag_comment, comment.id, now, round=comment.round_id, tags=sorted(names))
    return comment.id


async def place_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    delegate_id: str | None,
    function_id: str | None,
    note: str = "",
    expected_revision: int,
) -> str:
    """Place a comment on the desk of a person or a function, or give it back to none; return the comment's id.

    A comment lies on one desk at a time: the revision of triage that was seen says from which it is taken.
    """
    comment = await rounds.get_comment(session, actor, now, comment_id)
    policy.place_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    (triage,) = (await loading.triage_of(session, [comment.id])).values()
    ensure_current("triage", comment.id, expected=expected_revision, current=triage.revision)
    ensure_well_formed(await _check_desk(session, actor, now, comment.round.body_id, delegate_id, function_id))
    if (triage.delegate_id, triage.function_id) == (delegate_id, function_id):
        ensure_well_formed([Issue("delegateId", IssueCode.NOTHING_CHANGES)])
    triage.delegate_id, triage.function_id, triage.placed_at = delegate_id, function_id, now
    triage.revision += 1
    session.add(
        DeskMove(
            comment_id=comment.id,
            delegate_id=delegate_id,
            function_id=function_id,
            note=note.strip(),
            moved_by_id=actor.delegate_id,
            moved_at=now,
        )
    )
    await record(session, actor, policy.place_comment, comment.id, now, round=comment.round_id)
    return comment.id


async def _check_desk(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    body_id: str,
    delegate_id: str | None,
    function_id: str | None,
) -> list[Issue]:
    """Return every fault of a desk: two at once, or of somebody who does not answer the comments of this body."""
    if delegate_id is not None and function_id is not None:
        return [Issue("functionId", IssueCode.UNFIT, why="name a person or a function, not both")]
    if function_id is not None:
        function = await get_function(session, actor, now, function_id)
        is_fit = function.body_id == body_id and function.ended_at is None and function.kind in LEADING
        return [] if is_fit else [Issue("functionId", IssueCode.UNFIT, why=NO_DESK)]
    if delegate_id is None:
        return []
    delegate = await get_delegate(session, actor, now, delegate_id)
    is_officer = delegate.party.capacity == Capacity.SECRETARIAT
    is_fit = is_officer or await loading.is_leading(session, delegate, body_id, now.date())
    return [] if is_fit else [Issue("delegateId", IssueCode.UNFIT, why=NO_DESK)]


def _not_now(message: str) -> Refusal:
    rule = "A comment is split or in one group, while it waits for an answer."
    return Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=rule)
