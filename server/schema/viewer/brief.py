"""The brief of the caller: what awaits them, what became of their points, who stands with them, what is due when."""

from datetime import UTC, date, datetime, timedelta

import strawberry

from server.domain.rounds.queries import asks_for
from server.domain.triage.queries.allies import find_allies, is_near_own, is_own, zone_of_person
from server.kernel.zones import find_zone
from server.schema.context import Context
from server.schema.lists.rounds import COMMENT_ORDERS, CommentFilter
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many
from server.schema.rounds.types import Comment, Round
from server.schema.scalars import TimeZone
from server.schema.tasks.types import Task, tasks_of


@strawberry.type(description="Another party that supports comments of the caller's party, or is supported by it.")
class Ally:
    """The GraphQL form of `server.domain.triage.queries.allies.Ally`."""

    short_name: str = strawberry.field(description="Short name of the party.")
    supports_count: int = strawberry.field(description="Number of comments of the caller's party that it supports.")
    supported_count: int = strawberry.field(description="Number of its comments that the caller's party supports.")


@strawberry.type(description="A deadline of a task, in the zone of the caller.")
class Deadline:
    """When a task is due, as the caller's clock says it."""

    title: str = strawberry.field(description="What it is about, as in the task.")
    due_at: datetime = strawberry.field(description="Instant until which it is due, past if it is overdue.")
    local_on: date = strawberry.field(description="Last day on which it can be done, in the zone of the caller.")
    local_time: str = strawberry.field(description="Time of `dueAt` in the zone of the caller, as in '17:00'.")
    zone: TimeZone = strawberry.field(description="Zone of the caller, as they set it in their profile.")


@strawberry.type(
    description="The brief of the caller's party, in one query: what awaits, what changed, the fate of its points, "
    "allies and deadlines. Nothing in it but what the caller sees elsewhere."
)
class Brief:
    """Put together from reads that stand elsewhere too, each under its own predicate."""

    @strawberry.field(description="Acts that wait for the caller, the one due first at the front.")
    async def tasks(self, info: strawberry.Info) -> list[Task]:
        """Return the tasks of the caller."""
        return await tasks_of(info.context)

    @strawberry.field(description="Deadlines of these tasks, the first at the front, in the zone of the caller.")
    async def deadlines(self, info: strawberry.Info) -> list[Deadline]:
        """Return the deadlines of the caller."""
        context: Context = info.context
        async with context.database.reading() as connection:
            name = await zone_of_person(connection, context.actor.person_id)
        zone = find_zone(name) or UTC
        tasks = [task for task in await tasks_of(context) if task.due_at is not None]
        return [_show_deadline(task.title, task.due_at, name, zone) for task in tasks if task.due_at]

    points: Connection[Comment] = many(
        "Comments that the caller's party submitted, with their answers and outcomes.",
        order=COMMENT_ORDERS,
        filter_type=CommentFilter,
        where=is_own,
    )
    nearby: Connection[Comment] = many(
        "Comments of other parties on provisions on which the caller's party has one.",
        order=COMMENT_ORDERS,
        filter_type=CommentFilter,
        where=is_near_own,
    )
    asked: Connection[Round] = many(
        "Open rounds that ask the caller's party for comments, the one that closes first at the front.",
        order=("closes_at", "id"),
        where=asks_for,
    )

    @strawberry.field(description="Parties that support it or that it supports, the closest first; at most 50.")
    async def allies(self, info: strawberry.Info) -> list[Ally]:
        """Return the allies of the caller's party."""
        context: Context = info.context
        async with context.database.reading() as connection:
            allies = await find_allies(connection, context.actor.parameters(context.now))
        return [Ally(**ally._asdict()) for ally in allies]


def _show_deadline(title: str, due_at: datetime, name: str, zone: object) -> Deadline:
    """Return a deadline as the clock of a zone says it."""
    local = due_at.astimezone(zone)  # type: ignore[arg-type]
    last = (due_at - timedelta(microseconds=1)).astimezone(zone)  # type: ignore[arg-type]
    return Deadline(title=title, due_at=due_at, local_on=last.date(), local_time=f"{local:%H:%M}", zone=TimeZone(name))


@strawberry.type
class BriefQueries:
    """The root field of the brief."""

    @strawberry.field(description="The brief of the caller; null if they speak for no party.")
    def brief(self, info: strawberry.Info) -> Brief | None:
        """Return the brief, None for a caller who speaks for no party."""
        context: Context = info.context
        return Brief() if context.actor.is_signed_in else None
