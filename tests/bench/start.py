"""How long a server takes to its first answer, and what it fills when nobody asks: `python -m tests.bench.start`.

Seconds on the clock and of the processor, and the memory in use (RSS) after some quiet seconds, medians of `--rounds`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import httpx2

from server.storage.migrations import migrate
from tests.factories.serving import free_port

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


class Start(NamedTuple):
    """One start: seconds to the first answer, seconds of the processor until then, and megabytes when idle."""

    seconds: float
    processor: float
    megabytes: float


def processor_of(pid: int) -> float:
    """Return the processor time of a process in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def megabytes_of(pid: int) -> float:
    """Return the memory in use by a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def started(root: Path, database: str, idle: float) -> Start:
    """Start a server of the checkout `root`, ask it until it answers, leave it alone for `idle` seconds and stop it."""
    with free_port() as (_, port):
        pass
    environment = os.environ | {"INTERSESSION_DATABASE": database, "PYTHONPATH": str(root)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, str(root / "intersession"), "serve", "--port", str(port)]
    began = time.perf_counter()
    with (
        subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL) as process,
        httpx2.Client(trust_env=False) as client,
    ):
        while True:
            try:
                answer = client.post(f"http://127.0.0.1:{port}/graphql", json={"query": "{ answeredAt }"})
                break
            except httpx2.TransportError:
                time.sleep(0.01)
        assert answer.status_code == 200, answer.text
        seconds, processor = time.perf_counter() - began, processor_of(process.pid)
        time.sleep(idle)
        start = Start(seconds, processor, megabytes_of(process.pid))
        process.terminate()
    return start


def main() -> None:
    """Start a server again and again; with `--against`, another checkout in turn with this one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--idle", type=float, default=2.0, help="seconds left alone before the memory is read")
    parser.add_argument("--against", type=Path, help="another checkout to compare with")
    arguments = parser.parse_args()
    roots = [ROOT, *([arguments.against] if arguments.against else [])]
    starts: dict[Path, list[Start]] = {root: [] for root in roots}
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/start.db"
        migrate(database)
        for root in roots:
            started(root, database, 0.0)  # compiles what is new
        for _ in range(arguments.rounds):
            for root in roots:
                starts[root].append(started(root, database, arguments.idle))
    for root, each in starts.items():
        seconds, processor, megabytes = (median(values) for values in zip(*each, strict=True))
        print(
            f"{root}: first answer after {seconds:.2f} s ({processor:.2f} s of the processor), idle {megabytes:.0f} MB"
        )


if __name__ == "__main__":
    main()
