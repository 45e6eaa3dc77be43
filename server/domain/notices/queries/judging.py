"""Whom a notice concerns: asked of everybody at once when it is made, and of its person when its letter goes out.

The conditions speak of the caller by the parameters of visibility predicates. Each is replaced by a column of
everything that anybody can speak as today (`server/identity/everybody.py`), so there is no second rule.
"""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, String, and_, bindparam, null, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.domain.notices.queries.kinds import Moment, ObjectKind, Row, Telling
from server.domain.notices.rules.moments import find_step
from server.identity.everybody import build_asked, replace_caller
from server.kernel.instants import Instant
from server.models.notices import Watch
from server.vocabulary.notices import WatchMode

SUBJECT = bindparam("subject", type_=String)
PERSON = bindparam("of_person", type_=String)
DOER = bindparam("doer", type_=String)
"""The person who did the act, who is never told of it; "" for nobody."""


class NoticeCause(NamedTuple):
    """What a notice comes from: an entry of the journal, or a moment, with what conditions ask about it."""

    at: datetime
    entry_id: str | None = None
    entry_subject: str = ""
    entry_party: str = ""
    doer: str = ""


class Concerned(NamedTuple):
    """Somebody whom a notice concerns, as a delegate of a party, with what the notice shows of the object."""

    person_id: str
    party_id: str
    subject_id: str
    object_id: str
    title: str
    due_at: datetime | None
    due_on: date | None
    zone: str | None

    @property
    def due(self) -> date | datetime | None:
        """The instant or the day of the object."""
        return self.due_at if self.due_at is not None else self.due_on


@cache
def build_concerned(row: Row, *, of_one: bool) -> Select[Any]:
    """Build the statement of one row of the table, once: whom it concerns, with one object: everybody, or one person.

    That of one person is another one, so that it costs the same among ten persons and among ten thousand.
    """
    subject, parent = source_of(row.kind)
    speakers = build_asked(PERSON if of_one else None)
    objects = row.kind.objects(subject, parent)
    concerned = row.whom(subject, parent)
    if not row.is_personal:
        concerned = or_(concerned, _wants(WatchMode.WATCHED, speakers, objects))
    is_silenced = and_(_wants(WatchMode.MUTED, speakers, objects), ~_wants(WatchMode.WATCHED, speakers, objects[:1]))
    who = and_(row.kind.visible(subject), concerned)
    if isinstance(row, Telling) and row.holds is not None:
        who = and_(who, row.holds(subject, parent))
    columns = (subject.id, objects[0], *columns_of(row.kind, subject, parent))
    statement = (
        select(speakers.c.person_id, speakers.c.party_id, *columns)
        .select_from(speakers)
        .join(subject, subject.id == SUBJECT)
    )
    if parent is not None and row.kind.join is not None:
        statement = statement.join(parent, row.kind.join(subject, parent))
    return statement.where(
        replace_caller(who),
        ~is_silenced,
        ~speakers.c.is_service,
        speakers.c.person_id != DOER,
    ).order_by(speakers.c.person_id, speakers.c.party_id)


def source_of(kind: ObjectKind) -> tuple[Any, Any]:
    """Return an alias of the table of a kind, and one of the table it is joined to, None where there is none."""
    return aliased(kind.model), None if kind.parent is None else aliased(kind.parent)


def columns_of(kind: ObjectKind, subject: Any, parent: Any) -> tuple[Any, ...]:
    """Return what is shown of an object: title, instant, day and zone, each null where the kind has none."""
    return (
        kind.title(subject, parent),
        kind.due_at(subject, parent) if kind.due_at else type_coerce(null(), Instant),
        kind.due_on(subject, parent) if kind.due_on else type_coerce(null(), Date),
        kind.zone(subject, parent) if kind.zone else type_coerce(null(), String),
    )


def _wants(mode: WatchMode, speakers: Any, objects: tuple[Any, ...]) -> ColumnElement[bool]:
    """Return the condition that a person watches, or has muted, one of the objects."""
    watch = aliased(Watch)
    about = or_(*(watch.object_id == each for each in objects))
    return select(watch.id).where(watch.person_id == speakers.c.person_id, watch.mode == mode, about).exists()


async def find_concerned(
    connection: AsyncConnection, row: Row, subject_id: str, cause: NoticeCause, now: datetime, *, person_id: str = ""
) -> list[Concerned]:
    """Return whom a row of the table concerns now with one object, each person once, by person. One statement.

    With `person_id` that person alone, if it still concerns them and they still see the object.
    """
    values = {
        **{"subject": subject_id, "of_person": person_id, "doer": cause.doer},
        **{"entry_subject": cause.entry_subject, "entry_party": cause.entry_party, "entry_at": cause.at},
        **{"today": now.date(), "actor_today": now.date(), "actor_now": now},
    }
    concerned: dict[str, Concerned] = {}
    for each in await connection.execute(build_concerned(row, of_one=bool(person_id)), values):
        concerned.setdefault(each[0], Concerned(*each))
    return list(concerned.values())


class Coming(NamedTuple):
    """An object whose moment has come, what it is due as text, and how many days before; None for no such number."""

    subject_id: str
    due: str
    days: int | None


@cache
def _build_coming(moment: Moment) -> Select[Any]:
    """Build the statement for the objects of a moment: those that are due from now on until an instant and a day."""
    subject, parent = source_of(moment.kind)
    _, due_at, due_on, _ = columns_of(moment.kind, subject, parent)
    until = bindparam("until", type_=Instant)
    if moment.kind.due_at:
        window = (due_at > bindparam("since", type_=Instant), due_at <= until)
    else:
        window = (due_on >= bindparam("since_day", type_=Date), due_on <= bindparam("until_day", type_=Date))
    days = moment.days(subject, parent) if moment.days else null()
    begins = moment.begins(subject, parent) if moment.begins else type_coerce(null(), Instant)
    statement = select(subject.id, due_at, due_on, days, begins).select_from(subject)
    if parent is not None and moment.kind.join is not None:
        statement = statement.join(parent, moment.kind.join(subject, parent))
    return statement.where(moment.when(subject, parent), *window).order_by(subject.id)


async def find_coming(connection: AsyncConnection, moment: Moment, now: datetime) -> list[Coming]:
    """Return the objects whose moment has come. One statement."""
    since, until = now - moment.reach, now + moment.lead
    values = {
        "since": since,
        "since_day": since.date(),
        "until": until,
        "until_day": until.date(),
        "actor_today": now.date(),
        "actor_now": now,
    }
    coming = []
    for id_, due_at, due_on, days, begins in await connection.execute(_build_coming(moment), values):
        due = (due_at or due_on).isoformat()
        if moment.days is None:
            coming.append(Coming(id_, due, None))
        elif (step := find_step(due_at, begins, days or moment.usual_days, now)) is not None:
            coming.append(Coming(id_, due, step))
    return coming
