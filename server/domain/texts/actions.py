"""Importing texts."""

import asyncio
import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.markdown import Document, Unit, UnreadableDocument, read_document
from server.documents.mending import Mend, UnfitMend, mend_document
from server.domain.texts import policy, rules
from server.domain.texts.queries import reading, referring
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.kernel.refusals import Issue, Refusal, RefusalCode, RefusalKind, ensure_well_formed, invalid
from server.models.base import table_of
from server.models.texts import Instrument, Provision, ProvisionReference, ProvisionText, TextVersion
from server.vocabulary.texts import VersionStatus


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
    """Read a document into the first version of an instrument, and return the version's id.

    Every heading, paragraph, item, table and row becomes a provision with a permanent key, once the `mends` are made.
    The same document twice is the same version. Refuses an unreadable document, a mend that does not fit, and another
    document, or other mends, where there is a version already.
    """
    policy.import_text.ensure(actor, None, now)
    ensure_well_formed(rules.check_names(title=title, shortTitle=short_title, label=label, language=language))
    digest = hashlib.sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()
    instrument = await reading.find_instrument(session, short_title)
    earlier_id = await _find_version_id(session, instrument, digest) if instrument else None
    if earlier_id and not mends:
        return earlier_id
    document = await read_paper(markdown, mends)
    if earlier_id:
        await _ensure_same(session, earlier_id, document.units)
        return earlier_id
    version = await _add_version(session, instrument or Instrument(title=title, short_title=short_title))
    version.label, version.language, version.source_name = label, rules.canonical_language(language), source_name
    version.source_digest, version.created_at = digest, now
    await _add_units(session, version, document.units)
    await write_references(session, version.id, await _locate(session, version.id))
    details = {"provisions": len(document.units), "source_digest": digest} | ({"mends": len(mends)} if mends else {})
    await record(session, actor, policy.import_text, version.id, now, **details)
    return version.id


async def _add_version(session: AsyncSession, instrument: Instrument) -> TextVersion:
    """Return the next version of an instrument, which may be new, with nothing in it."""
    latest = await reading.latest_version(session, instrument.id)
    version = TextVersion(number=latest.number + 1 if latest else 1)
    version.instrument = instrument
    session.add(version)
    return version


async def read_paper(markdown: str, mends: Sequence[Mend]) -> Document:
    """Read a document as `import_text` does, and store nothing. Refuses an unreadable one, and a mend that is unfit."""
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
    stored = [(p.kind, p.level, p.printed_number, p.text) for p in await reading.provisions_of(session, version_id)]
    if stored != [unit[:4] for unit in units]:
        message = "This document was imported already, with other mends. The version that it gave stands."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)


async def _find_version_id(session: AsyncSession, instrument: Instrument, digest: str) -> str | None:
    """Return the id of the version that was read from exactly this document, None where there is none.

    Refuses another document where the instrument has a version already.
    """
    if version := await reading.find_import(session, instrument.id, digest):
        return version.id
    latest = await reading.latest_version(session, instrument.id)
    if latest and (latest.status != VersionStatus.ABANDONED or latest.base_id):
        message = f"{instrument.short_title} has a version already. The next one comes from a consolidation."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    return None


async def _add_units(session: AsyncSession, version: TextVersion, units: tuple[Unit, ...]) -> None:
    """Add the provisions of a version that is new, and their words, in two statements."""
    await session.flush()
    keys = [new_id(Provision.prefix) for _ in units]
    await session.execute(insert(Provision), [{"id": key, "instrument_id": version.instrument_id} for key in keys])
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


async def _locate(session: AsyncSession, version_id: str) -> dict[str, list[rules.LocatedReference]]:
    provisions = await referring.numbered_of(session, version_id)
    names = await referring.own_names_of(session, version_id)
    # Reading a long text takes time that the event loop has not.
    return await asyncio.to_thread(rules.locate_references, provisions, names)


async def write_references(
    session: AsyncSession,
    version_id: str,
    located: Mapping[str, Sequence[rules.LocatedReference]],
    keys: Collection[str] | None = None,
) -> None:
    """Write the references of a version in place of those that it had, all or those of `keys`, in two statements."""
    place = [ProvisionReference.text_version_id == version_id]
    if keys is not None:
        place.append(ProvisionReference.provision_id.in_(keys))
    await session.execute(delete(ProvisionReference).where(*place))
    rows = [
        {
            "id": new_id(ProvisionReference.prefix),
            "text_version_id": version_id,
            "provision_id": key,
            "start": each.start,
            "end": each.end,
            "words": each.words,
            "status": each.status,
            "target_id": each.target,
            "instrument": each.instrument,
        }
        for key, references in located.items()
        for each in references
    ]
    if rows:
        await session.execute(insert(table_of(ProvisionReference)), rows)


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a provision's words in UTF-8, as 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()
