"""Send notices through a real mail server by a process that is killed again and again, and count what came of it.

`python -m tests.bench.notices` tells 10,000 notices to 500 persons, on SQLite and on PostgreSQL.
"""

import asyncio
import logging
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import structlog
from sqlalchemy import func, select, update

from server.domain.notices.actions.making import ensure_progress
from server.domain.rounds.actions import calling
from server.models.notices import Notice
from server.models.outbox import Letter
from server.models.parties import Person
from server.storage.database import Database
from server.storage.migrations import migrate
from server.vocabulary.parties import Notices
from tests.bench.checkout import postgresql
from tests.factories.mail import Mailbox, mail_server
from tests.factories.rounds import call
from tests.factories.world import NOW, World, add_delegate, make_world

WORKER = "tests.bench.notifying"
ISSUER = "https://fos.example"
AFTER_A_KILL = 360
"""Seconds by which the clock of the next process is ahead: what was being sent is left alone for five minutes."""


class Outcome(NamedTuple):
    """What came of it. `twice` counts messages that a mailbox got again under the same Message-ID."""

    notices: int
    letters: int
    kills: int
    lost: int
    told_twice: int
    twice: int
    to_others: int
    seconds: float


async def fill(world: World, persons: int) -> None:
    """Let a world have so many delegates who want their letters at once."""
    async with world.database.writing() as session:
        for number in range(persons - len(world.persons) + 1):  # all but the coordinator who opens the rounds
            await add_delegate(
                session, world, f"d{number}", ("japan", "china", "upu", "gea")[number % 4], is_focal_point=False
            )
        await session.execute(update(Person).values(notices=Notices.AT_ONCE))


def start(url: str, smtp: str, ahead: int) -> subprocess.Popen[bytes]:
    """Start a process that makes notices and sends letters until there is nothing left to do."""
    return subprocess.Popen([sys.executable, "-m", WORKER, url, smtp, ISSUER, NOW.isoformat(), str(ahead)])


def run_killing(url: str, smtp: str, mailbox: Mailbox, kills: int, stride: int, ahead: int) -> tuple[int, int]:
    """Run processes until one ends by itself, and kill the first ones while they send. Return kills, and the clock."""
    killed = 0
    while True:
        process = start(url, smtp, ahead)
        goal = len(mailbox.received) + random.randint(1, stride)
        while process.poll() is None:
            if killed < kills and len(mailbox.received) >= goal:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed, ahead = killed + 1, ahead + AFTER_A_KILL
                break
            time.sleep(0.001)
        else:
            assert process.returncode == 0
            return killed, ahead + AFTER_A_KILL


async def measure(url: str, *, persons: int, rounds: int, waves: int, kills: int) -> Outcome:
    """Tell so many persons of so many rounds, in waves, with so many kills while letters go out."""
    database = Database(url, pool=4)
    world = await make_world(database)
    await fill(world, persons)
    await ensure_progress(database)
    begun, ahead, killed, stride = time.monotonic(), 0, 0, max(1, persons * waves // (kills or 1))
    with mail_server() as (mailbox, smtp):
        for _wave in range(waves):
            for _ in range(rounds // waves):
                world.rounds += 1
                title = f"Round {world.rounds}"
                closes_at = NOW + timedelta(days=60)
                await world.do("canada", calling.open_round, **call(world, title=title, closes_at=closes_at))
            more, ahead = await asyncio.to_thread(run_killing, url, smtp, mailbox, kills // waves, stride, ahead)
            killed += more
    outcome = await count(world, mailbox, killed, time.monotonic() - begun)
    await database.close()
    return outcome


async def count(world: World, mailbox: Mailbox, kills: int, seconds: float) -> Outcome:
    """Compare what the mail server got with the notices that were made."""
    async with world.database.reading() as connection:
        rows = (
            await connection.execute(select(Person.email, Notice.object_id).join(Person, Person.id == Notice.person_id))
        ).all()
        letters = await connection.scalar(select(func.count()).select_from(Letter).where(Letter.sent_at.is_not(None)))
    wanted = Counter((str(email), object_id) for email, object_id in rows)
    by_id = {(address, str(message["Message-ID"])): message for address, message in mailbox.received}
    told: Counter[tuple[str, str]] = Counter()
    for (address, _), message in by_id.items():
        body = message.get_body(("plain",))
        assert body is not None
        told.update((address, each) for each in re.findall(rf"{ISSUER}/rounds/(RND_\w+)", body.get_content()))
    return Outcome(
        notices=len(rows),
        letters=letters or 0,
        kills=kills,
        lost=sum((wanted - told).values()),
        told_twice=sum((Counter({key: number for key, number in told.items() if key in wanted}) - wanted).values()),
        twice=len(mailbox.received) - len(by_id),
        to_others=sum(number for key, number in told.items() if key not in wanted),
        seconds=round(seconds, 1),
    )


def main() -> None:
    """Measure on both databases."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    size = {"persons": 500, "rounds": 20, "waves": 5, "kills": 20}
    with TemporaryDirectory() as name:
        folder = Path(name)
        with postgresql(folder, "notices") as (_, urls):
            for url in (f"sqlite:///{folder}/notices.db", *urls):
                migrate(url)
                print(url.partition(":")[0], asyncio.run(measure(url, **size)))


if __name__ == "__main__":
    main()
