"""Reading corrections of texts, under the visibility predicate of their noun."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager

from server.domain.consolidation.queries.reading import find_consolidation, has_open_conflict
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor
from server.kernel.predicates import Within, is_for_delegates
from server.models.consolidation import TextCorrection
from server.models.texts import TextVersion
from server.storage.rows import WANTED, get_row
from server.vocabulary.consolidation import CorrectionStatus

visible_corrections = Within("text_version_id", TextVersion, visible_versions, is_for_delegates)
"""The condition that the caller sees a correction: they see the version."""


_CORRECTION = (
    select(TextCorrection)
    .join(TextCorrection.text_version)
    .where(TextCorrection.id == WANTED, visible_corrections(TextCorrection))
    .options(contains_eager(TextCorrection.text_version))
    .with_for_update(of=TextCorrection)
)


async def get_correction(session: AsyncSession, actor: Actor, now: datetime, correction_id: str) -> TextCorrection:
    """Return the correction with its version, locked, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _CORRECTION, correction_id, "correction")


async def corrections_of(
    session: AsyncSession, version_id: str, status: CorrectionStatus = CorrectionStatus.STANDS
) -> Sequence[TextCorrection]:
    """Return the corrections of a version in this status."""
    statement = select(TextCorrection).where(
        TextCorrection.text_version_id == version_id, TextCorrection.status == status
    )
    return (await session.scalars(statement.order_by(TextCorrection.id))).all()


async def find_corrections(session: AsyncSession, key: str, version_ids: Collection[str]) -> Sequence[TextCorrection]:
    """Return the corrections of a provision that stand in these versions, or stood in them when they were issued."""
    of_key = (TextCorrection.provision_id == key, TextCorrection.text_version_id.in_(version_ids))
    stood = or_(TextCorrection.status == CorrectionStatus.STANDS, TextCorrection.objected_at > TextVersion.issued_at)
    statement = select(TextCorrection).join(TextCorrection.text_version).where(*of_key, stood)
    return (await session.scalars(statement.order_by(TextCorrection.start))).all()


def lock_version(version_id: str) -> Select[Any]:
    """Return the statement that takes a version for change."""
    return select(TextVersion.id).where(TextVersion.id == version_id).with_for_update()


async def has_conflict_in_making(session: AsyncSession, version_id: str, provision_key: str) -> bool:
    """Return whether accepted changes still compete in a provision of a version that is being made."""
    consolidation = await find_consolidation(session, version_id)
    return consolidation is not None and await has_open_conflict(session, consolidation.id, provision_key)
