"""Reading texts, each under the visibility predicate of its noun."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.texts.rules.provisions import canonical_language, check_language
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.predicates import (
    EVERY_DELEGATE,
    Within,
    is_leading,
    is_secretariat,
    open_to_everybody,
    parents,
    sight,
    signed_in,
)
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.texts import Edition, Instrument, ProvisionText, TextVersion
from server.storage.rows import WANTED, find_row, get_row, lock_row
from server.vocabulary.texts import VersionStatus


def visible_instruments(instrument: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an instrument.

    Every delegate does; everybody one that has an edition, where the server opens its editions.
    """
    edition = aliased(Edition)
    has_edition = select(edition.id).where(edition.instrument_id == instrument.id).exists()
    return or_(sight(EVERY_DELEGATE, signed_in), open_to_everybody(has_edition))


def visible_versions(version: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a version.

    Issued versions are seen by every delegate, working ones by the Secretariat and by those who lead a body. Where the
    server opens its editions, everybody sees a version that became one.
    """
    edition = aliased(Edition)
    became_edition = select(edition.id).where(edition.text_version_id == version.id).exists()
    delegates = or_(
        sight("every delegate, now that it is issued", version.status == VersionStatus.ISSUED),
        sight("the Secretariat", is_secretariat),
        sight("those who lead a body", is_leading),
    )
    return or_(and_(signed_in, delegates), open_to_everybody(became_edition))


visible_provisions = Within("text_version_id", TextVersion, visible_versions)
"""The condition that the caller sees the words of a provision: they see the version."""
visible_references = Within("text_version_id", TextVersion, visible_versions)
"""The condition that the caller sees a reference: they see the version in whose words it stands."""


def visible_editions(edition: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an edition: every delegate does, and everybody where they are open."""
    return or_(sight(EVERY_DELEGATE, signed_in), open_to_everybody(true()))


_VERSION = (
    select(TextVersion)
    .where(TextVersion.id == WANTED, visible_versions(TextVersion))
    .options(joinedload(TextVersion.instrument), joinedload(TextVersion.edition))
)
_VERSION_LOCKED = _VERSION.with_for_update(of=TextVersion)


async def get_version(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, *, lock: bool = False
) -> TextVersion:
    """Return the version with its instrument and edition, or refuse that there is none for this actor.

    `lock` takes the version for change.
    """
    statement = _VERSION_LOCKED if lock else _VERSION
    return await get_row(session, actor, now, statement, version_id, "version")


async def are_comparable(session: AsyncSession, actor: Actor, now: datetime, one_id: str, other_id: str) -> bool:
    """Return whether the actor sees both versions and they are of one instrument, in one language."""
    statement = select(TextVersion.id, TextVersion.instrument_id, TextVersion.language).where(
        TextVersion.id.in_([one_id, other_id]), visible_versions(TextVersion)
    )
    rows = (await session.execute(statement, actor.parameters(now))).all()
    of = {(row.instrument_id, row.language) for row in rows}
    return {row.id for row in rows} == {one_id, other_id} and len(of) == 1


_PROVISION = select(ProvisionText).where(ProvisionText.id == WANTED, visible_provisions(ProvisionText))


async def find_visible_provision(
    session: AsyncSession, actor: Actor, now: datetime, provision_text_id: str
) -> ProvisionText | None:
    """Return one provision of one version, None if there is none for this actor."""
    return await find_row(session, actor, now, _PROVISION, provision_text_id)


async def get_provision(session: AsyncSession, actor: Actor, now: datetime, provision_text_id: str) -> ProvisionText:
    """Return one provision of one version, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _PROVISION, provision_text_id, "provision")


async def find_provision(session: AsyncSession, version_id: str, key: str) -> ProvisionText | None:
    """Return the provision with a permanent key in a version, None where it does not stand.

    The caller has already checked that the actor sees the version.
    """
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == key)
    return await session.scalar(select(ProvisionText).where(*place))


async def provisions_of(session: AsyncSession, version_id: str) -> Sequence[ProvisionText]:
    """Return all provisions of a version in reading order.

    The caller has already checked that the actor sees the version.
    """
    statement = select(ProvisionText).where(ProvisionText.text_version_id == version_id)
    return (await session.scalars(statement.order_by(ProvisionText.position))).all()


async def find_version_at(
    session: AsyncSession, actor: Actor, now: datetime, instrument_id: str, instant: datetime, language: str | None
) -> str | None:
    """Return the id of the version of an instrument that was issued last at or before an instant.

    It is in a language, or else one of the original.
    None where none was issued by then, or none that the actor sees.
    """
    if prefix_of(instrument_id) != Instrument.prefix or (language is not None and check_language(language)):
        return None
    issued = (TextVersion.status == VersionStatus.ISSUED, TextVersion.issued_at <= instant)
    spoken = TextVersion.language == canonical_language(language) if language else TextVersion.follows_id.is_(None)
    statement = (
        select(TextVersion.id)
        .where(TextVersion.instrument_id == instrument_id, *issued, spoken, visible_versions(TextVersion))
        .order_by(TextVersion.issued_at.desc(), TextVersion.number.desc())
    )
    return await session.scalar(statement.limit(1), actor.parameters(now))


async def find_edition_at(
    session: AsyncSession, actor: Actor, now: datetime, instrument_id: str, day: date
) -> str | None:
    """Return the id of the edition of an instrument in force on a day: the one adopted last on or before it.

    None where none was adopted by then, or none that the actor sees. Of two adopted on one day, the one published later
    is in force.
    """
    if prefix_of(instrument_id) != Instrument.prefix:
        return None
    statement = (
        select(Edition.id)
        .where(Edition.instrument_id == instrument_id, Edition.adopted_on <= day, visible_editions(Edition))
        .order_by(Edition.adopted_on.desc(), Edition.published_at.desc(), Edition.id.desc())
    )
    return await session.scalar(statement.limit(1), actor.parameters(now))


async def find_instrument(session: AsyncSession, short_title: str) -> Instrument | None:
    """Return the instrument with this short title, None where there is none."""
    return await session.scalar(select(Instrument).where(Instrument.short_title == short_title))


_LOCK_INSTRUMENT = select(Instrument.id).where(Instrument.id == WANTED).with_for_update()


async def lock_instrument(session: AsyncSession, instrument_id: str) -> None:
    """Lock an instrument, so that one act at a time makes versions of it.

    A second act waits and then sees the version of the first.
    """
    await lock_row(session, _LOCK_INSTRUMENT, instrument_id)


async def is_superseded(session: AsyncSession, version: TextVersion) -> bool:
    """Return whether a later version of the same instrument is issued in the same language."""
    later = (*_of(version.instrument_id, version.language), TextVersion.number > version.number)
    issued = select(TextVersion.id).where(*later, TextVersion.status == VersionStatus.ISSUED)
    return await session.scalar(issued.limit(1)) is not None


async def latest_issued(session: AsyncSession, version_id: str) -> str:
    """Return the id of the latest issued version of the instrument and the language that a version is of."""
    version = await session.get_one(TextVersion, version_id)
    latest = await latest_issued_in(session, version.instrument_id, version.language)
    return latest.id if latest else version_id


async def ensure_latest(session: AsyncSession, version_id: str) -> None:
    """Raise a refusal unless work on a version goes into the text: it is an original, and none later is issued."""
    version = await session.get_one(TextVersion, version_id)
    await ensure_original(session, version)
    if await is_superseded(session, version):
        message = "A later version of this text is issued; work goes on on that one."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)


async def ensure_original(session: AsyncSession, version: TextVersion) -> None:
    """Raise a refusal for a translation: comments, proposals, consolidations and editions are of the original."""
    if version.follows_id is None:
        return
    original = await session.get_one(TextVersion, version.follows_id)
    message = (
        f"This is a translation. It follows version {original.number} of the original, {original.label}, which is in "
        f"{original.language}: go on with that one."
    )
    raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)


def _of(instrument_id: str, language: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of the versions of an instrument in a language."""
    return TextVersion.instrument_id == instrument_id, TextVersion.language == language


async def find_import(
    session: AsyncSession, instrument_id: str, language: str, source_digest: str, translates_id: str | None
) -> TextVersion | None:
    """Return the version that was read from exactly this document and was not abandoned, None where there is none.

    With `translates_id`, as a translation of that version.
    """
    same = (*_of(instrument_id, language), TextVersion.source_digest == source_digest)
    statement = select(TextVersion).where(*same, TextVersion.status != VersionStatus.ABANDONED)
    if translates_id:
        statement = statement.where(TextVersion.follows_id == translates_id)
    return await session.scalar(statement.order_by(TextVersion.number.desc()).limit(1))


async def find_original_language(session: AsyncSession, instrument_id: str) -> str | None:
    """Return the language of the original of an instrument, None where no version of it is issued or being made."""
    original = (TextVersion.instrument_id == instrument_id, TextVersion.follows_id.is_(None))
    statement = select(TextVersion.language).where(*original, TextVersion.status != VersionStatus.ABANDONED)
    return await session.scalar(statement.order_by(TextVersion.number).limit(1))


def languages_per_instrument() -> Any:
    """Return the query for (instrument, language of its original), for those in `parents`, as far as it is seen."""
    of = TextVersion.instrument_id
    original = (TextVersion.follows_id.is_(None), TextVersion.status != VersionStatus.ABANDONED)
    seen = (of.in_(parents), *original, visible_versions(TextVersion))
    return select(of, func.min(TextVersion.language)).where(*seen).group_by(of)


async def latest_issued_in(session: AsyncSession, instrument_id: str, language: str) -> TextVersion | None:
    """Return the issued version of an instrument in a language with the highest number, None where none is issued."""
    issued = select(TextVersion).where(*_of(instrument_id, language), TextVersion.status == VersionStatus.ISSUED)
    return await session.scalar(issued.order_by(TextVersion.number.desc()).limit(1))


async def find_working(session: AsyncSession, instrument_id: str, language: str) -> TextVersion | None:
    """Return the version of an instrument in a language that is being made, None where there is none."""
    working = select(TextVersion).where(*_of(instrument_id, language), TextVersion.status == VersionStatus.WORKING)
    return await session.scalar(working.limit(1))


async def ensure_none_working(session: AsyncSession, instrument_id: str, language: str) -> None:
    """Raise a refusal while a version of an instrument in a language is being made."""
    if working := await find_working(session, instrument_id, language):
        message = f"Version {working.number}, {working.label}, is being made: issue it or give it up first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)


async def latest_version(session: AsyncSession, instrument_id: str, language: str) -> TextVersion | None:
    """Return the version of an instrument in a language with the highest number, in any status, None without one."""
    statement = select(TextVersion).where(*_of(instrument_id, language))
    return await session.scalar(statement.order_by(TextVersion.number.desc()).limit(1))
