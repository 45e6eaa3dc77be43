"""The queue of a consolidation as a reader may see it, computed from what is in the database now."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import reading, recorded
from server.domain.consolidation.queries.checking import Check, check_of
from server.domain.consolidation.queries.reconciling import Reconciliation, show_check
from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.queueing import Addition, Backlog, Queued, build_queue
from server.domain.consolidation.rules.redlining import pair_provisions
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import AppliedChange, ConflictSide, Consolidation, TextConflict
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.proposals import AmendmentKind


class ConsolidationQueue(NamedTuple):
    """The provisions that a consolidation concerns, in reading order, and the check of the whole text."""

    provisions: list[Queued]
    reconciliation: Reconciliation


class _Record(NamedTuple):
    """The changes and the sides of conflicts that are recorded for a consolidation, and the sources that one sees."""

    changes: Sequence[Any]
    sides: Sequence[Any]
    seen_ids: set[str]


async def find_queue(
    session: AsyncSession, actor: Actor, now: datetime, consolidation_id: str
) -> ConsolidationQueue | None:
    """Return the queue of a consolidation, None unless the actor sees the consolidation.

    The number of statements does not depend on the length of the text.
    """
    if prefix_of(consolidation_id) != Consolidation.prefix:
        return None
    consolidation = await reading.find_visible(session, actor, now, consolidation_id)
    if consolidation is None:
        return None
    check = await check_of(session, consolidation)
    changes, sides = await _read_changes(session, consolidation.id), await _read_sides(session, consolidation.id)
    seen_ids = await reading.find_seen_sources(session, actor, now, {row.source_id for row in (*changes, *sides)})
    record = _Record(changes, sides, seen_ids)
    base = await recorded.read_text(session, consolidation.base_id)
    target = await recorded.read_text(session, consolidation.target_id)
    provisions = await asyncio.to_thread(_line_up, base, target, record, check)
    return ConsolidationQueue(provisions, await show_check(session, actor, now, check))


async def _read_changes(session: AsyncSession, consolidation_id: str) -> Sequence[Any]:
    """Return the changes of a consolidation that stand in its target or wait, as rows."""
    of = AppliedChange
    columns = (of.provision_id, of.source_id, of.party_id, of.kind, of.after_id, of.replacement, of.stands)
    return (
        await session.execute(select(*columns).where(of.consolidation_id == consolidation_id).order_by(of.id))
    ).all()


async def _read_sides(session: AsyncSession, consolidation_id: str) -> Sequence[Any]:
    """Return the sides of the conflicts of a consolidation as rows, each with its conflict."""
    columns = (TextConflict.id, TextConflict.provision_id, TextConflict.status)
    statement = select(*columns, ConflictSide.source_id, ConflictSide.party_id).join(ConflictSide)
    of = TextConflict.consolidation_id == consolidation_id
    return (await session.execute(statement.where(of).order_by(ConflictSide.id))).all()


def _line_up(base: Sequence[BaseText], target: Sequence[BaseText], record: _Record, check: Check) -> list[Queued]:
    """Return the queue."""
    moved = {row.provision_id for row in record.changes if row.kind == AmendmentKind.MOVE}
    additions = [
        Addition(row.provision_id, row.after_id, row.replacement if row.source_id in record.seen_ids else "")
        for row in record.changes
        if row.kind == AmendmentKind.ADD
    ]
    parties: dict[str, list[str]] = defaultdict(list)
    for row in (*record.changes, *record.sides):
        parties[row.provision_id] += [row.party_id] if row.party_id and row.source_id in record.seen_ids else []
    return build_queue(pair_provisions(base, target, moved), additions, _count_waiting(record, check), parties)


def _count_waiting(record: _Record, check: Check) -> dict[str, Backlog]:
    """Return what every provision waits for, also those with disagreements that are explained."""
    open_conflicts = {row.id: row.provision_id for row in record.sides if row.status == ConflictStatus.OPEN}
    conflicts = Counter(open_conflicts.values())
    # What waits in the text is explained by itself once the conflicts are settled for which it waits.
    held_back = {(row.source_id, row.provision_id) for row in record.changes if conflicts and not row.stands}
    elsewhere = Counter(each.key for each in check.unexplained if (each.source, each.key) in held_back)
    unexplained = Counter(each.key for each in check.unexplained) - elsewhere
    unread = Counter(sentence.key for sentence in check.unread)
    keys = {each.key for each in check.disagreements}.union(conflicts, unread)
    return {key: Backlog(conflicts[key], unexplained[key], unread[key], elsewhere[key]) for key in keys}
