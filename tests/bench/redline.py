"""The check and the redline of a consolidation, as the API computes them."""

import time

from server.domain.consolidation.queries.checking import compare_provisions, disagreements_of
from server.domain.consolidation.queries.reading import get_consolidation
from server.domain.consolidation.rules.redlining import build_redline
from tests.factories.world import World


async def redlined_in(world: World, consolidation_id: str) -> float:
    """Seconds for the check and the redline of every provision."""
    actor = await world.actor("secretariat")
    async with world.database.studying() as session:
        made = await get_consolidation(session, actor, world.clock.now, consolidation_id)
        started = time.perf_counter()
        assert await disagreements_of(session, made) == ()
        for provision in await compare_provisions(session, made):
            build_redline(provision, {})
    return time.perf_counter() - started
