"""What an evidence pack says of its subject: the terms of a round or a call, or what a proposal is on."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.domain.evidence.rules import may_show_filings
from server.domain.rounds.rules.facts import audience_of
from server.journal.chain import instant_of
from server.kernel.ids import prefix_of
from server.kernel.refusals import not_found
from server.models.calls import Call, CallQuestion, CallRedating
from server.models.proposals import AmendmentProposal
from server.models.rounds import Round, RoundExtension


class Subject(NamedTuple):
    """A round, a call or a proposal: its terms as data, and whether what was filed in it may be shown by now."""

    description: dict[str, Any]
    shows_filings: bool


async def find_subject(session: AsyncSession, now: datetime, subject_id: str) -> Subject:
    """Return a round, a call or a submitted proposal. Refuse what does not exist."""
    if prefix_of(subject_id) is None:
        raise not_found("round, call or proposal")
    if subject_id.startswith(Call.prefix):
        call = await session.scalar(select(Call).where(Call.id == subject_id).options(joinedload(Call.body)))
        if call is not None:
            return await _describe_call(session, now, call)
    if subject_id.startswith(Round.prefix):
        round_ = await session.scalar(
            select(Round).where(Round.id == subject_id).options(joinedload(Round.text_version), joinedload(Round.body))
        )
        if round_ is not None:
            return await _describe_round(session, now, round_)
    proposal = await session.scalar(
        select(AmendmentProposal)
        .where(AmendmentProposal.id == subject_id, AmendmentProposal.submitted_at.is_not(None))
        .options(joinedload(AmendmentProposal.text_version))
    )
    if proposal is None:
        raise not_found("round, call or proposal")
    description = {"kind": "proposal", "id": proposal.id, "title": proposal.title, **_version_of(proposal)}
    return Subject(description, shows_filings=True)


async def _describe_round(session: AsyncSession, now: datetime, round_: Round) -> Subject:
    extensions = select(RoundExtension).where(RoundExtension.round_id == round_.id).order_by(RoundExtension.extended_at)
    description = {
        "kind": "round",
        **_terms_of(round_),
        "extensions": [_describe_shift(each) for each in await session.scalars(extensions)],
        **_version_of(round_),
        **_further_terms_of(round_),
    }
    return Subject(description, may_show_filings(round_.visibility, round_.status, round_.closes_at, now))


async def _describe_call(session: AsyncSession, now: datetime, call: Call) -> Subject:
    questions = select(CallQuestion).where(CallQuestion.call_id == call.id).order_by(CallQuestion.position)
    redatings = select(CallRedating).where(CallRedating.call_id == call.id).order_by(CallRedating.redated_at)
    description = {
        "kind": "call",
        **_terms_of(call),
        "questions": [
            {"id": each.id, "kind": str(each.kind), "text": each.text, "choices": each.choices}
            for each in await session.scalars(questions)
        ],
        "redatings": [_describe_shift(each) for each in await session.scalars(redatings)],
    }
    return Subject(description, may_show_filings(call.visibility, call.status, call.closes_at, now))


def _terms_of(asked: Round | Call) -> dict[str, Any]:
    """Return the terms that every round and every call has."""
    return {
        "id": asked.id,
        "title": asked.title,
        "body": asked.body.name,
        "opens_at": instant_of(asked.opens_at),
        "closes_at": instant_of(asked.closes_at),
        "zone": asked.zone,
        "visibility": str(asked.visibility),
        "audience": [str(capacity) for capacity in audience_of(asked)],
    }


def _describe_shift(shift: RoundExtension | CallRedating) -> dict[str, str]:
    """Return when a round or a call closed before and after its end was moved, and why it was."""
    return {
        "before": instant_of(shift.closed_at_before),
        "after": instant_of(shift.closes_at_after),
        "reason": shift.reason,
    }


def _further_terms_of(round_: Round) -> dict[str, Any]:
    """Return the terms of a round that not every round has: its code, group, scope, and the instant announced first."""
    announced = round_.announced_closes_at
    terms = {
        "code": round_.code,
        "group": round_.group_id,
        "scope": round_.scope and str(round_.scope),
        "provisions": round_.provision_keys,
        "announced_closes_at": announced and instant_of(announced),
    }
    return {name: value for name, value in terms.items() if value is not None}


def _version_of(subject: Any) -> dict[str, Any]:
    version = subject.text_version
    return {"text_version": {"id": version.id, "number": version.number, "label": version.label}}
