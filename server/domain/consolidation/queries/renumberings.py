"""What renumbering a version would do, as a reader may see it, and the references of a version that dangle."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.rules.renumbering import (
    Dangling,
    NumberChange,
    ReferenceChange,
    plan_renumbering,
)
from server.domain.texts.queries import referring
from server.domain.texts.queries.reading import visible_versions
from server.domain.texts.rules.provisions import LocatedReference, NumberedProvision, locate_references
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.consolidation import Consolidation, TextConflict
from server.models.texts import ProvisionReference, ProvisionText, TextVersion
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.texts import ReferenceStatus


class Material(NamedTuple):
    """What a renumbering is planned from; `base` is empty for an imported version."""

    base: Sequence[NumberedProvision]
    target: Sequence[NumberedProvision]
    known: Mapping[str, Sequence[LocatedReference]]
    own_names: frozenset[str]


async def read_material(session: AsyncSession, version: TextVersion) -> Material:
    """Return what a renumbering of a version is planned from. The caller has checked that the actor sees it."""
    base = await referring.numbered_of(session, version.base_id) if version.base_id else []
    target = await referring.numbered_of(session, version.id)
    names = await referring.own_names_of(session, version.id)
    known = await referring.references_of(session, version.id)
    # A version that was made before references were kept has none: they are found by its numbers.
    known = known or await asyncio.to_thread(locate_references, target, names)
    return Material(base, target, known, names)


async def dangling_references(session: AsyncSession, version_ids: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Return (key of the provision, words) of the references that lead nowhere, by version, in reading order."""
    columns = (ProvisionReference.text_version_id, ProvisionReference.provision_id, ProvisionReference.words)
    statement = (
        select(*columns)
        .join(ProvisionReference.provision_text)
        .where(
            ProvisionReference.text_version_id.in_(version_ids), ProvisionReference.status == ReferenceStatus.DANGLING
        )
        .order_by(ProvisionText.position, ProvisionReference.start)
    )
    dangling: dict[str, list[tuple[str, str]]] = {}
    for version_id, key, words in await session.execute(statement):
        dangling.setdefault(version_id, []).append((key, words))
    return dangling


async def has_open_conflict(session: AsyncSession, version_id: str) -> bool:
    """Return whether accepted changes still compete anywhere in a version that is being made."""
    making = select(Consolidation.id).where(Consolidation.target_id == version_id)
    waiting = select(TextConflict.id).where(
        TextConflict.consolidation_id.in_(making), TextConflict.status == ConflictStatus.OPEN
    )
    return await session.scalar(waiting.limit(1)) is not None


class RenumberingPreview(NamedTuple):
    """What renumbering a version would do; `doubts` are keys of provisions whose numbers follow no scheme."""

    version_id: str
    numbers: Sequence[NumberChange]
    doubts: Sequence[str]
    references: Sequence[ReferenceChange]
    dangling: Sequence[Dangling]


async def find_renumbering(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, numbers: Sequence[tuple[str, str]]
) -> RenumberingPreview | None:
    """Return what renumbering a version would do, with these numbers set by hand. None unless a delegate sees it.

    Keys that do not stand in the version are left out.
    """
    if prefix_of(version_id) != TextVersion.prefix or not actor.reads:
        return None
    visible = select(TextVersion).where(TextVersion.id == version_id, visible_versions(TextVersion))
    version = await session.scalar(visible, actor.parameters(now))
    if version is None:
        return None
    material = await read_material(session, version)
    plan = await asyncio.to_thread(plan_renumbering, *material[:3], dict(numbers), material.own_names)
    return RenumberingPreview(version_id, plan.numbers, plan.doubts, plan.references, plan.dangling)
