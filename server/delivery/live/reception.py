"""Let newcomers in. Those who come at the same time, as after a restart, are looked up together."""

import asyncio

from server.delivery.live.visits import LiveVisit, Visitors
from server.identity.site import Site

GATHER_SECONDS = 0.02
"""Time for which those who come while others are looked up are gathered: one look-up costs as much as the rest."""


class Reception:
    """Where everybody arrives who comes to stay."""

    def __init__(self, site: Site, visitors: Visitors) -> None:
        self._site = site
        self._visitors = visitors
        self._waiting: dict[LiveVisit, asyncio.Future[None]] = {}
        self.task: asyncio.Task[None] | None = None

    async def admit(self, visit: LiveVisit) -> None:
        """Let a visit in. Raise RequestRefused for a caller who may not come."""
        turn = self._waiting[visit] = asyncio.get_running_loop().create_future()
        if self.task is None:
            self.task = asyncio.create_task(self._serve())
        try:
            await turn
        except asyncio.CancelledError:
            self._visitors.leave(visit)
            raise

    async def _serve(self) -> None:
        """Let in those who wait, and those who came meanwhile, until nobody waits."""
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, {}
                await self._let_in(waiting)
                if self._waiting:
                    await asyncio.sleep(GATHER_SECONDS)
        finally:
            self.task = None

    async def _let_in(self, waiting: dict[LiveVisit, asyncio.Future[None]]) -> None:
        try:
            async with self._site.database.reading() as connection:
                refusals = await self._visitors.let_in(connection, list(waiting), self._site.now())
        except Exception as error:  # whatever it is, each of them answers it as an error of its own
            for turn in waiting.values():
                if not turn.done():
                    turn.set_exception(error)
            return
        for visit, turn in waiting.items():
            refusal = refusals.get(visit)
            if turn.done():
                self._visitors.leave(visit)  # they did not wait
            elif refusal is None:
                turn.set_result(None)
            else:
                turn.set_exception(refusal)
