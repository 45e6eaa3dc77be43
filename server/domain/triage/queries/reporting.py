"""The report of a round: its comments with their recorded answers, as an actor sees them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.documents.reports import ReportedAnswer, ReportedComment, ReportedParty, ReportedPoint, RoundReport
from server.domain.rounds.queries import visible_comments, visible_filings, visible_rounds
from server.domain.rounds.rules.facts import CitedFacts, PhaseFacts, cite
from server.domain.rounds.rules.window import has_closed
from server.domain.triage.policy import shows_report
from server.domain.triage.queries.loading import points_of
from server.domain.triage.rules.points import Taken, maintains_substance, take_together
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.saying import say_number
from server.kernel.zones import find_zone
from server.models.parties import Party
from server.models.rounds import Comment, CommentWork, Disposition, Round
from server.models.texts import TextVersion
from server.models.triage import CommentPoint, DispositionOrigin
from server.models.turnout import RoundTurnout
from server.storage.rows import WANTED, find_row
from server.vocabulary.delegations import TurnoutState
from server.vocabulary.rounds import CommentStatus, DispositionStage
from server.vocabulary.triage import Reaction

_ROUND = (
    select(Round)
    .where(Round.id == WANTED, visible_rounds(Round))
    .options(joinedload(Round.body), joinedload(Round.text_version).joinedload(TextVersion.instrument))
)
_COMMENTS = (
    select(Comment)
    .join(Comment.work)
    .where(
        Comment.round_id == WANTED,
        visible_comments(Comment),
        Comment.submitted_at.is_not(None),
        CommentWork.status != CommentStatus.REPLACED,
    )
    .options(
        joinedload(Comment.party),
        joinedload(Comment.provision_text),
        joinedload(Comment.work)
        .joinedload(CommentWork.disposition)
        .options(
            joinedload(Disposition.origin).joinedload(DispositionOrigin.lead).joinedload(Comment.party),  # type: ignore[attr-defined]
            joinedload(Disposition.reaction),  # type: ignore[attr-defined]
        ),
    )
    .order_by(Comment.position, Comment.submitted_at, Comment.id)
)
_TURNOUT = (
    select(Party.short_name, Party.capacity, Party.region, RoundTurnout.state)
    .select_from(RoundTurnout)
    .join(Party, Party.id == RoundTurnout.party_id)
    .where(RoundTurnout.round_id == WANTED, visible_filings(RoundTurnout))
    .order_by(Party.short_name)
)
DRAFTING = TurnoutState.DRAFTING
TURNOUT = {
    "answered": "that answered",
    "declared none": "that declared to have no comment",
    "silent": "that stayed silent",
}
"""What a party has done, with the words under the title."""
AT_ONCE = 500
"""Comments whose points one statement reads."""


async def find_report(session: AsyncSession, actor: Actor, now: datetime, round_id: str) -> RoundReport | None:
    """Return the report of a round, None if there is none for this actor.

    Those who answer read it from the close on, everybody else who sees the round once the round is complete.
    """
    round_ = await find_row(session, actor, now, _ROUND, round_id)
    if round_ is None or not shows_report(actor, facts_of(PhaseFacts, round_), now):
        return None
    rows = await session.scalars(_COMMENTS, {**actor.parameters(now), "wanted": round_.id})
    comments = rows.unique().all()
    ids = [comment.id for comment in comments]
    points: dict[str, list[CommentPoint]] = {}
    for start in range(0, len(ids), AT_ONCE):
        points |= await points_of(session, ids[start : start + AT_ONCE])
    parties = await _parties_of(session, actor, now, round_.id)
    heads = _heads_of(round_, comments, parties, now)
    return RoundReport(round_.title, heads, [_show(round_, each, points) for each in comments], parties)


async def _parties_of(session: AsyncSession, actor: Actor, now: datetime, round_id: str) -> list[ReportedParty]:
    """Return the parties of a round with what each has done in it, those of which the actor may know it, by name."""
    rows = await session.execute(_TURNOUT, {**actor.parameters(now), "wanted": round_id})
    return [
        ReportedParty(name, _words(capacity), _words(region or ""), "silent" if state == DRAFTING else _words(state))
        for name, capacity, region, state in rows
    ]


def _heads_of(
    round_: Round, comments: Sequence[Comment], parties: Sequence[ReportedParty], now: datetime
) -> list[tuple[str, str]]:
    """Return what stands under the title."""
    closed = round_.closes_at.astimezone(find_zone(round_.zone))
    states = Counter(each.state for each in parties)
    filing = len({each.party_id for each in comments})
    return [
        ("Body", round_.body.name),
        ("Text", f"{round_.text_version.instrument.title}, {round_.text_version.label}"),
        ("Closed", f"{closed:%Y-%m-%d %H:%M} {round_.zone}"),
        ("Comments", f"{len(comments)} of {say_number(filing, 'party', 'parties')}"),
        *(("Parties " + words, str(states[state])) for state, words in TURNOUT.items() if parties),
        ("As of", f"{now:%Y-%m-%d %H:%M} UTC"),
    ]


def _show(round_: Round, comment: Comment, points: Mapping[str, Sequence[CommentPoint]]) -> ReportedComment:
    """Return a comment as the report says it."""
    disposition: Any = comment.work.disposition
    recorded = disposition if disposition and disposition.stage == DispositionStage.RECORDED else None
    reaction = recorded.reaction if recorded else None
    parts = points.get(comment.id, ())
    whole = Taken(comment.type, reaction.reaction if reaction else None)
    reactions = [Taken(each.type, _reaction_of(each.disposition)) for each in parts]
    return ReportedComment(
        reference=_cite(comment),
        party=comment.party.short_name,
        capacity=_words(comment.party.capacity),
        type=_words(comment.type),
        place=_place_of(comment),
        text=comment.text,
        wording=comment.proposed_wording,
        is_late=comment.submitted_at is not None and has_closed(round_.closes_at, comment.submitted_at),
        is_withdrawn=comment.work.status == CommentStatus.WITHDRAWN,
        answer=_show_answer(recorded),
        points=[_show_point(each) for each in parts],
        reaction=_words(reaction.reaction) if reaction else "",
        reaction_reason=reaction.reason if reaction else "",
        is_for_plenary=comment.party.capacity == Capacity.MEMBER and maintains_substance(whole, *reactions),
        stance=_words(take_together(whole, reactions) or ""),
    )


def _reaction_of(disposition: Any) -> Reaction | None:
    """Return how the party takes an answer, None if it has not said so or there is none."""
    return disposition.reaction.reaction if disposition and disposition.reaction else None


def _show_point(point: CommentPoint) -> ReportedPoint:
    """Return a point with its recorded answer as the report says it."""
    disposition: Any = point.disposition
    reason = disposition.reaction.reason if disposition and disposition.reaction else ""
    reaction = _words(_reaction_of(disposition) or "")
    return ReportedPoint(point.number, point.text, _show_answer(disposition), reaction, reason)


def _show_answer(disposition: Any) -> ReportedAnswer | None:
    """Return a recorded answer as the report says it."""
    if disposition is None or disposition.stage != DispositionStage.RECORDED:
        return None
    origin = disposition.origin
    lead = origin.lead if origin and origin.lead_id else None
    reference = _cite(lead) if lead else ""
    return ReportedAnswer(_words(disposition.verdict), disposition.reason, disposition.wording, reference)


def _cite(comment: Comment) -> str:
    """Return the reference by which papers cite a comment; its party is loaded with it."""
    return cite(facts_of(CitedFacts, comment)) or ""


def _words(member: str) -> str:
    """Return a member of a vocabulary in small words."""
    return member.replace("_", " ").lower()


def _place_of(comment: Comment) -> str:
    """Return the provision of a comment in words."""
    provision = comment.provision_text
    if provision is None:
        return "The whole text"
    number = provision.printed_number.rstrip(".")
    return f"{_words(provision.kind).capitalize()} {number}" if number else provision.text[:60]
