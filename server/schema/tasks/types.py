"""Tasks: acts that wait for the caller."""

import asyncio
from datetime import date, datetime
from typing import Any

import strawberry

from server.domain.tasks.queries.finding import find_tasks
from server.schema.act_names import TAG_OF, ActName
from server.schema.context import Context
from server.schema.reads.executor import Rendered
from server.schema.reads.kinds import Node
from server.schema.reads.roots import nodes_of
from server.schema.scalars import TimeZone
from server.schema.vocabulary import vocabulary
from server.vocabulary.tasks import WHY, TaskReason

vocabulary(TaskReason)


class Subjects:
    """The subjects of the tasks in one answer, read together: one statement for each noun, not one for each task."""

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids
        self._read: dict[tuple[int, ...], asyncio.Future[Any]] = {}

    async def of(self, info: strawberry.Info, identifier: str) -> Any:
        """Return one subject, rendered with the selection of the field that asks; null if it no longer exists."""
        place = tuple(id(node) for node in info._raw_info.field_nodes)
        # The first task that asks starts the one reading; the executor resolves the others meanwhile, and they wait for
        # it. Under another alias the field selects other fields, so that the nodes are part of the key.
        if place not in self._read:
            self._read[place] = asyncio.ensure_future(nodes_of(info, self._ids))
        subjects = (await self._read[place]).shape
        return Rendered(subjects[self._ids.index(identifier)])


@strawberry.type(description="An act that the caller can do now and that is expected of the caller.")
class Task:
    """An act that is possible now and expected of the caller."""

    subjects: strawberry.Private[Subjects]
    subject_id: strawberry.Private[str]
    act: ActName = strawberry.field(description="The act, which is named after its mutation.")
    reason: TaskReason = strawberry.field(
        description="Why the act is expected of the caller, as a code: with it a frontend says it in its own language."
    )
    why: str = strawberry.field(description="Why the act is expected of the caller, in words.")
    title: str = strawberry.field(
        description="What it is about in words: the title of the round or proposal, what is to be done, or the label "
        "of the version."
    )
    place: str | None = strawberry.field(
        description="Where in the work it is: the number of the provision, the short name of the body, or the title of "
        "the topic or review; null where there is nothing to say."
    )
    due_at: datetime | None = strawberry.field(
        description="Instant until which the act is due, past if it is overdue; null if there is no deadline. What is "
        "due on a day is due until that day ends in `zone`: show `dueOn`."
    )
    due_on: date | None = strawberry.field(
        description="Last day on which the act is due, in `zone`, or in UTC if that is null; null if "
        "there is no deadline."
    )
    zone: TimeZone | None = strawberry.field(
        description="Time zone in which the deadline was announced, as an IANA name; for a day that of the bodies' "
        "seat, 'Europe/Brussels'; null if there is no deadline."
    )

    prepared_input: strawberry.scalars.JSON | None = strawberry.field(
        description="The `input` of the act as far as it is known, without `idempotencyKey`: a client adds that and, "
        "where a person has to say something, what they say. Null where nothing is prepared."
    )

    @strawberry.field(description="The object to act on; null if it no longer exists or the caller no longer sees it.")
    async def subject(self, info: strawberry.Info) -> Node | None:
        """Return the subject of the task, rendered."""
        return await self.subjects.of(info, self.subject_id)  # type: ignore[no-any-return]


async def tasks_of(context: Context) -> list[Task]:
    """Return the tasks of the caller, the one that is due first at the front."""
    async with context.database.reading() as connection:
        tasks = await find_tasks(connection, context.actor, context.now)
    subjects = Subjects([task.subject_id for task in tasks])
    return [
        Task(
            subjects=subjects,
            subject_id=task.subject_id,
            act=TAG_OF[task.act],
            reason=task.why,
            why=WHY[task.why],
            title=task.title,
            place=task.place,
            due_at=task.due_at,
            due_on=task.due_on,
            zone=None if task.zone is None else TimeZone(task.zone),
            prepared_input=None if task.prepared is None else strawberry.scalars.JSON(task.prepared),
        )
        for task in tasks
    ]
