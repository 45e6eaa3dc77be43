"""The check and the redline of a consolidation, as the API computes them."""

import gc
import time

from server.domain.consolidation.queries.checking import check_of
from server.domain.consolidation.queries.reading import get_consolidation
from server.domain.consolidation.queries.redlines import find_redline
from tests.factories.world import World


async def redlined_in(world: World, consolidation_id: str) -> tuple[float, float]:
    """Seconds for the check, and for the redline of every provision."""
    actor, now = await world.actor("secretariat"), world.clock.now
    # What was made to seed the database is in no server; the collector would visit it again and again.
    gc.collect()
    gc.freeze()
    async with world.database.studying() as session:
        made = await get_consolidation(session, actor, now, consolidation_id)
        started = time.perf_counter()
        assert (await check_of(session, made)).disagreements == ()
        checked = time.perf_counter()
        redline = await find_redline(session, actor, now, made.target_id)
        assert redline is not None
        await redline.attribute(redline.pairs)
        return checked - started, time.perf_counter() - checked
