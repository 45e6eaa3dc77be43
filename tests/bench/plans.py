"""What the forecast of work plans costs: `python -m tests.bench.plans`. 50 groups, 500 topics, 5,000 activities, twice.

Each question is asked over GraphQL in one process as a delegate asks it; figures are medians in milliseconds, of
the clock and of the processor, which a loaded machine does not change. The number of statements must be the same for
both sizes. Then the bytes of the timeline and of the slip chart of a plan
with 5, 50 and 500 rows.
"""

import asyncio
import gc
import gzip
import re
import statistics
import tempfile
import time
from datetime import timedelta
from typing import Any

from server.models.workplan import Redating
from server.storage.database import Database
from server.storage.migrations import migrate
from tests.desk.desks import Desk
from tests.factories.api import Api, document
from tests.factories.filled import statements
from tests.factories.forecast import TODAY, Forecast, make_large
from tests.factories.world import NOW, World, make_world

SIZES = ((50, 500, 5_000, 10_000), (100, 1_000, 10_000, 20_000))
TIMES = 9
ROWS = (5, 50, 500)
DRAWING = re.compile(r'<svg viewBox="0 0 1110.*?</svg>', re.DOTALL)


def questions(forecast: Forecast) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return each question: the published operation, and its variables."""
    shift = {"input": {"subjectId": forecast.ptc, "days": -21}}
    later = {"input": {"subjectId": forecast.steps["Activity 1"], "days": 21}}
    return {
        "overview of all groups": ("PlanOverview", {}),
        "critical path": ("CriticalPath", {"planId": forecast.plan}),
        "knock-on of a moved sitting": ("PreviewShift", shift),
        "knock-on of a moved activity": ("PreviewShift", later),
    }


async def measure(world: World, forecast: Forecast) -> dict[str, tuple[float, float, int]]:
    """Return for each question the medians in milliseconds and the number of statements."""
    figures = {}
    async with Api(world) as api:
        for name, (operation, variables) in questions(forecast).items():
            await api.ask("japan", operation, **variables)
            with statements(world.database) as seen:
                await api.ask("japan", operation, **variables)
            clock, processor = [], []
            for _ in range(TIMES):
                begun, worked = time.perf_counter(), time.process_time()
                answer = await api.send("japan", document(operation), variables)
                clock.append((time.perf_counter() - begun) * 1000)
                processor.append((time.process_time() - worked) * 1000)
                assert "errors" not in answer
            figures[name] = statistics.median(clock), statistics.median(processor), len(seen)
    return figures


async def draw(folder: str, rows: int) -> None:
    """Print the bytes of the drawings of a plan with so many activities, every second of them re-dated."""
    url = f"sqlite:///{folder}/rows-{rows}.db"
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url, pool=5))
    forecast = await make_large(world, 1, max(1, rows // 10), rows, rows)
    await world.add(*(_redate(world, step) for step in list(forecast.steps.values())[::2]))
    desk = await Desk.open(world, "japan")
    for name, path in (("timeline", ""), ("slip chart", "/slips")):
        page = await desk.get(f"/plans/{forecast.plan}{path}")
        drawing = DRAWING.search(page.text)
        assert drawing is not None, f"{name} of {rows} rows: {page.status_code}"
        whole = drawing[0].encode()
        sizes = f"{len(whole) / 1000:6.1f} kB, {len(gzip.compress(whole)) / 1000:5.1f} kB compressed"
        print(f"{name:<11} {rows:4} rows: {sizes}; the page {int(page.headers['content-length']) / 1000:.1f} kB")
    await desk.client.aclose()
    await world.database.close()


def _redate(world: World, activity_id: str) -> Redating:
    """Return a change of the last day of an activity by a month, made two months ago."""
    return Redating(
        activity_id=activity_id,
        label_before="November 2018",
        latest_before=TODAY + timedelta(days=40),
        label_after="December 2018",
        latest_after=TODAY + timedelta(days=70),
        reason="Comments came late.",
        redated_by_id=world.delegates["canada"],
        redated_at=NOW - timedelta(days=60),
    )


async def main() -> None:
    """Fill a database of each size, and print a line for each question."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            url = f"sqlite:///{folder}/{size[2]}.db"
            await asyncio.to_thread(migrate, url)
            world = await make_world(Database(url, pool=5))
            forecast = await make_large(world, *size)
            gc.collect()
            gc.freeze()  # as the server does when it has started
            results.append(await measure(world, forecast))
            await world.database.close()
        for rows in ROWS:
            await draw(folder, rows)
    for name, (clock, small, asked) in results[0].items():
        clock_of_large, large, asked_of_large = results[1][name]
        assert asked == asked_of_large, f"{name}: {asked} statements, {asked_of_large} when doubled"
        print(f"{name:<30} {clock:5.0f} ms, doubled {clock_of_large:5.0f} ms; ", end="")
        print(f"processor {small:4.0f} ms, {large:4.0f} ms ({large / small:.1f} times); {asked} statements")


if __name__ == "__main__":
    asyncio.run(main())
