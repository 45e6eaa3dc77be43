"""Importing texts."""

import asyncio
import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.markdown import Document, Unit, UnreadableDocument, read_document
from server.documents.mending import Mend, UnfitMend, mend_document
from server.domain.texts import policy
from server.domain.texts.actions.lineages import add_lineage, align_languages, align_texts, count_cells, mark_translated
from server.domain.texts.queries import reading, referring
from server.domain.texts.rules.provisions import (
    LocatedReference,
    canonical_language,
    check_names,
    locate_references,
)
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.ids import new_id
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_well_formed, invalid
from server.models.base import table_of
from server.models.texts import Instrument, Provision, ProvisionReference, ProvisionText, TextVersion
from server.vocabulary.texts import VersionStatus
from server.wording.skeletons import Bone


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
    translates_id: str | None = None,
    mends: Sequence[Mend] = (),
) -> str:
    """Read a document into the first or the next version of an instrument, or a translation; return the version's id.

    Every heading, paragraph, item, table and row becomes a provision with a permanent key, once the `mends` are made.
    In a next version of a language those that come from the latest issued one keep their keys, as `align` finds; with
    `translates_id` those that stand for one of that version of the original have its keys. What is not certain waits
    for `confirm_lineage`. The same document twice is the same version. Refuses an unreadable document, a mend that does
    not fit, other mends or another label, and another document while a version in the language is being made.
    """
    policy.import_text.ensure(actor, None, now)
    ensure_well_formed(check_names(title=title, shortTitle=short_title, label=label, language=language))
    digest, language = digest_of_paper(markdown), canonical_language(language)
    instrument = await reading.find_instrument(session, short_title)
    await _ensure_language(session, actor, now, instrument, language, translates_id)
    instrument_id = instrument.id if instrument else ""
    if earlier := await reading.find_import(session, instrument_id, language, digest, translates_id):
        await _ensure_same(session, earlier, label, markdown, mends)
        return earlier.id
    document = await read_paper(markdown, mends)
    version = TextVersion(label=label, language=language, follows_id=translates_id, created_at=now)
    version.source_name, version.source_digest = source_name, digest
    await _add_version(session, version, instrument or Instrument(title=title, short_title=short_title))
    await _add_units(session, version, document.units, translates_id)
    await locate_again(session, version.id)
    details = {"provisions": len(document.units), "source_digest": digest} | ({"mends": len(mends)} if mends else {})
    await record(session, actor, policy.import_text, version.id, now, **details)
    return version.id


async def _add_version(session: AsyncSession, version: TextVersion, instrument: Instrument) -> None:
    """Add a version as the next one of an instrument in its language, on the latest issued one.

    Refuses while another version of the text is being made.
    """
    # Of two acts at once that make a version, the second then sees the version of the first.
    await reading.lock_instrument(session, instrument.id)
    await reading.ensure_none_working(session, instrument.id, version.language)
    base = await reading.latest_issued_in(session, instrument.id, version.language)
    latest = await reading.latest_version(session, instrument.id, version.language)
    version.number = latest.number + 1 if latest else 1
    version.base_id = base.id if base else None
    version.follows_id = version.follows_id or (base.follows_id if base else None)
    version.instrument = instrument
    session.add(version)
    await session.flush()


async def _ensure_language(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    instrument: Instrument | None,
    language: str,
    translates_id: str | None,
) -> None:
    """Refuse another language than the original's unless what it translates is known; refuse a wrong original."""
    if translates_id:
        original = await reading.get_version(session, actor, now, translates_id)
        if instrument is None or original.instrument_id != instrument.id:
            raise invalid(Issue("translatesId", IssueCode.ANOTHER_INSTRUMENT))
        if original.follows_id or original.status != VersionStatus.ISSUED:
            raise invalid(Issue("translatesId", IssueCode.ORIGINAL_UNFIT))
        if original.language == language:
            raise invalid(Issue("language", IssueCode.LANGUAGE_OF_ORIGINAL, language=language))
    elif instrument:
        own = await reading.find_original_language(session, instrument.id)
        if own not in (None, language) and not await reading.latest_issued_in(session, instrument.id, language):
            raise invalid(Issue("translatesId", IssueCode.ORIGINAL_MISSING, language=own))


async def read_paper(markdown: str, mends: Sequence[Mend]) -> Document:
    """Read a document as `import_text` does, and store nothing. Refuses an unreadable one, and a mend that is unfit."""
    try:
        document = await asyncio.to_thread(read_document, markdown)  # seconds for the largest papers
        return await asyncio.to_thread(mend_document, document, mends)
    except UnreadableDocument as error:
        raise invalid(
            Issue("markdown", IssueCode.UNREADABLE, why=error.message), code=RefusalCode.IMPORT_UNREADABLE
        ) from error
    except UnfitMend as error:
        field = {"unit": "position", "number": "printedNumber"}.get(error.field, error.field)
        raise invalid(Issue(f"mends.{error.index}.{field}", IssueCode.UNREADABLE, why=error.message)) from error


async def _ensure_same(
    session: AsyncSession, earlier: TextVersion, label: str, markdown: str, mends: Sequence[Mend]
) -> None:
    """Refuse another label for a document that was imported already, and mends that give other units than then."""
    if earlier.label != label.strip():
        message = f"This document was imported already. The version that it gave is called “{earlier.label}”."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    if not mends:
        return
    units = (await read_paper(markdown, mends)).units
    stored = [(p.kind, p.level, p.printed_number, p.text) for p in await reading.provisions_of(session, earlier.id)]
    if stored != [unit[:4] for unit in units]:
        message = "This document was imported already, with other mends. The version that it gave stands."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)


async def _add_units(
    session: AsyncSession, version: TextVersion, units: tuple[Unit, ...], translates_id: str | None
) -> None:
    """Add the provisions of a version and their words, and where they come from; few statements do it."""
    from_id = translates_id or version.base_id
    old = await reading.provisions_of(session, from_id) if from_id else []
    if translates_id:
        bones = [Bone(unit.kind, unit.level, unit.printed_number, count_cells(unit.kind, unit.text)) for unit in units]
        keys, lines = await align_languages(old, bones)
    else:
        keys, lines = await align_texts(old, [unit.text for unit in units])
    known = {provision.provision_id for provision in old}
    if added := [{"id": key, "instrument_id": version.instrument_id} for key in keys if key not in known]:
        await session.execute(insert(Provision), added)
    if from_id:
        await add_lineage(session, version.id, from_id, lines)
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
                "digest": sha256_of(unit.text),
                "parent_id": None if unit.parent is None else keys[unit.parent],
                "marks": [list(mark) for mark in unit.marks],
            }
            for position, (key, unit) in enumerate(zip(keys, units, strict=True), start=1)
        ],
    )
    if version.follows_id:
        await mark_translated(session, version.id, version.follows_id)


async def locate_again(session: AsyncSession, version_id: str) -> None:
    """Find and write the references of a version by the numbers printed in it."""
    provisions = await referring.numbered_of(session, version_id)
    names = await referring.own_names_of(session, version_id)
    # Reading a long text takes time that the event loop has not.
    located = await asyncio.to_thread(locate_references, provisions, names)
    await write_references(session, version_id, located)


async def write_references(
    session: AsyncSession,
    version_id: str,
    located: Mapping[str, Sequence[LocatedReference]],
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


def digest_of_paper(markdown: str) -> str:
    """Return the SHA-256 of a document as it was sent, as 64 hexadecimal characters."""
    return hashlib.sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()
