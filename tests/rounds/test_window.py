"""The window of a round at its boundaries: in Python, in SQL, and in every query that asks for it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.consolidation.queries.pending import count_open_rounds
from server.domain.rounds.queries import asks_for, is_accepting, is_closed
from server.domain.rounds.rules.window import accepts_at, has_closed
from server.domain.tasks.queries.finding import find_tasks
from server.models.rounds import Round
from tests.factories.rounds import CLOSES, draft, open_round, submit
from tests.factories.world import NOW, World

TICK = timedelta(microseconds=1)
OPENS = NOW + timedelta(days=1)
AT = {
    "a tick before it opens": (OPENS - TICK, False, False),
    "at the opening instant": (OPENS, True, False),
    "a tick after it opens": (OPENS + TICK, True, False),
    "a tick before it closes": (CLOSES - TICK, True, False),
    "at the closing instant": (CLOSES, False, True),
    "a tick after it closes": (CLOSES + TICK, False, True),
}
"""Instants, with whether the round accepts comments then and whether it has closed."""


@pytest.mark.parametrize(("now", "accepts", "closed"), AT.values(), ids=AT)
def test_window_in_python_holds_the_opening_instant_and_not_the_closing_one(
    now: datetime, accepts: bool, closed: bool
) -> None:
    assert (accepts_at(OPENS, CLOSES, now), has_closed(CLOSES, now)) == (accepts, closed)


async def test_window_in_sql_is_the_window_in_python_at_every_boundary(world: World) -> None:
    await open_round(world, opens_at=OPENS)
    statement = select(
        is_accepting(Round.opens_at, Round.closes_at),
        is_closed(Round.closes_at),
        asks_for(lambda path: getattr(Round, path)),
    )
    japan = await world.actor("japan")

    rows: dict[str, Any] = {}
    async with world.database.reading() as connection:
        for when, (now, _, _) in AT.items():
            row = (await connection.execute(statement, japan.parameters(now))).one()
            rows[when] = tuple(map(bool, row))

    assert rows == {when: (accepts, closed, accepts) for when, (_, accepts, closed) in AT.items()}


async def test_rounds_that_take_comments_or_will_are_counted_until_the_closing_instant(world: World) -> None:
    await open_round(world, opens_at=OPENS)

    counts: dict[str, int] = {}
    async with world.database.writing() as session:
        for when, (now, _, _) in AT.items():
            counts[when] = await count_open_rounds(session, world.version, now)

    assert counts == {when: 0 if closed else 1 for when, (_, _, closed) in AT.items()}


async def test_tasks_of_a_round_turn_at_its_boundaries(world: World) -> None:
    silent = await open_round(world, opens_at=OPENS)
    commented = await open_round(world, opens_at=OPENS)
    world.clock.now = OPENS
    await submit(world, "china", commented)
    drafted = await draft(world, "japan-assistant", commented)
    japan, canada = await world.actor("japan"), await world.actor("canada")

    seen: dict[str, set[tuple[str, str]]] = {}
    async with world.database.reading() as connection:
        for when, (now, _, _) in AT.items():
            tasks = [*await find_tasks(connection, japan, now), *await find_tasks(connection, canada, now)]
            seen[when] = {(task.act, task.subject_id) for task in tasks}

    filing = {("submit_comment", silent), ("submit_comment", commented), ("clear_comment", drafted)}
    answering = {("propose_answers", commented), ("complete_round", silent)}
    assert seen == {
        when: (filing if accepts else set()) | (answering if closed else set())
        for when, (_, accepts, closed) in AT.items()
    }
