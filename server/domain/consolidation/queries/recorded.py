"""Reading what a redline is made of: two texts, the changes recorded between them, who asked for them and why."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import null, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.rules.changes import BaseText
from server.domain.proposals.queries import visible_amendments
from server.domain.rounds.queries import visible_comments
from server.kernel.actor import Actor
from server.models.consolidation import AppliedChange, ConflictSide, TextConflict, TextCorrection
from server.models.parties import Delegate, Party, Person
from server.models.proposals import Amendment, AmendmentProposal
from server.models.rounds import Comment
from server.models.texts import ProvisionText
from server.vocabulary.consolidation import ConflictStatus, CorrectionStatus
from server.vocabulary.proposals import AmendmentKind


async def read_text(session: AsyncSession, version_id: str) -> list[BaseText]:
    """Return the provisions of a version in reading order.

    The caller has already checked that the actor sees the version.
    """
    # Plain rows: with an object of the mapper for each, the garbage collector takes longer than the comparison.
    of = ProvisionText
    columns = select(of.provision_id, of.kind, of.level, of.printed_number, of.text, null(), of.id)
    rows = await session.execute(columns.where(of.text_version_id == version_id).order_by(of.position))
    return [BaseText(*row) for row in rows]


class RecordedChange(NamedTuple):
    """An applied change, as the redline reads it."""

    provision_id: str
    kind: AmendmentKind
    start: int
    end: int
    replacement: str
    source_id: str
    decision_id: str
    party_id: str | None
    reason: str


async def read_changes(session: AsyncSession, consolidation_id: str) -> list[RecordedChange]:
    """Return every change that stands in what a consolidation makes, in the order in which they were recorded."""
    columns = [getattr(AppliedChange, name) for name in RecordedChange._fields]
    standing = select(*columns).where(AppliedChange.consolidation_id == consolidation_id, AppliedChange.stands)
    return [RecordedChange(*row) for row in await session.execute(standing.order_by(AppliedChange.id))]


async def find_reasons(session: AsyncSession, actor: Actor, now: datetime, sources: Collection[str]) -> dict[str, str]:
    """Return why comments and amendments ask for a change, by id, for those among `sources` that this actor sees."""
    comments = select(Comment.id, Comment.reason).where(Comment.id.in_(sources), visible_comments(Comment))
    amendments = (
        select(Amendment.id, AmendmentProposal.rationale.label("reason"))
        .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
        .where(Amendment.id.in_(sources), visible_amendments(Amendment))
    )
    parameters = actor.parameters(now)
    rows = [*await session.execute(comments, parameters), *await session.execute(amendments, parameters)]
    return {row.id: row.reason for row in rows}


class RecordedCorrection(NamedTuple):
    """A standing correction, as the redline reads it."""

    id: str
    provision_id: str
    start: int
    end: int
    replacement: str
    reason: str


async def read_corrections(session: AsyncSession, version_id: str) -> list[RecordedCorrection]:
    """Return the corrections that stand in a version, in the order in which they were made."""
    columns = [getattr(TextCorrection, name) for name in RecordedCorrection._fields]
    standing = (TextCorrection.text_version_id == version_id, TextCorrection.status == CorrectionStatus.STANDS)
    rows = await session.execute(select(*columns).where(*standing).order_by(TextCorrection.id))
    return [RecordedCorrection(*row) for row in rows]


class Settlement(NamedTuple):
    """How a conflict was settled: the officer by id and name, the reason, and (source id, party id) of every side."""

    settled_by_id: str
    settled_by: str
    reason: str
    sides: list[tuple[str, str | None]]


async def settlements_of(session: AsyncSession, consolidation_id: str) -> dict[str, Settlement]:
    """Return the settled conflicts of a consolidation, by id."""
    statement = (
        select(
            TextConflict.id,
            TextConflict.reason,
            TextConflict.settled_by_id,
            Person.name,
            ConflictSide.source_id,
            ConflictSide.party_id,
        )
        .join(ConflictSide, ConflictSide.conflict_id == TextConflict.id)
        .join(Delegate, Delegate.id == TextConflict.settled_by_id)
        .join(Person, Person.id == Delegate.person_id)
        .where(TextConflict.consolidation_id == consolidation_id, TextConflict.status == ConflictStatus.SETTLED)
        .order_by(ConflictSide.id)
    )
    settlements: dict[str, Settlement] = {}
    for row in await session.execute(statement):
        settlement = settlements.setdefault(row.id, Settlement(row.settled_by_id, row.name, row.reason, []))
        settlement.sides.append((row.source_id, row.party_id))
    return settlements


async def short_names_of(session: AsyncSession, party_ids: Collection[str]) -> dict[str, str]:
    """Return the short names of parties, by id."""
    rows = await session.execute(select(Party.id, Party.short_name).where(Party.id.in_(party_ids)))
    return {row.id: row.short_name for row in rows}
