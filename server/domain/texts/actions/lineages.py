"""Saying where the provisions of a version come from: as they are imported, and by a person afterwards."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from server.documents.tables import count_breaks
from server.domain.texts import policy
from server.domain.texts.queries import lineages, reading
from server.domain.texts.rules.lineages import (
    LineageClaim,
    LineageLine,
    RestatedLineage,
    check_claims,
    name_lines,
    restate_lineage,
)
from server.domain.texts.rules.provisions import VersionFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import new_id
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.base import table_of
from server.models.consolidation import TextCorrection
from server.models.texts import Lineage, Provision, ProvisionReference, ProvisionText, TextVersion
from server.storage.written import note_rows
from server.vocabulary.texts import UnitKind
from server.wording.alignment import align
from server.wording.skeletons import Bone, pair_languages

MOST_LINES = 1_000
"""Lines of lineage that one act confirms at most."""


async def align_texts(old: Sequence[ProvisionText], texts: Sequence[str]) -> tuple[list[str], list[LineageLine]]:
    """Return the permanent keys of provisions with these words, and where they come from in an older version."""
    # Aligning a long text takes time that the event loop has not.
    pairings = await asyncio.to_thread(align, [provision.text for provision in old], texts)
    return name_lines(pairings, [p.provision_id for p in old], [new_id(Provision.prefix) for _ in texts])


async def align_languages(
    original: Sequence[ProvisionText], bones: Sequence[Bone]
) -> tuple[list[str], list[LineageLine]]:
    """Return the permanent keys of provisions of this shape, and which ones of the original they stand for."""
    shapes = [Bone(p.kind, p.level, p.printed_number, count_cells(p.kind, p.text)) for p in original]
    pairings = await asyncio.to_thread(pair_languages, shapes, bones)
    return name_lines(pairings, [p.provision_id for p in original], [new_id(Provision.prefix) for _ in bones])


def count_cells(kind: UnitKind, text: str) -> int:
    """Return the number of cells of a row of a table, 0 for anything else."""
    return count_breaks(text) + 1 if kind is UnitKind.TABLE_ROW else 0


async def add_lineage(
    session: AsyncSession, version_id: str, from_version_id: str, lines: Sequence[LineageLine]
) -> None:
    """Record the lines of lineage of a version, in one statement."""
    rows = [
        _row_of(line, version_id, from_version_id, position=position) for position, line in enumerate(lines, start=1)
    ]
    if rows:
        await session.execute(insert(table_of(Lineage)), rows)


def _row_of(line: LineageLine, version_id: str, from_version_id: str, **given: Any) -> dict[str, Any]:
    """Return the row of a line, confirmed by nobody unless that is given."""
    row = {
        "id": new_id(Lineage.prefix),
        "text_version_id": version_id,
        "from_version_id": from_version_id,
        "kind": line.kind,
        "provision_id": line.key,
        "from_id": line.origin,
        "into_id": line.into,
        "score": line.score,
        "confirmed_by_id": None,
        "confirmed_at": None,
    }
    return row | given


async def confirm_lineage(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    lines: Sequence[LineageClaim],
    expected_revision: int,
) -> str:
    """Confirm where provisions of a version come from, or say where else they do, and return the version's id.

    Another origin gives a provision the key that it has in the version before; none gives it a key of its own. What no
    provision comes from any more is deleted, and that waits for confirmation. Refuses a key that two provisions would
    have. The number of statements does not depend on the length of the text.
    """
    version = await reading.get_version(session, actor, now, text_version_id, lock=True)
    policy.confirm_lineage.ensure(actor, facts_of(VersionFacts, version), now)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    ensure_well_formed([] if 0 < len(lines) <= MOST_LINES else [Issue("lines", IssueCode.COUNT, limit=MOST_LINES)])
    rows = {row.provision_id: row for row in await lineages.lineage_of(session, version.id)}
    known = {key: LineageLine(row.kind, key, row.from_id, row.into_id, row.score) for key, row in rows.items()}
    from_version_id = next((row.from_version_id for row in rows.values()), "")
    old = {p.provision_id: p.text for p in await reading.provisions_of(session, from_version_id)}
    provisions = await reading.provisions_of(session, version.id)
    new = {p.provision_id: p.text for p in provisions}
    ensure_well_formed(check_claims(lines, known, old, new))
    fresh = [new_id(Provision.prefix) for _ in lines]
    # Comparing long provisions takes time that the event loop has not.
    is_translated = version.follows_id is not None and version.follows_id == from_version_id
    restated = await asyncio.to_thread(restate_lineage, lines, known, old, new, fresh, is_translated=is_translated)
    if added := [{"id": key, "instrument_id": version.instrument_id} for key in fresh if key in restated.keys.values()]:
        await session.execute(insert(Provision), added)
    await _write_lines(session, version.id, from_version_id, restated, rows, by=actor.delegate_id, at=now)
    await _write_keys(session, version, provisions, restated.keys)
    if version.follows_id and restated.keys:
        await mark_translated(session, version.id, version.follows_id, list(restated.keys.values()))
    version.revision += 1
    details = {"lines": len(lines), "keys": restated.keys}
    await record(session, actor, policy.confirm_lineage, version.id, now, **details)
    return version.id


async def _write_lines(
    session: AsyncSession,
    version_id: str,
    from_version_id: str,
    restated: RestatedLineage,
    rows: Mapping[str, Lineage],
    **confirmed: Any,
) -> None:
    """Write the lines that were confirmed or said anew, without those that end and with those that begin."""
    confirmation = {"confirmed_by_id": confirmed["by"], "confirmed_at": confirmed["at"]}
    written = [
        _row_of(line, version_id, from_version_id, id=rows[key].id, position=rows[key].position, **confirmation)
        for key, line in restated.lines.items()
        if key not in restated.gone
    ]
    last = max(row.position for row in rows.values())
    written += [
        _row_of(line, version_id, from_version_id, position=position)
        for position, line in enumerate(restated.orphans, start=last + 1)
    ]
    ended = [rows[key].id for key in restated.lines.keys() | restated.gone]
    # Keys are swapped among rows that may not share one: the rows go and come again.
    await session.execute(delete(Lineage).where(Lineage.id.in_(ended)).execution_options(synchronize_session=False))
    await session.execute(insert(table_of(Lineage)), written)
    untouched = [row for key, row in rows.items() if key not in restated.lines and key not in restated.gone]
    await _update_rows(session, Lineage.into_id, {row.id: row.into_id for row in untouched}, restated.keys)


async def _write_keys(
    session: AsyncSession, version: TextVersion, provisions: Sequence[ProvisionText], keys: Mapping[str, str]
) -> None:
    """Write other permanent keys of provisions of a version, also where others refer to them or were corrected."""
    rows = [
        {column.name: getattr(provision, column.name) for column in ProvisionText.__table__.columns}
        | {"provision_id": keys[provision.provision_id]}
        for provision in provisions
        if provision.provision_id in keys
    ]
    if not rows:
        return
    changed = delete(ProvisionText).where(ProvisionText.id.in_([row["id"] for row in rows]))
    await session.execute(changed.execution_options(synchronize_session=False))
    await session.execute(insert(table_of(ProvisionText)), rows)
    await _update_rows(session, ProvisionText.parent_id, {p.id: p.parent_id for p in provisions}, keys)
    corrections = select(TextCorrection.id, TextCorrection.provision_id).where(
        TextCorrection.text_version_id == version.id, TextCorrection.provision_id.in_(keys)
    )
    corrected = {row.id: row.provision_id for row in await session.execute(corrections)}
    await _update_rows(session, TextCorrection.provision_id, corrected, keys)
    ends = select(ProvisionReference.id, ProvisionReference.provision_id, ProvisionReference.target_id)
    references = (await session.execute(ends.where(ProvisionReference.text_version_id == version.id))).all()
    places = {row.id: row.provision_id for row in references}
    await _update_rows(session, ProvisionReference.provision_id, places, keys)
    await _update_rows(session, ProvisionReference.target_id, {row.id: row.target_id for row in references}, keys)


async def mark_translated(
    session: AsyncSession, version_id: str, original_id: str, keys: Sequence[str] | None = None
) -> None:
    """Say that provisions of a translation, by default all, render the words of an original, in one statement.

    Those that do not stand there render none.
    """
    table, original = table_of(ProvisionText), table_of(ProvisionText).alias("original")
    words = select(original.c.digest).where(
        original.c.text_version_id == original_id, original.c.provision_id == table.c.provision_id
    )
    marked = update(table).where(table.c.text_version_id == version_id)
    if keys is not None:
        marked = marked.where(table.c.provision_id.in_(keys))
    await session.execute(marked.values(original_digest=words.scalar_subquery()))


async def _update_rows(
    session: AsyncSession, column: InstrumentedAttribute[Any], before: Mapping[str, str | None], keys: Mapping[str, str]
) -> None:
    """Write the new keys in a column of rows, whose keys `before` are given by id, in one statement."""
    rows = [{"row": row, "now": keys[key]} for row, key in before.items() if key and key in keys]
    if rows:
        table = column.class_.__table__
        statement = update(table).where(table.c.id == bindparam("row")).values({column.key: bindparam("now")})
        await session.execute(statement, rows)
        note_rows(session, table.name, [str(row["row"]) for row in rows])
