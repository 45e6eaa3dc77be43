"""The conventions of the tests themselves: what a run consists of, and that no refusal goes unwatched."""

import asyncio
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.parties import Person
from tests.choosing import DATABASES, asks_its_own_sql, is_left_out, turn_of
from tests.factories.refusing import Seen, Watched, WatchedDatabase, check_refusal_was_seen
from tests.factories.world import World

TESTS = Path(__file__).parents[1]
SENDS_UNWATCHED = re.compile(r"\bASGITransport\(")
MAY_SEND_UNWATCHED = {"factories/refusing.py", "house/test_tests.py"}
"""Where the watch itself is, and its test. `bench` measures, and has nothing to show about what is written."""


READS_A_CLOCK = re.compile(r"\b(?:perf_counter|process_time|thread_time|monotonic)(?:_ns)?\(")
"""Asking how long something took. An answer depends on the machine, so it is for `tests/bench` and never asserted."""


def item(nodeid: str, *, database: str | None = None, markers: tuple[str, ...] = ()) -> Any:
    """Return as much of a collected test as deciding about it needs."""
    parameters = {"databases": database} if database else {}
    return SimpleNamespace(
        nodeid=nodeid,
        name=nodeid.rpartition("::")[2],
        callspec=SimpleNamespace(params=parameters),
        fixturenames=["databases"] if database else [],
        get_closest_marker=lambda name: SimpleNamespace(args=()) if name in markers else None,
    )


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("tests/storage/test_database.py::test_a_row_is_refused[{}]", True),
        ("tests/migrations/test_migrations.py::test_migrate[{}]", True),
        ("tests/rounds/test_window.py::test_window[{}-True]", True),
        ("tests/proposals/test_actions_deciding.py::test_decide[{}]", False),
        ("tests/rounds/test_actions.py::test_open_round_when_refused[{}]", False),
        ("tests/rounds/test_api.py::test_open_round[{}]", False),
        ("tests/pages/test_account.py::test_account[sideways-{}]", False),
    ],
)
def test_quick_portion_has_every_test_where_sql_can_differ_on_one_database(name: str, own: bool) -> None:
    items = [item(name.format(database), database=database) for database in DATABASES]

    assert [asks_its_own_sql(each) for each in items] == [own, own]
    kept = [each.callspec.params["databases"] for each in items if not is_left_out(each)]
    turn = turn_of(items[0])
    assert kept == ([turn] if turn else [])
    assert turn or not own


def test_marked_tests_are_kept_on_one_database_or_left_out() -> None:
    name = "tests/rounds/test_api.py::test_open_round[{}]"

    marked = [item(name.format(kind), database=kind, markers=("own_sql",)) for kind in DATABASES]
    rest = item("tests/pages/test_axe.py::test_pages", markers=("rest",))
    plain = item("tests/rounds/test_rules.py::test_open_round")

    assert sorted(is_left_out(each) for each in marked) == [False, True]
    assert [is_left_out(rest), is_left_out(plain)] == [True, False]


def test_each_database_has_a_sixty_fourth_of_the_tests_elsewhere_and_half_where_sql_can_differ() -> None:
    seldom = [turn_of(item(f"tests/rounds/test_api.py::test_number[sqlite-{number}]")) for number in range(1000)]
    always = [turn_of(item(f"tests/storage/test_rows.py::test_number[sqlite-{number}]")) for number in range(1000)]

    assert all(8 < seldom.count(database) < 25 for database in DATABASES)
    assert all(450 < always.count(database) < 550 for database in DATABASES)


def test_quick_portion_has_a_quarter_of_the_tests_that_start_processes() -> None:
    commands = [item(f"tests/cli/test_cli.py::test_command[{number}]") for number in range(400)]

    assert 80 < [is_left_out(each) for each in commands].count(False) < 120


def test_a_test_has_the_same_turn_for_both_databases() -> None:
    names = [f"tests/rounds/test_api.py::test_number[{{}}-{number}]" for number in range(100)]

    assert all(turn_of(item(name.format("sqlite"))) == turn_of(item(name.format("postgresql"))) for name in names)


async def write_and_refuse(world: World) -> None:
    """Commit a row, and refuse."""
    async with world.database.writing() as session:
        session.add(Person(name="Written", email="written@example.org"))
    raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, "Not now.")


async def test_act_that_commits_before_it_is_refused_does_not_pass(world: World) -> None:
    async def act(*_: Any) -> str:
        await write_and_refuse(world)
        return "done"

    with pytest.raises(AssertionError, match="INSERT INTO persons"):
        await world.do(None, act)


@pytest.mark.parametrize("status", [200, 403])
async def test_answer_that_refuses_after_writing_does_not_pass(world: World, status: int) -> None:
    async def answer(_: Request) -> Response:
        with pytest.raises(Refusal):
            await write_and_refuse(world)
        return PlainTextResponse('{"data": {"act": {"__typename": "Refusal"}}}', status)

    async with AsyncClient(
        transport=Watched(app=Starlette(routes=[Route("/", answer)])), base_url="http://a"
    ) as client:
        with pytest.raises(AssertionError, match="INSERT INTO persons"):
            await client.get("/")


async def test_answer_that_refuses_and_writes_nothing_passes_and_is_counted(world: World) -> None:
    async def answer(_: Request) -> Response:
        async with world.database.reading() as connection:
            await connection.execute(select(Person.id))
        return PlainTextResponse("No.", 403)

    before = Seen.refusals
    async with AsyncClient(
        transport=Watched(app=Starlette(routes=[Route("/", answer)])), base_url="http://a"
    ) as client:
        assert (await client.get("/")).status_code == 403

    assert Seen.refusals == before + 1


def test_refusal_that_nobody_watched_fails_its_test() -> None:
    name = "tests/rounds/test_api.py::test_open_round_is_refused[sqlite]"
    Seen.refusals = 0

    with pytest.raises(pytest.fail.Exception, match="nobody watched"):
        check_refusal_was_seen(item(name, database="sqlite"))

    check_refusal_was_seen(item(name, database="sqlite", markers=("accepted",)))


def test_requests_are_sent_through_the_watch() -> None:
    strays = [
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if SENDS_UNWATCHED.search(path.read_text()) and path.relative_to(TESTS).parts[0] != "bench"
    ]

    assert set(strays) - MAY_SEND_UNWATCHED == set()


def test_no_test_asks_how_long_something_took() -> None:
    measuring = [
        path.relative_to(TESTS).as_posix()
        for path in sorted(TESTS.rglob("*.py"))
        if not path.is_relative_to(TESTS / "bench") and READS_A_CLOCK.search(path.read_text(encoding="utf-8"))
    ]

    assert measuring == []


async def test_transaction_that_a_test_leaves_open_is_ended_with_it(world: World) -> None:
    begun = asyncio.Event()

    async def keep_open() -> None:
        async with world.database.writing() as session:
            await session.execute(update(Person).values(name="Left open"))
            begun.set()
            await asyncio.Event().wait()

    left = asyncio.create_task(keep_open())
    await begun.wait()
    assert isinstance(world.database, WatchedDatabase)

    await world.database.stop_writers()

    assert left.cancelled()
    async with world.database.writing() as session:
        assert "Left open" not in set(await session.scalars(select(Person.name).with_for_update()))
