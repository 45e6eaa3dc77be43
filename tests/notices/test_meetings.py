"""Sittings, silence procedures and the work in groups are told to those whom they concern."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import event

from server.domain.groups.actions import promising
from server.domain.notices.actions.making import ensure_progress
from server.domain.notices.queries.judging import NoticeCause, find_coming, find_concerned
from server.domain.notices.queries.table import MOMENTS, ROWS
from server.domain.silence.actions import settling
from tests.factories.silence import EXPIRES, open_silence
from tests.factories.world import NOW, World
from tests.notices.test_actions import tell, told


async def test_every_row_of_the_table_can_be_asked(world: World) -> None:
    async with world.database.reading() as connection:
        for row in ROWS.values():
            subject = f"{row.kind.model.prefix}_nothing"
            assert await find_concerned(connection, row, subject, NoticeCause(NOW), NOW) == [], row.name
        for moment in MOMENTS:
            assert await find_coming(connection, moment, NOW) == [], moment.name


async def test_one_person_is_judged_without_looking_at_the_others(world: World) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        asked.append((text, parameters))

    async with world.database.reading() as connection:
        event.listen(connection.sync_connection, "before_cursor_execute", note)
        for row in ROWS.values():
            await find_concerned(connection, row, "X_nothing", NoticeCause(NOW), NOW, person_id=world.persons["japan"])
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        plans = [await _plan_of(connection, *each, is_sqlite=world.database.is_sqlite) for each in asked]

    assert len(plans) == len(ROWS)
    for plan in plans:
        assert any("delegates" in line and "person_id" in line for line in plan), plan


async def _plan_of(connection: Any, text: str, parameters: Any, *, is_sqlite: bool) -> list[str]:
    """Return the lines of the plan of a statement; on PostgreSQL each with the condition in the line after it."""
    if is_sqlite:
        lines = [each.detail for each in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", parameters)]
        return [line for line in lines if line.startswith("SEARCH")]
    await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    lines = [each[0] for each in await connection.exec_driver_sql(f"EXPLAIN {text}", parameters)]
    return [f"{line} {after}" for line, after in pairwise(lines) if "Index Cond" in after]


async def test_silence_is_told_when_it_opens_and_before_it_ends_to_members(world: World) -> None:
    await ensure_progress(world.database)
    await open_silence(world)
    await tell(world)
    opened = await told(world)

    world.clock.now = EXPIRES - timedelta(days=2)
    await tell(world)

    assert {who for who, name in opened} >= {"japan", "china", "upu", "gea"}
    assert {name for _, name in opened} == {"silence.opened"}
    members = ("canada", "china", "japan", "japan-assistant")
    assert await told(world) - opened == {(who, "silence.closing") for who in members}


async def test_silence_that_is_broken_is_told_and_does_not_end_any_more(world: World) -> None:
    procedure_id = await open_silence(world)
    await ensure_progress(world.database)
    words = {"passage": "flow charts", "reason": "They lack a box."}
    await world.do("japan", settling.break_silence, procedure_id=procedure_id, **words)

    world.clock.now = EXPIRES - timedelta(days=2)
    await tell(world)

    names = {name for _, name in await told(world)}
    assert names == {"silence.broken"}
    assert ("japan", "silence.broken") not in await told(world)


async def test_promise_is_told_to_the_party_until_it_has_answered(world: World) -> None:
    await ensure_progress(world.database)
    asked = {"body_id": world.bodies["group"], "party_id": world.parties["japan"]}
    terms = {"text": "Comments on section 4", "due_at": NOW + timedelta(days=9)}
    await world.do("canada", promising.ask_promise, **asked, **terms)

    await tell(world)

    assert await told(world) == {(who, "promise.asked") for who in ("japan", "japan-assistant")}
