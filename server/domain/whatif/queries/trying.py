"""Reading what a text would be if pending amendments were accepted, as far as the reader sees them."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.neighbours.queries.meeting import MOST_SHOWN, Pending, read_pending, read_tree, sees_version
from server.domain.neighbours.rules.meeting import Encounter, Neighbourhood
from server.domain.texts.queries import referring
from server.domain.texts.rules.provisions import LocatedReference
from server.domain.whatif.rules.choosing import PendingPart, check_items, check_size
from server.domain.whatif.rules.comparing import WhatIfComparison, compare_outcomes
from server.domain.whatif.rules.outcomes import RenderedText, WhatIfMaterial, WhatIfOutcome
from server.domain.whatif.rules.trying import try_amendments
from server.kernel.actor import Actor
from server.kernel.refusals import ensure_well_formed
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.neighbours import NeighbourClass
from server.vocabulary.texts import VersionStatus

MOST_PAIRS = 2_000
"""Pairs of amendments that are shown with what they are to each other."""


class WhatIf(NamedTuple):
    """What a text would be, with the changes that were tried and the text that they are tried on."""

    outcome: WhatIfOutcome
    base: Sequence[BaseText]
    changes: Sequence[Accepted]

    async def meet(self) -> list[Encounter]:
        """Return the pairs of amendments of different proposals that meet, at most `MOST_PAIRS`."""
        return await asyncio.to_thread(list_meetings, self.base, self.changes)


def list_meetings(base: Sequence[BaseText], changes: Sequence[Accepted]) -> list[Encounter]:
    """Return the pairs of amendments of different proposals that meet and are not independent of each other."""
    meetings = []
    for meeting in Neighbourhood(base, changes).list_meetings():
        if meeting.relation is not NeighbourClass.INDEPENDENT:
            places = tuple(place.shorten(MOST_SHOWN) for place in meeting.places)
            meetings.append(meeting._replace(places=places))
        if len(meetings) == MOST_PAIRS:
            break
    return meetings


class _Version(NamedTuple):
    """A version that the reader sees, and what is read of it once for all what-ifs on it."""

    id: str
    base: list[BaseText]
    pending: list[Pending]
    known: Mapping[str, Sequence[LocatedReference]]
    names: frozenset[str]
    translations: list[RenderedText]

    def try_items(self, items: Sequence[str], path: str) -> WhatIf:
        """Return what the text would be if the amendments that `items` name were accepted."""
        ensure_well_formed(check_items(items, self._list_parts(), path))
        named = set(items)
        by_item: dict[str, list[Pending]] = {item: [] for item in items}
        for each in self.pending:
            for item in {each.proposal.id, each.amendment.id} & named:
                by_item[item].append(each)
        chosen = [each for item in items for each in by_item[item]]
        words = {provision.key: provision.text for provision in self.base}
        ensure_well_formed(check_size(len(chosen), sum(each.count_characters(words) for each in chosen), path))
        changes = [each.compared(words) for each in chosen]
        material = WhatIfMaterial(self.id, self.base, changes, self.known, self.names, self.translations)
        return WhatIf(try_amendments(material), self.base, changes)

    def _list_parts(self) -> list[PendingPart]:
        return [PendingPart(each.amendment.id, each.proposal.id) for each in self.pending]


async def _read_version(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> _Version | None:
    """Return what is read of a version, None unless the actor sees it; the number of statements is constant."""
    if not await sees_version(session, actor, now, version_id):
        return None
    return _Version(
        version_id,
        await read_tree(session, version_id),
        await read_pending(session, actor, now, version_id),
        await referring.references_of(session, version_id),
        await referring.own_names_of(session, version_id),
        await _read_translations(session, version_id),
    )


async def _read_translations(session: AsyncSession, version_id: str) -> list[RenderedText]:
    """Return the newest issued version in every other language of the text of an original, by language."""
    original, later = aliased(TextVersion), aliased(TextVersion)
    newer = select(later.id).where(
        later.instrument_id == TextVersion.instrument_id,
        later.language == TextVersion.language,
        later.status == VersionStatus.ISSUED,
        later.number > TextVersion.number,
    )
    statement = (
        select(TextVersion.id, TextVersion.language, ProvisionText.provision_id, ProvisionText.original_digest)
        .join(original, original.instrument_id == TextVersion.instrument_id)
        .join(ProvisionText, ProvisionText.text_version_id == TextVersion.id)
        .where(
            original.id == version_id,
            original.follows_id.is_(None),
            TextVersion.follows_id.is_not(None),
            TextVersion.status == VersionStatus.ISSUED,
            ~newer.exists(),
        )
        .order_by(TextVersion.language, TextVersion.id)
    )
    rendered: dict[tuple[str, str], dict[str, str | None]] = {}
    for translation_id, language, key, digest in await session.execute(statement):
        rendered.setdefault((translation_id, language), {})[key] = digest
    return [RenderedText(*of, digests) for of, digests in rendered.items()]


async def find_what_if(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, items: Sequence[str]
) -> WhatIf | None:
    """Return what a version would be if pending proposals and amendments were accepted, in the order given.

    None unless the actor sees the version. Refuse what the actor does not see pending on it, the same twice, and more
    than can be tried at once. The text is made outside the event loop.
    """
    version = await _read_version(session, actor, now, version_id)
    return await asyncio.to_thread(version.try_items, items, "pendingIds") if version else None


async def compare_what_ifs(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    version_id: str,
    items: Sequence[str],
    other_items: Sequence[str],
) -> WhatIfComparison | None:
    """Return two what-ifs of a version with what they make different. None and refusals as for one of them."""
    version = await _read_version(session, actor, now, version_id)
    return await asyncio.to_thread(_compare, version, items, other_items) if version else None


def _compare(version: _Version, items: Sequence[str], other_items: Sequence[str]) -> WhatIfComparison:
    first, second = version.try_items(items, "pendingIds"), version.try_items(other_items, "otherPendingIds")
    return compare_outcomes(first.outcome, second.outcome, [provision.key for provision in version.base])
