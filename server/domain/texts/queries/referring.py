"""Reading what references and defined terms are found in, and the references that are kept."""

import asyncio
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.texts.queries.reading import visible_versions
from server.domain.texts.rules.provisions import (
    DefinedTerm,
    LocatedReference,
    NumberedProvision,
    list_own_names,
    list_own_terms,
)
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.texts import Instrument, ProvisionReference, ProvisionText, TextVersion
from server.storage.rows import WANTED, find_row


async def references_of(
    session: AsyncSession, version_id: str, keys: Collection[str] | None = None
) -> dict[str, list[LocatedReference]]:
    """Return the references in a version by key of the provision, all or those of `keys`, in text order."""
    columns = [
        getattr(ProvisionReference, name) for name in ("start", "end", "words", "status", "target_id", "instrument")
    ]
    statement = select(ProvisionReference.provision_id, *columns).where(
        ProvisionReference.text_version_id == version_id
    )
    if keys is not None:
        statement = statement.where(ProvisionReference.provision_id.in_(keys))
    references: dict[str, list[LocatedReference]] = {}
    for key, *values in await session.execute(
        statement.order_by(ProvisionReference.provision_id, ProvisionReference.start)
    ):
        references.setdefault(key, []).append(LocatedReference(*values))
    return references


async def own_names_of(session: AsyncSession, version_id: str) -> frozenset[str]:
    """Return the names under which the text of a version speaks of itself."""
    titles = select(Instrument.title, Instrument.short_title).join(
        TextVersion, TextVersion.instrument_id == Instrument.id
    )
    title, short_title = (await session.execute(titles.where(TextVersion.id == version_id))).one()
    return list_own_names(title, short_title)


async def numbered_of(session: AsyncSession, version_id: str) -> list[NumberedProvision]:
    """Return the provisions of a version in reading order, as numbering and references see them."""
    columns = [
        getattr(ProvisionText, name)
        for name in ("provision_id", "kind", "level", "printed_number", "text", "parent_id")
    ]
    statement = select(*columns).where(ProvisionText.text_version_id == version_id).order_by(ProvisionText.position)
    return [NumberedProvision(*row) for row in await session.execute(statement)]


_SEEN = select(TextVersion.id).where(TextVersion.id == WANTED, visible_versions(TextVersion))


async def find_terms(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> list[DefinedTerm] | None:
    """Return the terms that a version defines, with their uses; None unless the actor sees the version."""
    if prefix_of(version_id) != TextVersion.prefix:
        return None
    if await find_row(session, actor, now, _SEEN, version_id) is None:
        return None
    return list(await asyncio.to_thread(list_own_terms, tuple(await numbered_of(session, version_id))))
