"""Renumbering a version that is being made, and letting references follow."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.words import carry_marks, marks_of
from server.domain.consolidation import policy
from server.domain.consolidation.queries import corrections, renumberings
from server.domain.consolidation.rules.correcting import Correction, put_on_top
from server.domain.consolidation.rules.renumbering import RenumberingPlan, check_numbers, plan_renumbering
from server.domain.texts.actions.importing import write_references
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import VersionFacts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import new_id
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.base import table_of
from server.models.consolidation import TextCorrection
from server.models.texts import ProvisionText, TextVersion
from server.storage.written import note_rows
from server.vocabulary.consolidation import CorrectionKind, CorrectionStatus
from server.wording.hunks import Hunk, apply_hunks

REASON = "The provision that it points to was renumbered."
"""The reason of a correction that lets a reference follow."""


async def renumber_version(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    numbers: Sequence[tuple[str, str]] = (),
    expected_revision: int,
) -> str:
    """Give the provisions of a version that is being made numbers without gaps, and return the version's id.

    `numbers` are set by hand, as (permanent key, printed number). References follow as corrections, which the check
    lists and parties may object to. The versions before keep their numbers. Refuses while conflicts are open.
    """
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    policy.renumber_version.ensure(actor, facts_of(VersionFacts, version), now)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    if await renumberings.has_open_conflict(session, version.id):
        message = "Accepted changes still compete in this version: settle them first, since they may bring provisions."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.CONFLICTS_OPEN, message)
    material = await renumberings.read_material(session, version)
    ensure_well_formed(check_numbers(numbers, {provision.key for provision in material.target}))
    by_hand = {key: number.strip() for key, number in numbers}
    plan = await asyncio.to_thread(plan_renumbering, *material[:3], by_hand, material.own_names)
    if not (plan.numbers or plan.references):
        message = "The numbers of this version run without gaps already, and its references follow them."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    await _write_numbers(session, version.id, plan)
    await _write_references(session, actor, now, version, plan)
    await write_references(session, version.id, plan.located)
    version.revision += 1
    changed = {key: [before, after] for key, before, after in plan.numbers}
    details = {"numbers": changed, "references": len(plan.references), "by_hand": by_hand}
    await record(session, actor, policy.renumber_version, version.id, now, **details)
    return version.id


async def _write_numbers(session: AsyncSession, version_id: str, plan: RenumberingPlan) -> None:
    """Write the new numbers, in one statement."""
    table = table_of(ProvisionText)
    place = (table.c.text_version_id == version_id, table.c.provision_id == bindparam("key"))
    if rows := [{"key": key, "number": after} for key, _, after in plan.numbers]:
        await session.execute(update(table).where(*place).values(printed_number=bindparam("number")), rows)


async def _write_references(
    session: AsyncSession, actor: Actor, now: datetime, version: TextVersion, plan: RenumberingPlan
) -> None:
    """Write the references that follow: the words, and corrections in place of those that they reach into."""
    hunks: dict[str, list[Hunk]] = defaultdict(list)
    for change in plan.references:
        hunks[change.key].append(change.hunk)
    if not hunks:
        return
    provisions = {p.provision_id: p for p in await texts.provisions_of(session, version.id) if p.provision_id in hunks}
    standing: dict[str, list[TextCorrection]] = defaultdict(list)
    for row in await corrections.corrections_of(session, version.id):
        standing[row.provision_id].append(row)
    await _write_words(session, provisions, hunks)
    rows = []
    for key, changes in hunks.items():
        rows += replace_corrections(provisions[key], standing[key], changes, REASON)
    common: dict[str, Any] = {"kind": CorrectionKind.REFERENCE, "status": CorrectionStatus.STANDS, "objection": ""}
    common |= {"text_version_id": version.id, "made_by_id": actor.delegate_id, "made_at": now}
    await session.flush()
    # A reference that is again as it was at first needs no correction any more.
    new = [
        {"id": new_id(TextCorrection.prefix), **common, **row} for row in rows if row["before"] != row["replacement"]
    ]
    if new:
        await session.execute(insert(table_of(TextCorrection)), new)
        note_rows(session, TextCorrection.__tablename__, [row["id"] for row in new])


def replace_corrections(
    provision: ProvisionText, standing: Sequence[TextCorrection], hunks: Sequence[Hunk], reason: str
) -> list[dict[str, Any]]:
    """Return the columns of the corrections that these hunks on the corrected words make.

    Corrections that a hunk reaches into lapse; the new one says what they said too.
    """
    row_of = {Correction(Hunk(row.start, row.end, row.replacement), row.before): row for row in standing}
    rows = []
    for layer in put_on_top(provision.text, row_of, hunks):
        reasons = dict.fromkeys((*(row_of[each].reason for each in layer.replaced), reason))
        for each in layer.replaced:
            row_of[each].status = CorrectionStatus.LAPSED
        hunk, before = layer.correction
        words = {"before": before, "replacement": hunk.replacement, "reason": " ".join(reasons)}
        rows.append({"provision_id": provision.provision_id, "start": hunk.start, "end": hunk.end, **words})
    return rows


async def _write_words(
    session: AsyncSession, provisions: Mapping[str, ProvisionText], hunks: Mapping[str, Sequence[Hunk]]
) -> None:
    """Write the words of provisions after these hunks, with their marks, in one statement."""
    table = table_of(ProvisionText)
    rows = []
    for key, changes in hunks.items():
        provision = provisions[key]
        text = apply_hunks(provision.text, changes)
        marks = [list(mark) for mark in carry_marks(marks_of(provision.marks), provision.text, text)]
        rows.append({"row": provision.id, "words": text, "seal": sha256_of(text), "set_off": marks})
    columns: dict[Any, Any] = {
        table.c.text: bindparam("words"),
        table.c.digest: bindparam("seal"),
        table.c.marks: bindparam("set_off"),
    }
    await session.execute(update(table).where(table.c.id == bindparam("row")).values(columns), rows)
