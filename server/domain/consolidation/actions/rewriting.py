"""Writing the text of a version that is being made anew, after a settlement."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.actions.making import carried_marks, rows_of
from server.domain.consolidation.actions.referring import follow_base
from server.domain.consolidation.queries import gathering, reading
from server.domain.consolidation.queries.checking import read_provisions
from server.domain.consolidation.rules.changes import Accepted, Applied, BaseText, Form
from server.domain.consolidation.rules.merging import compose
from server.domain.consolidation.rules.outline import TextTree, parents_in
from server.domain.texts.queries import reading as texts
from server.journal.chain import sha256_of
from server.models.base import table_of
from server.models.consolidation import AppliedChange, Consolidation, TextCorrection
from server.models.proposals import Amendment
from server.models.texts import ProvisionText
from server.storage.written import note_rows
from server.vocabulary.consolidation import CorrectionStatus
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk


async def rewrite_provisions(session: AsyncSession, consolidation: Consolidation, keys: Collection[str]) -> None:
    """Write the words of these provisions in the target from the base and the changes that stand, and their order.

    Provisions that go are taken out, new ones put in. The words of all others stay as they are, revised or not. The
    number of statements does not depend on the length of the text.
    """
    await lapse_corrections(session, consolidation.target_id, keys)
    base = await texts.provisions_of(session, consolidation.base_id)
    standing = {p.provision_id: p for p in await texts.provisions_of(session, consolidation.target_id)}
    composed = compose(TextTree(read_provisions(base)), await read_changes(session, consolidation.id))
    composed_by_key = {provision.key: provision for provision in composed}
    if gone := [key for key in keys if key in standing and key not in composed_by_key]:
        place = (ProvisionText.text_version_id == consolidation.target_id, ProvisionText.provision_id.in_(gone))
        await session.execute(delete(ProvisionText).where(*place))
    # Away from where the new positions come to stand, since two rows never share one.
    version = ProvisionText.text_version_id == consolidation.target_id
    await session.execute(update(ProvisionText).where(version).values(position=-ProvisionText.position))
    if new := [provision for provision in composed if provision.key not in standing and provision.key in keys]:
        rows = rows_of(consolidation.target_id, new, {})
        for number, row in enumerate(rows, start=len(base) + len(standing) + len(composed)):
            row["position"] = number
        await session.execute(insert(ProvisionText), rows)
    if order := [provision for provision in composed if provision.key in standing or provision.key in keys]:
        await _write_order(session, consolidation.target_id, order)
    if changed := [composed_by_key[key] for key in keys if key in composed_by_key and key in standing]:
        await _write_words(session, consolidation.target_id, changed, carried_marks(base, changed))
    await follow_base(session, consolidation)


async def lapse_corrections(session: AsyncSession, version_id: str, keys: Collection[str]) -> None:
    """Mark the corrections of provisions whose words are written anew: they have to be made again."""
    standing = (TextCorrection.text_version_id == version_id, TextCorrection.status == CorrectionStatus.STANDS)
    lapsed = update(TextCorrection).where(*standing, TextCorrection.provision_id.in_(keys)).returning(TextCorrection.id)
    ids = await session.scalars(lapsed.values(status=CorrectionStatus.LAPSED))
    note_rows(session, TextCorrection.__tablename__, ids.all())


async def _write_order(session: AsyncSession, version_id: str, order: Sequence[BaseText]) -> None:
    """Give the provisions of a version their positions, from 1, their parents, and additions their numbers."""
    table = table_of(ProvisionText)
    place = (table.c.text_version_id == version_id, table.c.provision_id == bindparam("key"))
    parents = parents_in(order)
    rows = [
        {"key": provision.key, "place": position, "above": parent, "number": provision.printed_number}
        for position, (provision, parent) in enumerate(zip(order, parents, strict=True), start=1)
    ]
    written = (
        update(table)
        .where(*place)
        .values(position=bindparam("place"), parent_id=bindparam("above"), printed_number=bindparam("number"))
    )
    await session.execute(written, rows)


async def _write_words(
    session: AsyncSession, version_id: str, provisions: Sequence[BaseText], marks: Mapping[str, list[list[Any]]]
) -> None:
    """Write the words and the marks of provisions that stand in a version."""
    table = table_of(ProvisionText)
    place = (table.c.text_version_id == version_id, table.c.provision_id == bindparam("key"))
    rows = [
        {"key": each.key, "words": each.text, "seal": sha256_of(each.text), "set_off": marks.get(each.key, [])}
        for each in provisions
    ]
    parameters = {"text": "words", "digest": "seal", "marks": "set_off"}
    columns: dict[Any, Any] = {table.c[name]: bindparam(parameter) for name, parameter in parameters.items()}
    await session.execute(update(table).where(*place).values(columns), rows)


async def read_changes(session: AsyncSession, consolidation_id: str) -> list[Applied]:
    """Return the changes that stand in what a consolidation makes, additions with the form that they were given."""
    rows = await reading.changes_of(session, consolidation_id)
    sources = {row.source_id for row in rows if row.kind == AmendmentKind.ADD}
    amendments = await session.scalars(select(Amendment).where(Amendment.id.in_(sources)))
    forms = {amendment.id: gathering.form_of(amendment) for amendment in amendments}
    return [read_change(row, forms.get(row.source_id)) for row in rows]


def read_change(row: AppliedChange, form: Form | None = None) -> Applied:
    """Return one recorded change; `form` is that of an addition."""
    change = Accepted(
        source=row.source_id,
        decision=row.decision_id,
        party=row.party_id or "",
        kind=row.kind,
        key=row.provision_id,
        wording=row.replacement,
        after=row.after_id,
        form=form or Form(),
    )
    return Applied(change, Hunk(row.start, row.end, row.replacement), row.provision_id)
