"""Read the deadlines and sittings that a person sees."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Date, Select, String, bindparam, case, false, literal, null, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.calendars.queries.sources import SOURCES, EventSource
from server.domain.calendars.rules import Happening
from server.domain.workplan.due import DueFacts, due_period, period_before_call_off
from server.kernel.actor import Actor
from server.kernel.instants import Instant
from server.models.journal import JournalEntry

MOST = 1_000
"""The most events of a calendar, of each kind: what is to come, the nearest first, and then what is past."""
KEPT = timedelta(days=400)
"""How long what is past stays in a calendar."""
SCOPE = bindparam("scope", type_=String)
NOW, SINCE = bindparam("now_at", type_=Instant), bindparam("since", type_=Instant)
TODAY, SINCE_DAY = bindparam("today", type_=Date), bindparam("since_day", type_=Date)
FIXED = 10
"""The number of columns of an event before those of its days and of its changes."""


def _build(source: EventSource) -> Select[Any]:
    """Build the statement for the events of one source that the caller sees."""
    columns = (
        source.model.id,
        source.title,
        _or_null(source.at, Instant),
        _or_null(source.first_day, Date),
        _or_null(source.last_day, Date),
        _or_null(source.place, String),
        source.is_cancelled if source.is_cancelled is not None else _is_called_off(source),
        source.history.sequence,
        _or_null(source.former_day, Date),
        source.done[0] if source.done else false(),
    )
    statement = select(*columns, *source.due, *source.history.changed).select_from(source.model)
    for join in source.joins:
        statement = join(statement)
    of_body = or_(literal("") == SCOPE, *(body == SCOPE for body in source.bodies))
    own = [] if source.where is None else [source.where]
    when: Any = source.first_day if source.at is None else source.at
    present: Any = TODAY if source.at is None else NOW
    if source.due:
        # Its days are worked out from its sitting or round: what is settled leaves with the day on which it was.
        own.append(or_(source.model.settled_at.is_(None), source.model.settled_at >= SINCE))
    elif source.at is not None:
        own.append(source.at >= SINCE)
    else:
        own.append((source.last_day if source.last_day is not None else source.first_day) >= SINCE_DAY)
    # What is done goes last, so that it takes no place of what is open.
    is_done = source.done[0] if source.done else false()
    order = (case((is_done, 2), (when >= present, 0), else_=1), when.nulls_last(), source.model.id)
    return statement.where(source.visible(source.model), of_body, *own).order_by(*order).limit(MOST)


def _is_called_off(source: EventSource) -> Any:
    """Return the condition that an act cancelled the event."""
    entry = JournalEntry
    return select(entry.id).where(entry.subject_id == source.model.id, entry.act.like("%.cancelled")).exists()


def _or_null(expression: Any, kind: Any) -> Any:
    return type_coerce(null(), kind) if expression is None else expression


_STATEMENTS = {source: _build(source) for source in SOURCES}


async def list_happenings(
    connection: AsyncConnection, actor: Actor, now: datetime, scope: str, issuer: str
) -> list[Happening]:
    """Return the events that an actor sees, of one body or of all (`scope` is ""). One statement for each source."""
    since = now - KEPT
    values = {"scope": scope, "now_at": now, "today": now.date(), "since": since, "since_day": since.date()}
    happenings = []
    for source, statement in _STATEMENTS.items():
        for row in await connection.execute(statement, {**actor.parameters(now), **values}):
            happening = _happening_of(source, tuple(row), now, issuer)
            if happening is not None:
                happenings.append(happening)
    return happenings


def _happening_of(source: EventSource, row: tuple[Any, ...], now: datetime, issuer: str) -> Happening | None:
    """Return the event of a row, None for a milestone that never had a day.

    One that has none any more is cancelled on the day that it had last.
    """
    identifier, title, at, first_day, last_day, place, is_cancelled, sequence, former_day, is_done = row[:FIXED]
    due, changed = row[FIXED : FIXED + len(source.due)], row[FIXED + len(source.due) :]
    if due:
        facts = DueFacts(*due)
        first_day = due_period(facts).latest
        if first_day is None:
            first_day, is_cancelled = period_before_call_off(facts).latest or former_day, True
        if first_day is None:
            return None
    begins = at or datetime.combine(first_day, datetime.min.time(), now.tzinfo)
    return Happening(
        uid=f"{source.name}-{identifier}@intersession",
        words=source.done[1] if source.done and is_done else source.words,
        title=title,
        link=f"{issuer}{source.page.format(id=identifier)}",
        at=at,
        first_day=first_day,
        last_day=last_day,
        place=place or "",
        is_cancelled=bool(is_cancelled),
        is_done=bool(is_done),
        sequence=max(0, sequence),
        changed_at=max((instant for instant in changed if instant is not None), default=begins),
    )
