"""Keeping what references point to while the words of a version change."""

import asyncio
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.rules.referring import locate_in_target
from server.domain.texts.actions.importing import write_references
from server.domain.texts.queries import referring
from server.domain.texts.rules.provisions import (
    LocatedReference,
    carry_references,
    locate_references,
)
from server.models.consolidation import Consolidation
from server.vocabulary.texts import ReferenceStatus
from server.wording.hunks import Hunk


async def follow_base(session: AsyncSession, consolidation: Consolidation) -> None:
    """Write the references of a version that is being made.

    Those whose words stand in the base too point to the same provisions as there. The number of statements does not
    depend on the length of the text.
    """
    base = await referring.numbered_of(session, consolidation.base_id)
    target = await referring.numbered_of(session, consolidation.target_id)
    names = await referring.own_names_of(session, consolidation.target_id)
    known = await referring.references_of(session, consolidation.base_id)
    if not known:
        # The base was imported before references were kept.
        known = await asyncio.to_thread(locate_references, base, names)
        await write_references(session, consolidation.base_id, known)
    located = await asyncio.to_thread(locate_in_target, base, target, known, names)
    await write_references(session, consolidation.target_id, located)


async def follow_words(
    session: AsyncSession,
    version_id: str,
    key: str,
    hunks: Sequence[Hunk],
    *,
    rewritten: bool = False,
    doubted: tuple[int, int] | None = None,
) -> None:
    """Write the references of one provision, whose words were changed by these hunks on the words before.

    With `rewritten` references that a hunk reaches into still point to the same provision. Those in the range `doubted`
    of the words before point to nothing any more.
    """
    provisions = await referring.numbered_of(session, version_id)
    names = await referring.own_names_of(session, version_id)
    known = (await referring.references_of(session, version_id, [key])).get(key, [])
    if doubted:
        known = [_doubt(each) if doubted[0] <= each.start and each.end <= doubted[1] else each for each in known]
    carried = {key: carry_references(known, hunks, rewritten=rewritten)}
    located = await asyncio.to_thread(locate_references, provisions, names, carried, {key})
    await write_references(session, version_id, located, [key])


def _doubt(reference: LocatedReference) -> LocatedReference:
    return reference._replace(status=ReferenceStatus.DANGLING, target=None)
