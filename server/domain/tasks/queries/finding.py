"""Finding the tasks of a person."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.domain.consolidation import policy as consolidation
from server.domain.consolidation.queries.checking import check_of
from server.domain.tasks.queries.sorts import SORTS
from server.domain.tasks.queries.subjects import select_readings
from server.kernel.actor import Actor
from server.kernel.zones import find_zone
from server.models.consolidation import Consolidation

MOST_TASKS = 50
"""Tasks of each sort that are listed."""
MOST_CHECKED = 3
"""Consolidations that are looked through for woven sentences; one instrument has one at most."""
UNREAD = "Sentences stand that no party asked for as they stand, and nobody has read them yet."


class Task(NamedTuple):
    """An act that is possible now and expected of somebody.

    `title` names the subject and `place` where in the work it is, None where there is nothing to say. It is due until
    the instant `due_at`, in the zone in which that was announced; `due_on` is the last day there, in UTC if `zone` is
    None because the database of zones does not know it. All three are None for a task that is never due.
    """

    act: str
    subject_id: str
    why: str
    title: str
    place: str | None
    due_at: datetime | None
    due_on: date | None
    zone: str | None


async def find_tasks(connection: AsyncConnection, actor: Actor, now: datetime) -> list[Task]:
    """Return the tasks of the actor, the next due first, at most `MOST_TASKS` of each sort.

    One statement for each sort that concerns the actor.
    """
    parameters = actor.parameters(now) | {"today": now.date()}
    tasks: list[Task] = []
    for sort in SORTS:
        if sort.is_for(actor):
            rows = await connection.execute(sort.subjects.limit(MOST_TASKS), parameters)
            tasks += [_show(sort.act.name, sort.why, row) for row in rows]
    if actor.is_secretariat:
        tasks += await _find_readings(connection, actor, now)
    # Tasks that are never due come last; `now` only stands in for their missing instant.
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at or now))


async def _find_readings(connection: AsyncConnection, actor: Actor, now: datetime) -> list[Task]:
    """Return the tasks to read woven sentences: which there are follows from the whole text of a consolidation."""
    rows = (await connection.execute(select_readings().limit(MOST_CHECKED), actor.parameters(now))).all()
    if not rows:
        return []
    async with AsyncSession(bind=connection, expire_on_commit=False) as session:
        unread = [row for row in rows if (await check_of(session, await session.get_one(Consolidation, row[0]))).unread]
    return [_show(consolidation.confirm_reading.name, UNREAD, row) for row in unread]


def _show(act: str, why: str, row: Row[Any, Any, Any, Any, Any]) -> Task:
    """Return a task from a row of its statement."""
    subject_id, due, title, place, zone = row
    if due is None:
        return Task(act, subject_id, why, title, place or None, None, None, None)
    if isinstance(due, datetime):
        known = find_zone(zone)
        last = (due - timedelta(microseconds=1)).astimezone(known or UTC).date()
        return Task(act, subject_id, why, title, place or None, due, last, zone if known else None)
    end = datetime.combine(due + timedelta(days=1), time(), UTC)
    return Task(act, subject_id, why, title, place or None, end, due, zone)
