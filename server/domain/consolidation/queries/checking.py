"""The check: whether every accepted wording stands, and a decision is behind every change."""

import asyncio
from collections import defaultdict

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import gathering, reading
from server.domain.consolidation.rules.checking import Compared, Disagreement, find_disagreements, reading_order
from server.domain.texts import queries as texts
from server.models.consolidation import Consolidation
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk


async def disagreements_of(session: AsyncSession, consolidation: Consolidation) -> tuple[Disagreement, ...]:
    """Return the three lists of the check for a version, from what is in the database now.

    The number of statements does not depend on the length of the text.
    """
    accepted, refused = await gathering.answered_wordings(session, consolidation.base_id)
    agreed, not_agreed = await gathering.viewed_amendments(session, consolidation.base_id)
    settled, prevailed = await gathering.settled_sources(session, consolidation.id)
    revised = await gathering.decided_revisions(session, consolidation.id)
    provisions = await compare_provisions(session, consolidation)
    return await asyncio.to_thread(
        find_disagreements, provisions, accepted + agreed, refused + not_agreed, settled | revised, prevailed
    )


async def compare_provisions(session: AsyncSession, consolidation: Consolidation) -> list[Compared]:
    """Return every provision of base and target in reading order, with the changes recorded for it."""
    base = {p.provision_id: p.text for p in await texts.provisions_of(session, consolidation.base_id)}
    target = {p.provision_id: p.text for p in await texts.provisions_of(session, consolidation.target_id)}
    recorded: dict[str, list[Hunk]] = defaultdict(list)
    for change in await reading.changes_of(session, consolidation.id):
        if change.kind != AmendmentKind.MOVE:
            recorded[change.provision_id].append(Hunk(change.start, change.end, change.replacement))
    keys = reading_order(list(base), list(target))
    return [Compared(key, base.get(key), target.get(key), tuple(recorded[key])) for key in keys]
