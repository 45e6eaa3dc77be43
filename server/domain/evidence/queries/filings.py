"""What an evidence pack says of a round or a proposal: its terms, filings, answers, and what they cite."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from server.domain.evidence.queries.answers import batches_of, describe_answers
from server.domain.evidence.queries.receipts import FILING, content_of, filed_at_of
from server.domain.evidence.queries.seals import salts_of
from server.domain.evidence.rules import may_show_filings
from server.domain.rounds.rules.facts import audience_of
from server.journal.chain import Record, instant_of
from server.kernel.ids import prefix_of
from server.kernel.refusals import not_found
from server.models.bodies import Decision
from server.models.calls import AnswerSheet, Call, CallQuestion, CallRedating
from server.models.proposals import AmendmentProposal
from server.models.rounds import Comment, Round, RoundExtension
from server.models.texts import ProvisionText


class Subject(NamedTuple):
    """A round, a call or a proposal: its terms as data, what was filed, and the ids of all objects that it covers."""

    description: dict[str, Any]
    filings: Sequence[Any]
    covers: Collection[str]


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
        .options(
            joinedload(AmendmentProposal.party),
            joinedload(AmendmentProposal.text_version),
            selectinload(AmendmentProposal.amendments),
            selectinload(AmendmentProposal.co_sponsors),
        )
    )
    if proposal is None:
        raise not_found("round, call or proposal")
    description = {"kind": "proposal", "id": proposal.id, "title": proposal.title, **_version_of(proposal)}
    return Subject(description, [proposal], [proposal.id])


async def rows_of(
    session: AsyncSession, subject: Subject, records: Sequence[Record]
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the files of a pack by name, as far as the entries go that are in it."""
    order = {record.subject_id: record.sequence for record in records if record.act in FILING}
    filings = [filing for filing in subject.filings if filing.id in order]
    salts = await salts_of(session, filings)
    return {
        "filings.jsonl": [_describe_filing(each, salts) for each in sorted(filings, key=lambda each: order[each.id])],
        "answers.jsonl": await describe_answers(session, records),
        "decisions.jsonl": [_describe_decision(each) for each in await _decisions_of(session, records)],
        "provisions.jsonl": [_describe_provision(each) for each in await _provisions_of(session, filings)],
    }


async def _describe_round(session: AsyncSession, now: datetime, round_: Round) -> Subject:
    extensions = select(RoundExtension).where(RoundExtension.round_id == round_.id).order_by(RoundExtension.extended_at)
    description = {
        "kind": "round",
        "id": round_.id,
        "title": round_.title,
        "body": round_.body.name,
        "opens_at": instant_of(round_.opens_at),
        "closes_at": instant_of(round_.closes_at),
        "zone": round_.zone,
        "visibility": str(round_.visibility),
        "audience": [str(capacity) for capacity in audience_of(round_)],
        "extensions": [
            {
                "before": instant_of(each.closed_at_before),
                "after": instant_of(each.closes_at_after),
                "reason": each.reason,
            }
            for each in await session.scalars(extensions)
        ],
        **_version_of(round_),
        **_further_terms_of(round_),
    }
    if not may_show_filings(round_.visibility, round_.status, round_.closes_at, now):
        return Subject(description, [], [round_.id])
    filed_in = (Comment.round_id == round_.id, Comment.submitted_at.is_not(None))
    comments = (await session.scalars(select(Comment).where(*filed_in).options(joinedload(Comment.party)))).all()
    batches = await batches_of(session, round_.id)
    return Subject(description, comments, [round_.id, *(comment.id for comment in comments), *batches])


async def _describe_call(session: AsyncSession, now: datetime, call: Call) -> Subject:
    questions = select(CallQuestion).where(CallQuestion.call_id == call.id).order_by(CallQuestion.position)
    redatings = select(CallRedating).where(CallRedating.call_id == call.id).order_by(CallRedating.redated_at)
    description = {
        "kind": "call",
        "id": call.id,
        "title": call.title,
        "body": call.body.name,
        "opens_at": instant_of(call.opens_at),
        "closes_at": instant_of(call.closes_at),
        "zone": call.zone,
        "visibility": str(call.visibility),
        "audience": [str(capacity) for capacity in audience_of(call)],
        "questions": [
            {"id": each.id, "kind": str(each.kind), "text": each.text, "choices": each.choices}
            for each in await session.scalars(questions)
        ],
        "redatings": [
            {
                "before": instant_of(each.closed_at_before),
                "after": instant_of(each.closes_at_after),
                "reason": each.reason,
            }
            for each in await session.scalars(redatings)
        ],
    }
    if not may_show_filings(call.visibility, call.status, call.closes_at, now):
        return Subject(description, [], [call.id])
    filed = select(AnswerSheet).where(AnswerSheet.call_id == call.id).options(joinedload(AnswerSheet.party))
    sheets = (await session.scalars(filed)).all()
    return Subject(description, sheets, [call.id, *(sheet.id for sheet in sheets)])


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


def _describe_filing(filing: Any, salts: Mapping[str, str]) -> dict[str, Any]:
    number: dict[str, Any] = {"number": filing.number} if isinstance(filing, Comment | AnswerSheet) else {}
    if isinstance(filing, Comment):
        cited = {"reference": filing.reference, "late": filing.is_late}
        number |= {name: value for name, value in cited.items() if value is not None}
    salt = {"salt": salts[filing.id]} if filing.id in salts else {}
    return {
        "subject": filing.id,
        "party": filing.party_id,
        "party_name": filing.party.name,
        "filed_at": instant_of(filed_at_of(filing)),
        "submitted_by": filing.filed_by_id if isinstance(filing, AnswerSheet) else filing.submitted_by_id,
        "content_digest": filing.content_digest,
        "content": content_of(filing),
        **number,
        **salt,
    }


async def _decisions_of(session: AsyncSession, records: Sequence[Record]) -> list[Decision]:
    """Return the decisions that entries in the pack name, in order."""
    wanted = [record.details["decision"] for record in records if record.act == "proposal.decided"]
    return await _rows_by_id(session, Decision, wanted)


def _describe_decision(decision: Decision) -> dict[str, Any]:
    names = ("id", "sitting_id", "subject_id", "verb", "text", "paragraph")
    return {name: getattr(decision, name) for name in names} | {
        "outcome": str(decision.outcome),
        "recorded_at": instant_of(decision.recorded_at),
    }


async def _provisions_of(session: AsyncSession, filings: Sequence[Any]) -> list[ProvisionText]:
    """Return the provisions that filings are on, as they stood in the version, in order."""
    ids = {each.provision_text_id for each in filings if isinstance(each, Comment) and each.provision_text_id}
    provisions: list[ProvisionText] = await _rows_by_id(session, ProvisionText, sorted(ids))
    for proposal in (each for each in filings if isinstance(each, AmendmentProposal)):
        keys = {key for each in proposal.amendments for key in (each.provision_id, each.after_id) if key}
        of_version = ProvisionText.text_version_id == proposal.text_version_id
        statement = select(ProvisionText).where(of_version, ProvisionText.provision_id.in_(keys))
        provisions += (await session.scalars(statement)).all()
    return sorted(provisions, key=lambda provision: (provision.position, provision.id))


def _describe_provision(provision: ProvisionText) -> dict[str, Any]:
    names = ("id", "provision_id", "text_version_id", "position", "printed_number", "text", "digest")
    return {name: getattr(provision, name) for name in names} | {"kind": str(provision.kind)}


async def _rows_by_id(session: AsyncSession, model: Any, ids: Sequence[str]) -> list[Any]:
    """Return the rows with these ids in their order, some hundreds at a time."""
    rows: dict[str, Any] = {}
    for start in range(0, len(ids), 400):
        statement = select(model).where(model.id.in_(ids[start : start + 400]))
        rows |= {row.id: row for row in await session.scalars(statement)}
    return [rows[each] for each in ids if each in rows]
