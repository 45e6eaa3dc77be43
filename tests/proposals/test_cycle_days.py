"""The days of a review cycle, in Python and in SQL."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from server.domain.proposals.queries import is_cycle_open
from server.domain.proposals.rules.life import cycle_is_open
from server.domain.tasks.queries.subjects import TODAY
from server.models.proposals import ReviewCycle
from tests.factories import proposals as make
from tests.factories.world import World

FIRST, LAST, DAY = date(2018, 9, 1), date(2018, 9, 30), timedelta(days=1)
OPEN = {FIRST - DAY: False, FIRST: True, FIRST + DAY: True, LAST - DAY: True, LAST: True, LAST + DAY: False}
OPEN_FOR_EVER = {day: day >= FIRST for day in OPEN}


async def test_cycle_takes_proposals_on_its_first_and_last_day_in_python_and_in_sql(world: World) -> None:
    mechanism_id = await make.add_mechanism(world)
    days = {"mechanism_id": mechanism_id, "opens_on": FIRST}
    bounded = await make.open_cycle(world, **days, closes_on=LAST)
    endless = await make.open_cycle(world, **days, closes_on=None)

    answers: dict[str, Any] = {bounded: {}, endless: {}}
    async with world.database.reading() as connection:
        for day in OPEN:
            statement = select(ReviewCycle.id, is_cycle_open(ReviewCycle, TODAY))
            for cycle_id, is_open in await connection.execute(statement, {"today": day}):
                answers[cycle_id][day] = bool(is_open)

    assert answers == {bounded: OPEN, endless: OPEN_FOR_EVER}
    assert {day: cycle_is_open(FIRST, LAST, day) for day in OPEN} == OPEN
    assert {day: cycle_is_open(FIRST, None, day) for day in OPEN} == OPEN_FOR_EVER
