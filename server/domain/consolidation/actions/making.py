"""Merging accepted changes into the next version."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.nesting import Place, parents_of
from server.documents.words import carry_marks, marks_of
from server.domain.consolidation import policy
from server.domain.consolidation.queries import gathering, reading
from server.domain.consolidation.rules.life import BaseFacts
from server.domain.consolidation.rules.merging import Accepted, Applied, BaseText, Collision, Made, consolidated
from server.domain.texts import queries as texts
from server.domain.texts.actions import digest_of_text
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.kernel.refusals import Issue, RefusalCode, ensure_well_formed, invalid
from server.models.base import table_of
from server.models.consolidation import AppliedChange, ConflictSide, Consolidation, TextConflict
from server.models.texts import Provision, ProvisionText, TextVersion
from server.vocabulary.consolidation import CONFLICT_LIFECYCLE
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import UnitKind


async def consolidate(session: AsyncSession, actor: Actor, now: datetime, *, text_version_id: str, label: str) -> str:
    """Make the next version from an issued one and every accepted change, and return the consolidation's id.

    Where accepted wordings collide, the words of the base stand until the conflict is settled.
    """
    base = await texts.get_version(session, actor, now, text_version_id)
    # Before anything is counted: of two consolidations at once, the second then sees the version of the first.
    await texts.lock_instrument(session, base.instrument_id)
    facts = BaseFacts(
        base.status,
        await reading.count_undisposed(session, base.id),
        await reading.count_working(session, base.instrument_id),
        await reading.count_open_rounds(session, base.id, now),
        not await texts.is_superseded(session, base),
    )
    policy.consolidate.ensure(actor, facts, now)
    ensure_well_formed([] if label.strip() else [Issue("label", "must not be empty")])
    accepted = (await gathering.answered_wordings(session, base.id))[0]
    accepted += (await gathering.viewed_amendments(session, base.id))[0]
    _ensure_movable(accepted)
    # Merging a long text takes time that the event loop has not.
    merged = await asyncio.to_thread(consolidated, await _read_base(session, base), accepted)
    latest = await texts.latest_version(session, base.instrument_id)
    target = TextVersion(
        instrument_id=base.instrument_id,
        number=(latest or base).number + 1,
        label=label.strip(),
        language=base.language,
        base_id=base.id,
        created_at=now,
    )
    consolidation = Consolidation(base_id=base.id, target_id=target.id, started_by_id=actor.delegate_id, started_at=now)
    session.add(target)
    await session.flush()  # the consolidation refers to the target, which has to be there first
    session.add(consolidation)
    await session.flush()
    await _write_target(session, target, consolidation, merged, accepted)
    numbers = {"applied": len(merged.applied), "conflicts": len(merged.collisions)}
    await record(session, actor, policy.consolidate, consolidation.id, now, base=base.id, target=target.id, **numbers)
    return consolidation.id


async def _read_base(session: AsyncSession, base: TextVersion) -> list[BaseText]:
    """Return the provisions of the base in reading order."""
    return [
        BaseText(p.provision_id, p.kind, p.level, p.printed_number, p.text)
        for p in await texts.provisions_of(session, base.id)
    ]


def _ensure_movable(accepted: Sequence[Accepted]) -> None:
    """Refuse amendments that put a provision in different places, or move and delete it."""
    places: dict[str, set[str | None]] = {}
    for change in accepted:
        if change.kind == AmendmentKind.MOVE:
            places.setdefault(change.key, set()).add(change.after)
        elif change.kind == AmendmentKind.DELETE:
            places.setdefault(change.key, set()).add("deleted")
    if twice := [key for key, after in places.items() if len(after) > 1]:
        message = (
            "agreed amendments put this provision in different places, or delete it as well: the group must choose"
        )
        raise invalid(*(Issue(key, message) for key in twice), code=RefusalCode.CONFLICTS_OPEN)


async def _write_target(
    session: AsyncSession, target: TextVersion, consolidation: Consolidation, merged: Made, accepted: list[Accepted]
) -> None:
    """Write the target's provisions, the changes that stand in it and the conflicts."""
    added_keys = [change.key for change in accepted if change.kind == AmendmentKind.ADD]
    # The key of an added provision is made from its amendment: an abandoned version may have left it.
    existing = set(await session.scalars(select(Provision.id).where(Provision.id.in_(added_keys))))
    if new_keys := [key for key in added_keys if key not in existing]:
        await session.execute(
            insert(Provision), [{"id": key, "instrument_id": target.instrument_id} for key in new_keys]
        )
    parents = parents_of(Place(UnitKind(p.kind), p.level, p.printed_number, p.text) for p in merged.provisions)
    marks = await _carry_marks(session, consolidation.base_id, merged)
    rows = [
        {
            "id": new_id(ProvisionText.prefix),
            "text_version_id": target.id,
            "provision_id": provision.key,
            "position": position,
            "kind": provision.kind,
            "level": provision.level,
            "printed_number": provision.printed_number,
            "text": provision.text,
            "digest": digest_of_text(provision.text),
            "parent_id": None if parent is None else merged.provisions[parent].key,
            "marks": marks.get(provision.key, []),
        }
        for position, (provision, parent) in enumerate(zip(merged.provisions, parents, strict=True), start=1)
    ]
    if rows:
        await session.execute(insert(ProvisionText), rows)
    await add_changes(session, consolidation.id, merged.applied)
    await _add_conflicts(session, consolidation.id, merged.collisions)


async def _carry_marks(session: AsyncSession, base_id: str, merged: Made) -> dict[str, list[list[Any]]]:
    """Return, by key, the marks of the base's provisions that still stand in the words that are made."""
    texts_made = {provision.key: provision.text for provision in merged.provisions}
    return {
        p.provision_id: [list(mark) for mark in carry_marks(marks_of(p.marks), p.text, texts_made[p.provision_id])]
        for p in await texts.provisions_of(session, base_id)
        if p.marks and p.provision_id in texts_made
    }


async def add_changes(session: AsyncSession, consolidation_id: str, applied: Sequence[Applied]) -> None:
    """Record changes that stand in the target, in one statement."""
    # Written as rows: the ORM would make one statement for each pattern of empty columns.
    rows = [
        {
            "id": new_id(AppliedChange.prefix),
            "consolidation_id": consolidation_id,
            "provision_id": change.key,
            "kind": change.kind,
            "start": hunk.start,
            "end": hunk.end,
            "replacement": hunk.replacement,
            "source_id": change.source,
            "decision_id": change.decision,
            "party_id": change.party or None,
            "reason": "",
        }
        for change, hunk in applied
    ]
    if rows:
        await session.execute(insert(table_of(AppliedChange)), rows)


async def _add_conflicts(session: AsyncSession, consolidation_id: str, collisions: Sequence[Collision]) -> None:
    """Record conflicts and their sides, in two statements."""
    conflicts: list[dict[str, Any]] = []
    sides: list[dict[str, Any]] = []
    for collision in collisions:
        conflict = {
            "id": new_id(TextConflict.prefix),
            "consolidation_id": consolidation_id,
            "provision_id": collision.key,
            "start": collision.start,
            "end": collision.end,
            "base_words": collision.base_words,
            "status": CONFLICT_LIFECYCLE.initial,
            "version": 1,
            "reason": "",
        }
        conflicts.append(conflict)
        sides += [
            {
                "id": new_id(ConflictSide.prefix),
                "conflict_id": conflict["id"],
                "source_id": change.source,
                "decision_id": change.decision,
                "party_id": change.party or None,
                "words": words,
            }
            for change, words in collision.sides
        ]
    if conflicts:
        await session.execute(insert(table_of(TextConflict)), conflicts)
        await session.execute(insert(table_of(ConflictSide)), sides)
