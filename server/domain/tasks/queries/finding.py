"""Finding the tasks of a person."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.domain.consolidation import policy as consolidation_policy
from server.domain.consolidation.queries.checking import check_of
from server.domain.tasks.queries.prepared import PREPARED
from server.domain.tasks.queries.sorts import SORTS
from server.domain.tasks.queries.subjects import select_readings
from server.domain.texts import policy as texts
from server.kernel.actor import Actor
from server.kernel.days import shift_day
from server.kernel.zones import begin_of_day, day_at_home, find_zone
from server.models.consolidation import Consolidation
from server.models.texts import TextVersion
from server.vocabulary.tasks import TaskReason

MOST_TASKS = 50
"""Tasks of each sort that are listed."""
MOST_CHECKED = 3
"""Consolidations that are looked through for woven sentences; one instrument has one at most."""


class Task(NamedTuple):
    """An act that is possible now and expected of somebody.

    `title` names the subject and `place` where in the work it is, None where there is nothing to say. It is due until
    the instant `due_at`, in the zone in which that was announced; `due_on` is the last day there, in UTC if `zone` is
    None because the database of zones does not know it. All three are None for a task that is never due. `prepared` is
    the input of the act as far as it is known, None where nothing is.
    """

    act: str
    subject_id: str
    why: TaskReason
    title: str
    place: str | None
    due_at: datetime | None
    due_on: date | None
    zone: str | None
    prepared: dict[str, Any] | None = None


async def find_tasks(connection: AsyncConnection, actor: Actor, now: datetime) -> list[Task]:
    """Return the tasks of the actor, the next due first, at most `MOST_TASKS` of each sort.

    One statement for each sort that concerns the actor.
    """
    parameters = actor.parameters(now) | {"today": day_at_home(now)}
    tasks: list[Task] = []
    for sort in SORTS:
        if sort.is_for(actor):
            rows = await connection.execute(sort.subjects.limit(MOST_TASKS), parameters)
            tasks += await _prepare(connection, [_show(sort.act.name, sort.why, row) for row in rows], parameters)
    if actor.is_secretariat:
        tasks += await _find_making(connection, actor, now)
    # Tasks that are never due come last; `now` only stands in for their missing instant.
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at or now))


async def _prepare(connection: AsyncConnection, tasks: list[Task], parameters: dict[str, Any]) -> list[Task]:
    """Return the tasks of one sort with their prepared inputs."""
    if not tasks or tasks[0].act not in PREPARED:
        return tasks
    subjects = sorted(task.subject_id for task in tasks)
    inputs = await PREPARED[tasks[0].act](connection, parameters | {"subjects": subjects})
    return [task._replace(prepared=inputs.get(task.subject_id)) for task in tasks]


async def _find_making(connection: AsyncConnection, actor: Actor, now: datetime) -> list[Task]:
    """Return the tasks to read woven sentences and to issue a version: both follow from its whole text."""
    rows = (await connection.execute(select_readings().limit(MOST_CHECKED), actor.parameters(now))).all()
    tasks: list[Task] = []
    if not rows:
        return tasks
    async with AsyncSession(bind=connection, expire_on_commit=False) as session:
        for row in rows:
            consolidation = await session.get_one(Consolidation, row[0])
            check = await check_of(session, consolidation)
            if check.unread:
                sent = {"consolidationId": row[0], "digests": [woven.digest for woven in check.unread]}
                task = _show(consolidation_policy.confirm_reading.name, TaskReason.SENTENCES_UNREAD, row)
                tasks.append(task._replace(prepared=sent))
            elif not check.unexplained:
                target = await session.get_one(TextVersion, consolidation.target_id)
                sent = {"textVersionId": target.id, "expectedRevision": target.revision}
                task = _show(texts.issue_version.name, TaskReason.VERSION_UNISSUED, row)
                tasks.append(task._replace(subject_id=target.id, prepared=sent))
    return tasks


def _show(act: str, why: TaskReason, row: Row[Any, Any, Any, Any, Any]) -> Task:
    """Return a task from a row of its statement."""
    subject_id, due, title, place, zone = row
    if due is None:
        return Task(act, subject_id, why, title, place or None, None, None, None)
    if isinstance(due, datetime):
        known = find_zone(zone)
        last = (due - timedelta(microseconds=1)).astimezone(known or UTC).date()
        return Task(act, subject_id, why, title, place or None, due, last, zone if known else None)
    end = begin_of_day(shift_day(due, 1))
    return Task(act, subject_id, why, title, place or None, end, due, zone)
