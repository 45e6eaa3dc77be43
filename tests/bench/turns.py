"""Measure several ways in turns, so that all of them see the same machine, and compare them in pairs."""

import argparse
import math
import os
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeAlias

from tests.bench.checkout import HERE
from tests.bench.load import Load, Serving, loaded

WARM = 0.7
"""Seconds of load before each measurement: connections, prepared statements and compiled code are lost while idle."""


def parser_of(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the arguments that every measurement in turns has."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--server", type=lambda path: Path(path).resolve(), default=HERE, metavar="PATH")
    return parser


class Way(NamedTuple):
    """A way to get something done: the request, and the server that answers it."""

    name: str
    server: Serving
    request: bytes
    expected: str = '"nodes"'


Loads: TypeAlias = dict[str, list[Load]]


async def in_rounds(
    ways: Sequence[Way], *, rounds: int, seconds: float, connections: int = 16, database: int | None = None
) -> Loads:
    """Load every way once in each round, in this order and back, so that neighbours are measured one after the other.

    Return the loads of each way, in the order of the rounds.
    """
    loads: Loads = {way.name: [] for way in ways}
    for number in range(-1, rounds):
        for way in ways if number % 2 else reversed(ways):
            load = await loaded(
                *(way.server, way.request),
                expected=way.expected,
                connections=connections,
                warm=WARM,
                seconds=seconds,
                database=database,
            )
            if number >= 0:  # the round before the first is there to warm up
                loads[way.name].append(load)
    return loads


def print_loads(title: str, loads: Loads) -> None:
    """Print the medians of every way, and how busy the machine is."""
    busy = " ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"\n{title}; load of the machine {busy}, {os.cpu_count()} processors")
    print(f"  {'':34} requests/s   p50 ms   p99 ms   processor ms a request: server  database  client")
    for name, each in loads.items():
        rate, p50, p99, *used = (median(column) for column in zip(*each, strict=True))
        parts = "  ".join("     -" if math.isnan(part) else f"{part:6.2f}" for part in used)
        print(f"  {name:34} {rate:10.0f} {p50:8.1f} {p99:8.1f} {'':24} {parts}")


def ratios_of(loads: Loads, one: str, other: str) -> tuple[str, str]:
    """Return how much faster one way is than another, and how much less of the processor it takes.

    Both are the median of the pairs with its range; the second is empty where the processor time is not known.
    """
    pairs = list(zip(loads[one], loads[other], strict=True))
    rates = _median_and_range([each.per_second / against.per_second for each, against in pairs])
    savings = [processor_of(against) / processor_of(each) for each, against in pairs]
    return rates, "" if math.isnan(savings[0]) else _median_and_range(savings)


def print_ratios(loads: Loads, one: str, other: str) -> None:
    """Print the ratios of two ways."""
    rate, processor = ratios_of(loads, one, other)
    print(f"  {one} / {other}: {rate} of its requests per second; by processor {processor or 'not known'}")


def processor_of(load: Load) -> float:
    """Return the processor milliseconds of server and database together; a database without a process has none."""
    return load.server + (0.0 if math.isnan(load.database) else load.database)


def _median_and_range(values: Sequence[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f}-{max(values):.2f})"
