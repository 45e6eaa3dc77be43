"""Making the next version of a language, and translating its provisions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.tables import count_breaks
from server.documents.words import carry_marks, marks_of
from server.domain.consolidation import policy
from server.domain.consolidation.actions.referring import follow_words
from server.domain.consolidation.actions.rewriting import lapse_corrections
from server.domain.consolidation.queries import gathering
from server.domain.texts.actions.importing import locate_again
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import VersionFacts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import new_id
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.models.base import table_of
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.texts import UnitKind
from server.wording.hunks import Hunk, apply_hunks, hunks_between

WORDS_LIMIT = 50_000
"""Longest text of a provision, in characters."""


async def open_language_version(session: AsyncSession, actor: Actor, now: datetime, *, text_version_id: str) -> str:
    """Make the next version of a language from its latest issued one, and return the new version's id.

    It follows the newest issued version of the original: its order and tree, without what was deleted there. What did
    not change keeps its translation; the rest keeps the old translation, or has the words of the original, and is in
    debt. A provision that stands in the translation only does not go on.
    """
    base = await texts.get_version(session, actor, now, text_version_id)
    # Before anything is looked at: of two acts at once, the second then sees the version of the first.
    await texts.lock_instrument(session, base.instrument_id)
    policy.open_language_version.ensure(actor, facts_of(VersionFacts, base), now)
    followed_id = get_followed(base)
    if await texts.is_superseded(session, base):
        message = "A later version in this language is issued: start from that one."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
    await texts.ensure_none_working(session, base.instrument_id, base.language)
    language = (await session.get_one(TextVersion, followed_id)).language
    original = await texts.latest_issued_in(session, base.instrument_id, language)
    latest = await texts.latest_version(session, base.instrument_id, base.language)
    assert original is not None
    assert latest is not None
    version = TextVersion(
        instrument_id=base.instrument_id,
        number=latest.number + 1,
        label=original.label,
        language=base.language,
        base_id=base.id,
        follows_id=original.id,
        created_at=now,
    )
    session.add(version)
    await session.flush()
    await _add_provisions(session, version, base, followed_id)
    await locate_again(session, version.id)
    await record(session, actor, policy.open_language_version, version.id, now, base=base.id, follows=original.id)
    return version.id


def get_followed(version: TextVersion) -> str:
    """Return the id of the version of the original that a translation follows; refuse a version of the original."""
    if version.follows_id is None:
        message = "This is a version of the original. Only a translation is translated."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
    return version.follows_id


async def _add_provisions(session: AsyncSession, version: TextVersion, base: TextVersion, followed_id: str) -> None:
    """Add the provisions of the original that a version follows, in the words of the translation where it has them."""
    assert version.follows_id is not None
    translated = {p.provision_id: p for p in await texts.provisions_of(session, base.id)}
    followed = {p.provision_id: p.printed_number for p in await texts.provisions_of(session, followed_id)}
    undone = await _find_undone(session, base.id)
    rows = []
    for source in await texts.provisions_of(session, version.follows_id):
        words = translated.get(source.provision_id, source)
        text = apply_hunks(words.text, undone.get(source.provision_id, ())) if words is not source else source.text
        is_renumbered = followed.get(source.provision_id) != source.printed_number
        rows.append(
            {
                "id": new_id(ProvisionText.prefix),
                "text_version_id": version.id,
                "provision_id": source.provision_id,
                "position": source.position,
                "kind": source.kind,
                "level": source.level,
                "printed_number": source.printed_number if is_renumbered else words.printed_number,
                "text": text,
                "digest": sha256_of(text),
                "parent_id": source.parent_id,
                "marks": carried(words, text),
                "original_digest": words.original_digest,
            }
        )
    if rows:
        await session.execute(insert(table_of(ProvisionText)), rows)


def carried(provision: ProvisionText, text: str) -> list[list[Any]]:
    """Return the marks of a provision that still stand in other words of it."""
    return [list(mark) for mark in carry_marks(marks_of(provision.marks), provision.text, text)]


async def _find_undone(session: AsyncSession, version_id: str) -> Mapping[str, Sequence[Hunk]]:
    """Return by key the hunks that take back corrections to which parties objected after the version was issued."""
    undone: dict[str, list[Hunk]] = {}
    for change in await gathering.undone_corrections(session, version_id):
        undone.setdefault(change.key, []).extend(change.hunks)
    return undone


async def translate_provision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    provision_key: str,
    text: str,
    expected_revision: int,
) -> str:
    """Write the translation of one provision of the original as it stands now, and return the version's id.

    Corrections of the provision lapse. Refuses a row of a table with another number of cells than in the original.
    """
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    policy.translate_provision.ensure(actor, facts_of(VersionFacts, version), now)
    original_id = get_followed(version)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    provision = await texts.find_provision(session, version.id, provision_key)
    source = await texts.find_provision(session, original_id, provision_key)
    if provision is None or source is None:
        raise invalid(Issue("provisionKey", IssueCode.PROVISION_UNKNOWN))
    ensure_well_formed(_check_translation(source, text))
    before = provision.text
    await lapse_corrections(session, version.id, [provision_key])
    provision.marks = carried(provision, text)
    provision.text, provision.digest, provision.original_digest = text, sha256_of(text), source.digest
    version.revision += 1
    await session.flush()
    await follow_words(session, version.id, provision_key, hunks_between(before, text))
    details = {"provision": provision_key, "before": before, "after": text, "original": source.text}
    await record(session, actor, policy.translate_provision, version.id, now, **details)
    return version.id


def _check_translation(source: ProvisionText, text: str) -> list[Issue]:
    """Return the fault of a translation that is empty, too long or of another number of cells than the original."""
    if len(text) > WORDS_LIMIT or (source.text.strip() and not text.strip()):
        return [Issue("text", IssueCode.LENGTH, limit=WORDS_LIMIT)]
    breaks = count_breaks(source.text)
    if source.kind is UnitKind.TABLE_ROW and count_breaks(text) != breaks:
        return [Issue("text", IssueCode.CELLS_DIFFER, cells=breaks + 1)]
    return []
