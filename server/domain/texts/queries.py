"""Reading texts, each under the visibility predicate of its noun."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.kernel.actor import Actor
from server.kernel.predicates import is_leading, is_secretariat, sight, signed_in
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, not_found
from server.models.texts import Instrument, ProvisionText, TextVersion
from server.vocabulary.texts import VersionStatus


def visible_instruments(instrument: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an instrument: every delegate does."""
    return signed_in


def visible_versions(version: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a version.

    Issued versions are seen by every delegate, working ones by the Secretariat and by those who lead a body.
    """
    return and_(
        signed_in,
        or_(
            sight("every delegate, now that it is issued", version.status == VersionStatus.ISSUED),
            sight("the Secretariat", is_secretariat),
            sight("those who lead a body", is_leading),
        ),
    )


def visible_provisions(provision: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees the words of a provision: they see the version."""
    return provision.text_version_id.in_(select(TextVersion.id).where(visible_versions(TextVersion)))  # type: ignore[no-any-return]


def visible_editions(edition: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an edition: every delegate does."""
    return signed_in


async def get_version(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, *, lock: bool = False
) -> TextVersion:
    """Return the version with its instrument and edition, or refuse that there is none for this actor.

    `lock` takes the version for change.
    """
    statement = (
        select(TextVersion)
        .where(TextVersion.id == version_id, visible_versions(TextVersion))
        .options(joinedload(TextVersion.instrument), joinedload(TextVersion.edition))
    )
    if lock:
        statement = statement.with_for_update(of=TextVersion)
    version = await session.scalar(statement, actor.parameters(now))
    if version is None:
        raise not_found("version")
    return version


async def are_comparable(session: AsyncSession, actor: Actor, now: datetime, one_id: str, other_id: str) -> bool:
    """Return whether the actor sees both versions and they are of one instrument."""
    statement = select(TextVersion.id, TextVersion.instrument_id).where(
        TextVersion.id.in_([one_id, other_id]), visible_versions(TextVersion)
    )
    rows = (await session.execute(statement, actor.parameters(now))).all()
    return {row.id for row in rows} == {one_id, other_id} and len({row.instrument_id for row in rows}) == 1


async def get_provision(session: AsyncSession, actor: Actor, now: datetime, provision_text_id: str) -> ProvisionText:
    """Return one provision of one version, or refuse that there is none for this actor."""
    statement = select(ProvisionText).where(ProvisionText.id == provision_text_id, visible_provisions(ProvisionText))
    provision = await session.scalar(statement, actor.parameters(now))
    if provision is None:
        raise not_found("provision")
    return provision


async def provisions_of(session: AsyncSession, version_id: str) -> Sequence[ProvisionText]:
    """Return all provisions of a version in reading order.

    The caller has already checked that the actor sees the version.
    """
    statement = select(ProvisionText).where(ProvisionText.text_version_id == version_id)
    return (await session.scalars(statement.order_by(ProvisionText.position))).all()


async def find_instrument(session: AsyncSession, short_title: str) -> Instrument | None:
    """Return the instrument with this short title, None where there is none."""
    return await session.scalar(select(Instrument).where(Instrument.short_title == short_title))


async def lock_instrument(session: AsyncSession, instrument_id: str) -> None:
    """Lock an instrument, so that one act at a time makes versions of it.

    A second act waits and then sees the version of the first.
    """
    await session.execute(select(Instrument.id).where(Instrument.id == instrument_id).with_for_update())


async def is_superseded(session: AsyncSession, version: TextVersion) -> bool:
    """Return whether a later version of the same instrument is issued."""
    later = (TextVersion.instrument_id == version.instrument_id, TextVersion.number > version.number)
    issued = select(TextVersion.id).where(*later, TextVersion.status == VersionStatus.ISSUED)
    return await session.scalar(issued.limit(1)) is not None


async def ensure_latest(session: AsyncSession, version_id: str) -> None:
    """Raise a refusal if a later version of the text is issued: work on this one would be lost."""
    if await is_superseded(session, await session.get_one(TextVersion, version_id)):
        message = "A later version of this text is issued; work goes on on that one."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)


async def find_import(session: AsyncSession, instrument_id: str, source_digest: str) -> TextVersion | None:
    """Return the version that was read from exactly this document and was not abandoned, None where there is none."""
    same = (TextVersion.instrument_id == instrument_id, TextVersion.source_digest == source_digest)
    return await session.scalar(select(TextVersion).where(*same, TextVersion.status != VersionStatus.ABANDONED))


async def latest_version(session: AsyncSession, instrument_id: str) -> TextVersion | None:
    """Return the version of an instrument with the highest number, in any status, None where there is none."""
    statement = select(TextVersion).where(TextVersion.instrument_id == instrument_id)
    return await session.scalar(statement.order_by(TextVersion.number.desc()).limit(1))
