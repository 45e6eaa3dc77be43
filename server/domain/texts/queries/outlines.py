"""Reading the outline of a text: its headings, and how many provisions it has."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.nesting import HEADINGS
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.texts import ProvisionText, TextVersion
from server.storage.rows import WANTED, find_row
from server.vocabulary.texts import UnitKind


class OutlineHeading(NamedTuple):
    """A heading of a text, with its place in reading order."""

    key: str
    position: int
    kind: UnitKind
    level: int
    printed_number: str
    text: str


class TextOutline(NamedTuple):
    """The headings of a version in reading order, and how many provisions it has."""

    provision_count: int
    headings: Sequence[OutlineHeading]


_ROW = ProvisionText
_COUNT = select(func.count()).where(_ROW.text_version_id == TextVersion.id).scalar_subquery()
_SEEN = select(_COUNT).where(TextVersion.id == WANTED, visible_versions(TextVersion))
_HEADINGS = (
    select(_ROW.provision_id, _ROW.position, _ROW.kind, _ROW.level, _ROW.printed_number, _ROW.text)
    .where(_ROW.text_version_id == WANTED, _ROW.kind.in_(HEADINGS))
    .order_by(_ROW.position)
)


async def find_outline(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> TextOutline | None:
    """Return the outline of a version, None unless the actor sees it."""
    if prefix_of(version_id) != TextVersion.prefix:
        return None
    provision_count = await find_row(session, actor, now, _SEEN, version_id)
    if provision_count is None:
        return None
    headings = (await session.execute(_HEADINGS, {"wanted": version_id})).all()
    return TextOutline(provision_count, [OutlineHeading(*heading) for heading in headings])
