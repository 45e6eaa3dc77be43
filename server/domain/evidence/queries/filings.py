"""Read what an evidence pack holds besides entries: filings, decisions, and provisions, some at a time."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload, selectinload

from server.domain.evidence.queries.packed import AT_ONCE, read_records
from server.domain.evidence.queries.receipts import FILING, content_of, filed_at_of
from server.domain.evidence.queries.seals import salts_of
from server.journal.chain import instant_of
from server.kernel.ids import prefix_of
from server.models.bodies import Decision
from server.models.calls import AnswerSheet
from server.models.journal import JournalEntry
from server.models.proposals import AmendmentProposal
from server.models.rounds import Comment, Round
from server.models.texts import ProvisionText

_READ: dict[str, Any] = {
    Comment.prefix: select(Comment).options(joinedload(Comment.party)),
    AnswerSheet.prefix: select(AnswerSheet).options(joinedload(AnswerSheet.party)),
    AmendmentProposal.prefix: select(AmendmentProposal).options(
        joinedload(AmendmentProposal.party),
        selectinload(AmendmentProposal.amendments),
        selectinload(AmendmentProposal.co_sponsors),
    ),
}
"""How filings are read, by the prefix of their ids."""


class Filing(NamedTuple):
    """A comment, answers or a proposal that was filed, and the salt of its commitment if it was sealed."""

    row: Any
    salt: str | None


async def read_filings(session: AsyncSession, numbers: Sequence[int], size: int) -> AsyncIterator[Sequence[Filing]]:
    """Yield the filings of which an entry with one of these numbers is the last, in the order of these entries.

    `size` is the length of the journal at the head: what was filed again later counts as it was filed before.
    """
    later = aliased(JournalEntry)
    again = exists().where(
        later.subject_id == JournalEntry.subject_id,
        later.act.in_(FILING),
        later.sequence.between(JournalEntry.sequence + 1, size),
    )
    filed = select(JournalEntry.subject_id).where(JournalEntry.act.in_(FILING), ~again).order_by(JournalEntry.sequence)
    for start in range(0, len(numbers), AT_ONCE):
        wanted = JournalEntry.sequence.in_(numbers[start : start + AT_ONCE])
        ids = (await session.scalars(filed.where(wanted))).all()
        by_id = await _filings_by_id(session, ids)
        filings = [by_id[each] for each in ids if each in by_id]
        salts = await salts_of(session, filings)
        yield [Filing(each, salts.get(each.id)) for each in filings]


async def _filings_by_id(session: AsyncSession, ids: Sequence[str]) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for prefix, statement in _READ.items():
        of_kind = [each for each in ids if prefix_of(each) == prefix]
        if of_kind:
            (identifier,) = statement.column_descriptions[0]["entity"].__mapper__.primary_key
            rows |= {row.id: row for row in await session.scalars(statement.where(identifier.in_(of_kind)))}
    return rows


def describe_filing(filed: Filing) -> dict[str, Any]:
    """Return a filing as a line of a pack, with the salt of its commitment if it was sealed."""
    filing = filed.row
    number: dict[str, Any] = {"number": filing.number} if isinstance(filing, Comment | AnswerSheet) else {}
    if isinstance(filing, Comment):
        cited = {"reference": filing.reference, "late": filing.is_late}
        number |= {name: value for name, value in cited.items() if value is not None}
    salt = {"salt": filed.salt} if filed.salt else {}
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


async def read_decisions(session: AsyncSession, numbers: Sequence[int]) -> AsyncIterator[Sequence[Decision]]:
    """Yield the decisions that entries with these numbers name, in the order of these."""
    async for records in read_records(await session.connection(), numbers, "proposal.decided"):
        wanted = [record.details["decision"] for record in records]
        rows = {row.id: row for row in await session.scalars(select(Decision).where(Decision.id.in_(wanted)))}
        yield [rows[each] for each in wanted if each in rows]


def describe_decision(decision: Decision) -> dict[str, Any]:
    """Return a decision as a line of a pack."""
    names = ("id", "sitting_id", "subject_id", "verb", "text", "paragraph")
    return {name: getattr(decision, name) for name in names} | {
        "outcome": str(decision.outcome),
        "recorded_at": instant_of(decision.recorded_at),
    }


async def read_provisions(session: AsyncSession, subject_id: str, size: int) -> AsyncIterator[Sequence[ProvisionText]]:
    """Yield the provisions that filings in a pack are on, as they stood in the version, in their order."""
    if prefix_of(subject_id) == AmendmentProposal.prefix:
        yield await _provisions_of_proposal(session, subject_id)
    if prefix_of(subject_id) != Round.prefix:
        return
    filed = exists().where(
        JournalEntry.subject_id == Comment.id, JournalEntry.act.in_(FILING), JournalEntry.sequence <= size
    )
    cited = select(Comment.provision_text_id).where(
        Comment.round_id == subject_id, Comment.submitted_at.is_not(None), filed
    )
    statement = (
        select(ProvisionText)
        .where(ProvisionText.id.in_(cited))
        .order_by(ProvisionText.position, ProvisionText.id)
        .limit(AT_ONCE)
    )
    page = (await session.scalars(statement)).all()
    while page:
        yield page
        last = page[-1]
        beside = and_(ProvisionText.position == last.position, ProvisionText.id > last.id)
        beyond = or_(ProvisionText.position > last.position, beside)
        page = (await session.scalars(statement.where(beyond))).all()


async def _provisions_of_proposal(session: AsyncSession, proposal_id: str) -> list[ProvisionText]:
    proposal = (await _filings_by_id(session, [proposal_id]))[proposal_id]
    keys = {key for each in proposal.amendments for key in (each.provision_id, each.after_id) if key}
    of_version = ProvisionText.text_version_id == proposal.text_version_id
    statement = select(ProvisionText).where(of_version, ProvisionText.provision_id.in_(keys))
    return sorted(await session.scalars(statement), key=lambda provision: (provision.position, provision.id))


def describe_provision(provision: ProvisionText) -> dict[str, Any]:
    """Return a provision as a line of a pack."""
    names = ("id", "provision_id", "text_version_id", "position", "printed_number", "text", "digest")
    return {name: getattr(provision, name) for name in names} | {"kind": str(provision.kind)}
