"""Merging accepted changes into the next version."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.words import carry_marks, marks_of
from server.domain.consolidation import policy
from server.domain.consolidation.actions.referring import follow_base
from server.domain.consolidation.queries import gathering, pending
from server.domain.consolidation.queries.checking import read_provisions
from server.domain.consolidation.rules.changes import Applied, BaseText, Collision, Made
from server.domain.consolidation.rules.life import BaseFacts
from server.domain.consolidation.rules.merging import consolidated
from server.domain.consolidation.rules.outline import parents_in
from server.domain.consolidation.rules.structure import PLACING
from server.domain.texts.queries import reading as texts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed
from server.models.base import table_of
from server.models.consolidation import AppliedChange, ConflictSide, Consolidation, TextConflict
from server.models.texts import Provision, ProvisionText, TextVersion
from server.storage.written import note_rows
from server.vocabulary.consolidation import CONFLICT_LIFECYCLE
from server.vocabulary.proposals import AmendmentKind


async def consolidate(session: AsyncSession, actor: Actor, now: datetime, *, text_version_id: str, label: str) -> str:
    """Make the next version from an issued one and every accepted change, and return the consolidation's id.

    Where accepted wordings collide, the words of the base stand until the conflict is settled.
    """
    base = await texts.get_version(session, actor, now, text_version_id)
    # Before anything is counted: of two consolidations at once, the second then sees the version of the first.
    await texts.lock_instrument(session, base.instrument_id)
    policy.consolidate.ensure(actor, await _read_facts(session, base, now), now)
    await texts.ensure_original(session, base)
    ensure_well_formed([] if label.strip() else [Issue("label", IssueCode.EMPTY)])
    accepted, _ = await gathering.gather(session, base.id, now)
    # Merging a long text takes time that the event loop has not.
    merged = await asyncio.to_thread(
        consolidated, read_provisions(await texts.provisions_of(session, base.id)), accepted
    )
    target = await _build_target(session, now, base, label)
    consolidation = Consolidation(base_id=base.id, target_id=target.id, started_by_id=actor.delegate_id, started_at=now)
    session.add(target)
    await session.flush()  # the consolidation refers to the target, which has to be there first
    session.add(consolidation)
    await session.flush()
    await _write_target(session, target, consolidation, merged)
    await follow_base(session, consolidation)
    numbers = {"applied": len(merged.applied), "conflicts": len(merged.collisions)}
    await record(session, actor, policy.consolidate, consolidation.id, now, base=base.id, target=target.id, **numbers)
    return consolidation.id


async def _read_facts(session: AsyncSession, base: TextVersion, now: datetime) -> BaseFacts:
    """Return the facts about a version that is about to be consolidated."""
    return BaseFacts(
        base.status,
        await pending.count_undisposed(session, base.id),
        await pending.count_working(session, base.instrument_id, base.language),
        await pending.count_open_rounds(session, base.id, now),
        not await texts.is_superseded(session, base),
        await pending.name_open_rounds(session, base.id, now),
    )


async def _build_target(session: AsyncSession, now: datetime, base: TextVersion, label: str) -> TextVersion:
    """Return the row of the version that is made from a base, with the next number."""
    latest = await texts.latest_version(session, base.instrument_id, base.language)
    return TextVersion(
        instrument_id=base.instrument_id,
        number=(latest or base).number + 1,
        label=label.strip(),
        language=base.language,
        base_id=base.id,
        created_at=now,
    )


async def _write_target(session: AsyncSession, target: TextVersion, consolidation: Consolidation, merged: Made) -> None:
    """Write the target's provisions, the changes that stand in it or wait, and the conflicts."""
    changes = (*merged.applied, *merged.waiting)
    added_keys = list(dict.fromkeys(key for change, _, key in changes if change.kind == AmendmentKind.ADD))
    # The key of an added provision is made from its amendment: an abandoned version may have left it.
    existing = set(await session.scalars(select(Provision.id).where(Provision.id.in_(added_keys))))
    if new_keys := [key for key in added_keys if key not in existing]:
        await session.execute(
            insert(Provision), [{"id": key, "instrument_id": target.instrument_id} for key in new_keys]
        )
    if merged.provisions:
        base = await texts.provisions_of(session, consolidation.base_id)
        await session.execute(
            insert(ProvisionText), rows_of(target.id, merged.provisions, carried_marks(base, merged.provisions))
        )
    await add_changes(session, consolidation.id, merged.applied)
    await add_changes(session, consolidation.id, merged.waiting, stand=False)
    await _add_conflicts(session, consolidation.id, merged.collisions)


def rows_of(
    version_id: str, provisions: Sequence[BaseText], marks: Mapping[str, list[list[Any]]]
) -> list[dict[str, Any]]:
    """Return the rows of all provisions of a text in their order, the first at position 1, each with its parent."""
    return [
        {
            "id": new_id(ProvisionText.prefix),
            "text_version_id": version_id,
            "provision_id": provision.key,
            "position": position,
            "kind": provision.kind,
            "level": provision.level,
            "printed_number": provision.printed_number,
            "text": provision.text,
            "digest": sha256_of(provision.text),
            "parent_id": parent,
            "marks": marks.get(provision.key, []),
        }
        for position, (provision, parent) in enumerate(zip(provisions, parents_in(provisions), strict=True), start=1)
    ]


def carried_marks(base: Sequence[ProvisionText], provisions: Sequence[BaseText]) -> dict[str, list[list[Any]]]:
    """Return, by key, the marks of the base's provisions that still stand in the words that are made."""
    words = {provision.key: provision.text for provision in provisions}
    return {
        p.provision_id: [list(mark) for mark in carry_marks(marks_of(p.marks), p.text, words[p.provision_id])]
        for p in base
        if p.marks and p.provision_id in words
    }


async def add_changes(
    session: AsyncSession, consolidation_id: str, changes: Sequence[Applied], *, stand: bool = True
) -> None:
    """Record changes that stand in the target, or that wait, in one statement."""
    # Written as rows: the ORM would make one statement for each pattern of empty columns.
    rows = [
        {
            "id": new_id(AppliedChange.prefix),
            "consolidation_id": consolidation_id,
            "provision_id": key,
            "kind": change.kind,
            "start": hunk.start,
            "end": hunk.end,
            "replacement": hunk.replacement,
            "source_id": change.source,
            "decision_id": change.decision,
            "party_id": change.party or None,
            "reason": "",
            "after_id": change.after,
            "stands": stand,
        }
        for change, hunk, key in changes
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
            "kind": collision.kind,
            "provision_id": collision.key,
            "start": collision.start,
            "end": collision.end,
            "base_words": collision.base_words,
            "status": CONFLICT_LIFECYCLE.initial,
            "revision": 1,
            "reason": "",
            "standing_ids": [],
            "rest_stands": False,
        }
        conflicts.append(conflict)
        sides += [
            {
                "id": new_id(ConflictSide.prefix),
                "conflict_id": conflict["id"],
                "kind": change.kind,
                "placed_id": change.key if change.kind in PLACING else None,
                "after_id": change.after,
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
        note_rows(session, TextConflict.__tablename__, [conflict["id"] for conflict in conflicts])
