"""Answering comments: a disposition is proposed by those who lead and recorded by the Secretariat."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import policy, queries
from server.domain.rounds.rules import checks
from server.domain.rounds.rules.facts import CommentFacts
from server.domain.texts.rules.provisions import check_cells
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.rounds import Comment, Disposition, Round
from server.models.texts import ProvisionText
from server.models.triage import CommentPoint, CommentTriage
from server.storage.rows import WANTED
from server.vocabulary.rounds import (
    ACCEPTING,
    CERTAIN,
    COMMENT_LIFECYCLE,
    DispositionStage,
    DispositionVerdict,
    PlaceState,
)

WHOLE_RULE = "A point is answered by itself, and a group once for all its members."
PLACE_RULE = "A wording goes into the text only where its party filed it, or where it confirmed its place."


async def propose_disposition(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    verdict: DispositionVerdict,
    reason: str = "",
    wording: str | None,
    expected_revision: int,
) -> str:
    """Propose how to answer a comment, and return the comment's id.

    A later proposal takes the place of an earlier one; both stay on record.
    """
    answer = (verdict, reason, wording)
    act, stage = policy.propose_disposition, DispositionStage.PROPOSED
    return await _answer(session, actor, now, act, stage, comment_id, answer, expected_revision)


async def record_disposition(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    verdict: DispositionVerdict,
    reason: str = "",
    wording: str | None,
    expected_revision: int,
) -> str:
    """Record the answer to a comment, and return the comment's id.

    The answer stands: a recorded disposition never changes.
    """
    answer = (verdict, reason, wording)
    act, stage = policy.record_disposition, DispositionStage.RECORDED
    return await _answer(session, actor, now, act, stage, comment_id, answer, expected_revision)


async def _answer(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[CommentFacts],
    stage: DispositionStage,
    comment_id: str,
    answer: tuple[DispositionVerdict, str, str | None],
    expected_revision: int,
) -> str:
    """Add a disposition to a comment for one of the two acts, and return the comment's id."""
    comment = await queries.get_comment(session, actor, now, comment_id, to_answer=True)
    act.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    verdict, reason, wording = answer
    ensure_well_formed(check_answer(comment, verdict, reason, wording))
    await _ensure_whole(session, comment.id)
    if stage == DispositionStage.RECORDED:
        ensure_placed(comment, verdict)
    disposition = Disposition(
        comment_id=comment.id,
        stage=stage,
        verdict=verdict,
        reason=reason.strip(),
        wording=wording,
        decided_by_id=actor.delegate_id,
        decided_at=now,
    )
    session.add(disposition)
    await session.flush()  # the work row refers to the disposition, which has to be there first
    comment.work.disposition_id = disposition.id
    await begin_answers(session, comment.round, now)
    comment.work.status = COMMENT_LIFECYCLE.target(act.name, comment.work.status)
    comment.work.revision += 1
    details: dict[str, Any] = {"verdict": verdict, "disposition": disposition.id, "reason": disposition.reason}
    details["wording_digest"] = None if wording is None else sha256_of(wording)
    await record(session, actor, act, comment.id, now, **details)
    return comment.id


async def begin_answers(session: AsyncSession, round_: Round, now: datetime) -> None:
    """Note the instant of the first answer in a round, from which it is in disposition. It is locked for change."""
    if round_.answers_began_at is None:
        round_.answers_began_at = now
        await session.flush()


_IN_PARTS = select(CommentPoint.id).where(CommentPoint.comment_id == WANTED).limit(1)
_IN_GROUP = select(CommentTriage.id).where(CommentTriage.comment_id == WANTED, CommentTriage.lead_id.is_not(None))


async def _ensure_whole(session: AsyncSession, comment_id: str) -> None:
    """Refuse to answer by itself, as a whole, a comment that was split into points or is in a group."""
    split, group = ("was split", "to its points"), ("is in a group", "to the whole group, by its lead")
    for statement, (words, where) in ((_IN_PARTS, split), (_IN_GROUP, group)):
        if await session.scalar(statement, {"wanted": comment_id}):
            message = f"This comment {words}: propose or record answers {where}."
            raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=WHOLE_RULE)


def check_answer(comment: Comment, verdict: DispositionVerdict, reason: str, wording: str | None) -> list[Issue]:
    """Return every fault of an answer that is not well-formed or does not fit the comment."""
    issues = checks.check_disposition(verdict, reason, wording)
    place = place_of(comment)
    adds = comment.addition_kind is not None
    if verdict in ACCEPTING and comment.provision_text_id is None and wording is not None and not adds:
        issues.append(Issue("wording", IssueCode.WORDING_WITHOUT_PLACE))
    if verdict == DispositionVerdict.ACCEPTED and comment.proposed_wording is None and not adds:
        issues.append(Issue("verdict", IssueCode.WORDING_WITHOUT_PROPOSAL))
    if place and not adds and wording is not None and verdict == DispositionVerdict.ACCEPTED_WITH_MODIFICATION:
        text = place.provision.text
        result = text[: place.start] + wording + text[place.end :]
        issues += check_cells("wording", place.provision.kind, text, result)
    return issues


def ensure_placed(comment: Comment, verdict: DispositionVerdict) -> None:
    """Refuse to accept a wording for words that nobody is sure stand in the version to which it was carried.

    With words of its own the Secretariat accepts it at any place that it has.
    """
    carried = comment.work.carried
    if carried is None or carried.state in CERTAIN or verdict not in ACCEPTING:
        return
    who, number = comment.party.short_name, carried.text_version.number
    if carried.state == PlaceState.ORPHAN:
        message = (
            f"The words of this comment no longer stand in version {number}. {who} has to say where it belongs now."
        )
    elif verdict == DispositionVerdict.ACCEPTED:
        message = f"The words of this comment changed in version {number}. {who} has to confirm its place there first."
    else:
        return
    raise Refusal(RefusalKind.NOT_NOW, RefusalCode.PLACE_UNCONFIRMED, message, rule=PLACE_RULE)


class WordingPlace(NamedTuple):
    """The words that a wording of a comment takes the place of: a range of a provision, all of it if nothing is quoted.

    `start` and `end` are code points.
    """

    provision: ProvisionText
    start: int
    end: int


def place_of(comment: Comment) -> WordingPlace | None:
    """Return the place of a comment in the version that it is on now, None on the whole text and for an orphan."""
    carried = comment.work.carried
    provision = carried.provision_text if carried else comment.provision_text
    if provision is None or (carried and carried.state == PlaceState.ORPHAN):
        return None
    start, end = (carried.start, carried.end) if carried else (comment.quote_start, comment.quote_end)
    return WordingPlace(provision, start or 0, len(provision.text) if end is None else end)
