"""Importing texts."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.markdown import Document, Unit, UnreadableDocument, read_document
from server.documents.mending import Mend, UnfitMend, mend_document
from server.domain.texts import policy, queries, rules
from server.domain.texts.actions.lineages import add_lineage, align_texts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.kernel.refusals import Issue, Refusal, RefusalCode, RefusalKind, ensure_well_formed, invalid
from server.models.texts import Instrument, Provision, ProvisionText, TextVersion


async def import_text(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    title: str,
    short_title: str,
    label: str,
    markdown: str,
    source_name: str = "",
    language: str = "en",
    mends: Sequence[Mend] = (),
) -> str:
    """Read a document into the first or the next version of an instrument, and return the version's id.

    Every heading, paragraph, item, table and row becomes a provision with a permanent key, once the `mends` are made.
    In a next version those that come from the latest issued one keep their keys, as `align` finds; what is not certain
    waits for `confirm_lineage`. The same document twice is the same version. Refuses an unreadable document, a mend
    that does not fit, other mends of the same document, and another document while a version is being made.
    """
    policy.import_text.ensure(actor, None, now)
    ensure_well_formed(_check_names(title, short_title, label) + rules.check_language(language))
    digest = hashlib.sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()
    instrument = await queries.find_instrument(session, short_title)
    earlier = await queries.find_import(session, instrument.id, digest) if instrument else None
    if earlier and not mends:
        return earlier.id
    document = await _read(markdown, mends)
    if earlier:
        await _ensure_same(session, earlier.id, document.units)
        return earlier.id
    version = TextVersion(label=label, language=rules.canonical_language(language), created_at=now)
    version.source_name, version.source_digest = source_name, digest
    await _add_version(session, version, instrument or Instrument(title=title, short_title=short_title))
    await _add_units(session, version, document.units)
    details = {"provisions": len(document.units), "source_digest": digest} | ({"mends": len(mends)} if mends else {})
    await record(session, actor, policy.import_text, version.id, now, **details)
    return version.id


async def read_paper(actor: Actor, now: datetime, *, markdown: str, mends: Sequence[Mend] = ()) -> Document:
    """Read a document as `import_text` would, and store nothing. Refuses what that refuses of a document and mends."""
    policy.import_text.ensure(actor, None, now)
    return await _read(markdown, mends)


async def _read(markdown: str, mends: Sequence[Mend]) -> Document:
    try:
        document = await asyncio.to_thread(read_document, markdown)  # seconds for the largest papers
        return await asyncio.to_thread(mend_document, document, mends)
    except UnreadableDocument as error:
        raise invalid(Issue("markdown", error.message), code=RefusalCode.IMPORT_UNREADABLE) from error
    except UnfitMend as error:
        field = {"unit": "position", "number": "printedNumber"}.get(error.field, error.field)
        raise invalid(Issue(f"mends.{error.index}.{field}", error.message)) from error


async def _ensure_same(session: AsyncSession, version_id: str, units: Sequence[Unit]) -> None:
    """Refuse units other than the provisions that were stored."""
    stored = [(p.kind, p.level, p.printed_number, p.text) for p in await queries.provisions_of(session, version_id)]
    if stored != [unit[:4] for unit in units]:
        message = "This document was imported already, with other mends. The version that it gave stands."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)


def _check_names(title: str, short_title: str, label: str) -> list[Issue]:
    """Return the faults of names that are empty."""
    names = (("title", title), ("shortTitle", short_title), ("label", label))
    return [Issue(name, "must not be empty") for name, value in names if not value.strip()]


async def _add_version(session: AsyncSession, version: TextVersion, instrument: Instrument) -> None:
    """Add a version as the next one of an instrument, which follows its latest issued one.

    Refuses while another version of the text is being made.
    """
    # Of two acts at once that make a version, the second then sees the version of the first.
    await queries.lock_instrument(session, instrument.id)
    if working := await queries.find_working(session, instrument.id):
        message = f"Version {working.number} of {instrument.short_title} is being made: issue it or give it up first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
    base = await queries.latest_issued(session, instrument.id)
    latest = await queries.latest_version(session, instrument.id)
    version.number = latest.number + 1 if latest else 1
    version.base_id = base.id if base else None
    version.instrument = instrument
    session.add(version)
    await session.flush()


async def _add_units(session: AsyncSession, version: TextVersion, units: tuple[Unit, ...]) -> None:
    """Add the provisions of a version and their words, and where they come from in its base; few statements do it."""
    old = await queries.provisions_of(session, version.base_id) if version.base_id else []
    keys, lines = await align_texts(old, [unit.text for unit in units])
    known = {provision.provision_id for provision in old}
    if added := [{"id": key, "instrument_id": version.instrument_id} for key in keys if key not in known]:
        await session.execute(insert(Provision), added)
    if version.base_id:
        await add_lineage(session, version.id, version.base_id, lines)
    await session.execute(
        insert(ProvisionText),
        [
            {
                "id": new_id(ProvisionText.prefix),
                "text_version_id": version.id,
                "provision_id": key,
                "position": position,
                "kind": unit.kind,
                "level": unit.level,
                "printed_number": unit.printed_number,
                "text": unit.text,
                "digest": digest_of_text(unit.text),
                "parent_id": None if unit.parent is None else keys[unit.parent],
                "marks": [list(mark) for mark in unit.marks],
            }
            for position, (key, unit) in enumerate(zip(keys, units, strict=True), start=1)
        ],
    )


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a provision's words in UTF-8, as 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()
