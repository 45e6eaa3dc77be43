"""Delivering letters: once each, outside any transaction, again after a while, not for ever."""

import asyncio
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from structlog.testing import capture_logs

from server.delivery.outbox.delivery import (
    BATCH,
    LONGEST_DELAY,
    LetterRefused,
    Outgoing,
    Waiting,
    count_waiting,
    delay_after,
    deliver_letters,
)
from server.delivery.outbox.letters import write_letter
from server.delivery.outbox.postman import postman, sender_of
from server.delivery.outbox.senders import terminal_sender
from server.delivery.repeating import repeating
from server.models.outbox import Letter
from server.settings import Settings
from server.storage.database import Database
from tests.factories.workplan import rows_of
from tests.factories.world import NOW, ManualClock

STATE = (Letter.address, Letter.text, Letter.attempts, Letter.claimed_until, Letter.sent_at)


async def write(database: Database, *names: str) -> None:
    """Letters to these names, one second after the other."""
    async with database.writing() as session:
        for second, name in enumerate(names):
            written = {"now": NOW + timedelta(seconds=second)}
            await write_letter(session, address=f"{name}@example.org", subject=name, text=f"Secret {name}", **written)


class Box:
    """Keeps what is sent; raises for the addresses in `broken`."""

    def __init__(self, *broken: str, refused: str = "") -> None:
        self.broken = set(broken)
        self.refused = refused
        self.sent: list[tuple[str, str, str]] = []

    async def __call__(self, letter: Outgoing) -> None:
        """Send one letter."""
        await asyncio.sleep(0)
        if letter.subject in self.broken:
            raise ConnectionError(f"cannot send {letter.text}")
        if letter.subject == self.refused:
            raise LetterRefused(550)
        self.sent.append((letter.address, letter.subject, letter.text))


async def waiting(database: Database) -> Waiting:
    """What is in the outbox."""
    async with database.reading() as connection:
        return await count_waiting(connection)


async def test_deliver_letters_sends_the_oldest_first_and_empties_what_was_sent(database: Database) -> None:
    clock, box = ManualClock(NOW + timedelta(hours=1)), Box()
    await write(database, "a", "b")

    sent = [await deliver_letters(database, clock, box) for _ in range(2)]

    assert sent == [2, 0]
    assert box.sent == [("a@example.org", "a", "Secret a"), ("b@example.org", "b", "Secret b")]
    done = ("", 1, None, clock.now)
    assert await rows_of(database, *STATE) == [("a@example.org", *done), ("b@example.org", *done)]
    assert await waiting(database) == Waiting(0, 0)


async def test_deliver_letters_sends_the_others_and_tries_again_later(database: Database) -> None:
    clock, box = ManualClock(), Box("a")
    await write(database, "a", "b")

    with capture_logs() as logs:
        first = await deliver_letters(database, clock, box)
    at_once = await deliver_letters(database, clock, box)
    box.broken.clear()
    clock.move(seconds=30)
    later = await deliver_letters(database, clock, box)

    assert (first, at_once, later) == (1, 0, 1)
    assert [subject for _, subject, _ in box.sent] == ["b", "a"]
    assert [(log["event"], log["error"], log["attempts"]) for log in logs] == [
        ("letter not sent", "ConnectionError", 1)
    ]
    assert "Secret" not in str(logs)


def test_delay_after_grows_to_a_limit() -> None:
    seconds = [delay_after(attempts).total_seconds() for attempts in (1, 2, 3, 9, 10, 11)]

    assert seconds == [30, 60, 120, 7_680, 15_360, LONGEST_DELAY.total_seconds()]


async def test_deliver_letters_gives_up_after_ten_attempts_and_forgets_the_text(database: Database) -> None:
    clock, box = ManualClock(), Box("a")
    await write(database, "a")

    with capture_logs() as logs:
        for _ in range(12):
            await deliver_letters(database, clock, box)
            clock.move(hours=7)

    assert len(logs) == 10
    assert await rows_of(database, *STATE) == [("a@example.org", "", 10, None, None)]
    assert await waiting(database) == Waiting(0, 1)


async def test_deliver_letters_gives_up_at_once_what_no_attempt_can_deliver_and_tells_of_it(database: Database) -> None:
    clock, box, outcomes, given_up = ManualClock(), Box("c", refused="a"), [], []

    async def tell(_: Any, letter_id: str, now: datetime) -> None:
        given_up.append((letter_id, now))

    await write(database, "a", "b", "c")
    clock.move(minutes=1)
    with capture_logs() as logs:
        first = await deliver_letters(database, clock, box, tell, outcomes.append)
        at = clock.now
        for _ in range(12):
            clock.move(hours=7)
            await deliver_letters(database, clock, box, tell, outcomes.append)

    rows = await rows_of(database, Letter.id, Letter.attempts, Letter.refused_with, Letter.text)
    (refused, sent, broken) = sorted(rows)
    assert first == 1
    assert outcomes == ["refused", "sent", *["deferred"] * 9, "given_up"]
    assert [row[1:] for row in (refused, sent, broken)] == [(10, 550, ""), (1, None, ""), (10, None, "")]
    assert [letter for letter, _ in given_up] == [refused[0], broken[0]]
    assert given_up[0][1] == at
    assert [log["event"] for log in logs] == ["letter refused", *["letter not sent"] * 9, "letter given up"]
    assert await waiting(database) == Waiting(0, 2)


async def test_deliver_letters_by_several_at_once_sends_each_once(database: Database) -> None:
    clock, box = ManualClock(NOW + timedelta(hours=1)), Box()
    await write(database, *"abcdef")

    sent = await asyncio.gather(*(deliver_letters(database, clock, box) for _ in range(3)))

    assert sum(sent) == 6
    assert sorted(subject for _, subject, _ in box.sent) == list("abcdef")


async def test_deliver_letters_sends_outside_any_transaction(database: Database) -> None:
    async def send(letter: Outgoing) -> None:
        if letter.subject == "a":
            await asyncio.wait_for(write(database, "written-meanwhile"), 5)

    await write(database, "a")

    assert await deliver_letters(database, ManualClock(NOW + timedelta(hours=1)), send) == 2


async def test_a_letter_whose_process_died_is_sent_by_another_once_its_claim_is_over(database: Database) -> None:
    clock, box = ManualClock(), Box()

    async def die(_: Outgoing) -> None:
        raise asyncio.CancelledError

    await write(database, "a")
    with pytest.raises(asyncio.CancelledError):
        await deliver_letters(database, clock, die)

    early = await deliver_letters(database, clock, box)
    clock.move(minutes=5)
    assert (early, await deliver_letters(database, clock, box)) == (0, 1)


async def test_the_postman_delivers_while_the_server_runs_and_stops_with_it(database: Database) -> None:
    clock, box = ManualClock(NOW + timedelta(hours=1)), Box()
    arrived = asyncio.Event()

    async def send(letter: Outgoing) -> None:
        await box(letter)
        arrived.set()

    async with postman(database, clock, send, every=0.01):
        await write(database, "a")
        await asyncio.wait_for(arrived.wait(), 10)
    await write(database, "late")

    assert [subject for _, subject, _ in box.sent] == ["a"]
    assert not [task for task in asyncio.all_tasks() if "_go_round" in repr(task)]


async def test_the_postman_sends_all_that_wait_in_one_turn(database: Database) -> None:
    clock, box, arrived = ManualClock(NOW + timedelta(hours=1)), Box(), asyncio.Event()
    many = [f"n{number}" for number in range(BATCH + 1)]

    async def send(letter: Outgoing) -> None:
        await box(letter)
        if len(box.sent) == len(many):
            arrived.set()

    await write(database, *many)
    async with postman(database, clock, send, every=3600):
        await asyncio.wait_for(arrived.wait(), 30)

    assert [subject for _, subject, _ in box.sent] == many


async def test_letters_that_wait_are_found_without_looking_at_those_that_were_sent(database: Database) -> None:
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        statements.append((text, parameters))

    await write(database, "a", "b", "c")
    event.listen(Engine, "before_cursor_execute", note)
    await deliver_letters(database, ManualClock(NOW + timedelta(hours=1)), Box())
    event.remove(Engine, "before_cursor_execute", note)

    text, parameters = next(each for each in statements if "ORDER BY letters.written_at" in each[0])
    async with database.reading() as connection:
        if not database.is_sqlite:
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
        plan = str((await connection.exec_driver_sql(f"{explain} {text}", parameters)).all())
    assert "ix_letters_waiting" in plan, plan


async def test_the_postman_finishes_the_letter_in_hand_when_the_server_stops(database: Database) -> None:
    clock, began, box = ManualClock(NOW + timedelta(hours=1)), asyncio.Event(), Box()

    async def send(letter: Outgoing) -> None:
        began.set()
        await box(letter)

    await write(database, "a", "b")
    async with postman(database, clock, send):
        await asyncio.wait_for(began.wait(), 10)

    assert [subject for _, subject, _ in box.sent] == ["a"]
    assert [sent_at for *_, sent_at in await rows_of(database, *STATE)] == [clock.now, None]


async def test_the_postman_goes_on_when_the_database_was_away() -> None:
    asked: list[str] = []
    twice = asyncio.Event()

    class Away:
        def reading(self) -> Any:
            asked.append("reading")
            if len(asked) == 2:
                twice.set()
            raise ConnectionError("Secret away")

    with capture_logs() as logs:
        async with postman(Away(), ManualClock(), Box(), every=0.001):  # type: ignore[arg-type]
            await asyncio.wait_for(twice.wait(), 10)

    assert {(log["event"], log["error"]) for log in logs} == {("letters not delivered", "ConnectionError")}
    assert "Secret" not in str(logs)


async def test_the_postman_without_a_mail_server_in_production_lets_letters_wait(database: Database) -> None:
    settings = Settings(production=True)
    await write(database, "a")

    with capture_logs() as logs:
        async with postman(
            database, ManualClock(NOW), sender_of(settings, production=settings.production), every=0.001
        ):
            await asyncio.sleep(0)

    assert [log["event"] for log in logs] == ["no mail server: letters wait"]
    assert await waiting(database) == Waiting(1, 0)
    assert sender_of(Settings(), production=False) is terminal_sender


async def test_what_fails_again_and_again_is_logged_less_and_less_and_once_when_it_works() -> None:
    turns = 0
    recovered = asyncio.Event()

    async def work() -> None:
        nonlocal turns
        turns += 1
        if turns <= 9:
            raise ValueError("Secret key")
        recovered.set()

    with capture_logs() as logs:
        async with repeating(work, "heads not signed", every=0):
            await asyncio.wait_for(recovered.wait(), 10)

    assert [log.get("times") for log in logs] == [1, 2, 4, 8, 9]
    assert {log["error"] for log in logs[:-1]} == {"ValueError"}
    assert {re.sub(r":\d+", "", log["at"]) for log in logs[:-1]} == {"delivery/repeating.py"}
    assert (logs[-1]["event"], logs[-1]["after"]) == ("works again", "heads not signed")
    assert "Secret" not in str(logs)
