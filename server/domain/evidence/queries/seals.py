"""Reading seals: what is due, what everybody may know at once, and what is revealed at the close."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from server.domain.calls import policy as calls
from server.domain.calls.queries import visible_calls
from server.domain.calls.rules.facts import CallFacts
from server.domain.evidence.queries.receipts import content_of, filed_at_of
from server.domain.evidence.rules import SEAL_EVERY, may_show_filings
from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import is_closed, visible_rounds
from server.domain.rounds.rules.facts import PhaseFacts
from server.journal.chain import instant_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import prefix_of
from server.kernel.instants import Instant
from server.kernel.predicates import signed_in
from server.models.calls import AnswerSheet, Call
from server.models.rounds import Comment, Round
from server.models.seals import FilingCommitment, Seal
from server.vocabulary.rounds import RoundStatus, RoundVisibility

COMMITMENTS_BEFORE = select(FilingCommitment.digest).where(
    FilingCommitment.sealed_in == bindparam("sealed_in", type_=String),
    FilingCommitment.filed_at < bindparam("until", type_=Instant),
)
"""The commitments to what was filed before an instant."""
PAGE = 1_000
"""Seals on a page of the public list."""
SALTS_AT_ONCE = 400
"""Filings whose salts are looked up at a time."""


def visible_seals(seal: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a seal: they see the round or the call."""
    round_, call = aliased(Round), aliased(Call)
    in_round = select(round_.id).where(round_.id == seal.sealed_in, visible_rounds(round_)).exists()
    in_call = select(call.id).where(call.id == seal.sealed_in, visible_calls(call)).exists()
    return and_(signed_in, or_(in_round, in_call))


async def find_due_seals(connection: AsyncConnection, now: datetime) -> list[tuple[Any, str]]:
    """Return the sealed rounds and calls that lack the seal of the newest tick: (model, id).

    A round that was sealed before there were commitments has filings without one, and gets no seals.
    """
    uncommitted = select(Comment.id).where(
        Comment.round_id == Round.id,
        Comment.submitted_at.is_not(None),
        ~exists().where(FilingCommitment.filing_id == Comment.id),
    )
    statement = _due(Round, now).where(~uncommitted.exists())
    due = [(Round, each) for each in await connection.scalars(statement)]
    return due + [(Call, each) for each in await connection.scalars(_due(Call, now))]


def _due(model: Any, now: datetime) -> Any:
    closed = is_closed(model.closes_at, now)
    lately, at_close = Seal.until > now - SEAL_EVERY, Seal.until == model.closes_at
    own = Seal.sealed_in == model.id
    due = or_(
        and_(closed, ~exists().where(own, at_close)),
        and_(~closed, model.opens_at <= now - SEAL_EVERY, ~exists().where(own, lately)),
    )
    sealed = and_(model.visibility == RoundVisibility.AFTER_CLOSE, model.status != RoundStatus.CANCELLED)
    return select(model.id).where(sealed, due).order_by(model.id)


class PublicSeal(NamedTuple):
    """What everybody may know of a seal at once: the instant before which it holds everything, and the statement."""

    number: int
    until: datetime
    digest: str
    signature: str


PUBLIC = tuple(getattr(Seal, name) for name in PublicSeal._fields)


async def list_seals(connection: AsyncConnection, subject_id: str, before: int | None) -> list[PublicSeal]:
    """Return a page of the seals of a round or a call, the newest first, or those with a number below `before`."""
    statement = select(*PUBLIC).where(Seal.sealed_in == subject_id).order_by(Seal.number.desc()).limit(PAGE)
    if before is not None:
        statement = statement.where(Seal.number < before)
    return [PublicSeal(*row) for row in await connection.execute(statement)]


async def salts_of(session: AsyncSession, filings: Sequence[Any]) -> dict[str, str]:
    """Return the salt of each commitment by the filing, of filings that may be shown."""
    salts: dict[str, str] = {}
    columns = select(FilingCommitment.filing_id, FilingCommitment.salt)
    for start in range(0, len(filings), SALTS_AT_ONCE):
        wanted = [each.id for each in filings[start : start + SALTS_AT_ONCE]]
        rows = await session.execute(columns.where(FilingCommitment.filing_id.in_(wanted)))
        salts |= {row.filing_id: row.salt for row in rows}
    return salts


async def opened_seals(session: AsyncSession, subject_id: str) -> list[dict[str, Any]]:
    """Return the seals of a round or call with their salts, the earliest first. Its filings may be shown."""
    statement = select(*PUBLIC, Seal.salt).where(Seal.sealed_in == subject_id).order_by(Seal.number)
    return [
        {"until": instant_of(row.until), "digest": row.digest, "salt": row.salt, "statement": row.signature}
        for row in await session.execute(statement)
    ]


async def find_opened(session: AsyncSession, actor: Actor, now: datetime, subject_id: str) -> Mapping[str, Any] | None:
    """Return what opens the seals of a round or a call: every salt and every filing.

    None before the close, if it was called off, and for those who do not see what others filed in it.
    """
    filings = await _shown_filings(session, actor, now, subject_id)
    if filings is None:
        return None
    salts = await salts_of(session, filings)
    return {
        "kind": "opened",
        "sealed_in": subject_id,
        "seals": await opened_seals(session, subject_id),
        "filings": [_describe(each, salts[each.id]) for each in filings if each.id in salts],
    }


async def _shown_filings(session: AsyncSession, actor: Actor, now: datetime, subject_id: str) -> Sequence[Any] | None:
    """Return everything that was filed, None unless the seal is broken and the caller sees what others filed."""
    parameters = actor.parameters(now)
    if prefix_of(subject_id) == Round.prefix:
        round_ = await session.scalar(select(Round).where(Round.id == subject_id, visible_rounds(Round)), parameters)
        if round_ is None or not _is_open_to(
            round_, rounds.shows_others(actor, facts_of(PhaseFacts, round_), now), now
        ):
            return None
        filed = (Comment.round_id == subject_id, Comment.submitted_at.is_not(None))
        return (await session.scalars(select(Comment).where(*filed).order_by(Comment.submitted_at, Comment.id))).all()
    if prefix_of(subject_id) == Call.prefix:
        call = await session.scalar(select(Call).where(Call.id == subject_id, visible_calls(Call)), parameters)
        if call is None or not _is_open_to(call, calls.shows_others(actor, facts_of(CallFacts, call), now), now):
            return None
        filed_for = select(AnswerSheet).where(AnswerSheet.call_id == subject_id)
        return (await session.scalars(filed_for.order_by(AnswerSheet.filed_at, AnswerSheet.id))).all()
    return None


def _is_open_to(subject: Any, shows_others: bool, now: datetime) -> bool:
    is_sealed_kind = subject.visibility == RoundVisibility.AFTER_CLOSE
    return (
        is_sealed_kind and shows_others and may_show_filings(subject.visibility, subject.status, subject.closes_at, now)
    )


def _describe(filing: Any, salt: str) -> dict[str, Any]:
    filed_at = instant_of(filed_at_of(filing))
    return {"filing": filing.id, "filed_at": filed_at, "content": content_of(filing), "salt": salt}
