"""Make notices: from the entries of the journal, and from moments that the clock brings.

Several processes may do so at the same time, and each may be killed at any instant: how far the journal was told, and
that a moment was told, is written in the transaction that makes the notices. So nobody is told twice and none is lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from secrets import token_hex
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.domain.notices.queries.judging import Coming, Concerned, NoticeCause, find_coming, find_concerned
from server.domain.notices.queries.kinds import Announcement, Moment, Row, Telling
from server.domain.notices.queries.table import MOMENTS, TELLINGS
from server.domain.notices.rules.moments import is_another_day, read_due
from server.kernel.clock import Clock
from server.kernel.ids import new_id, prefix_of
from server.kernel.refusals import Refusal
from server.models.journal import JournalEntry, JournalHead
from server.models.notices import Notice, NoticeMoment, NoticeProgress
from server.models.parties import Delegate, Person
from server.storage.database import Database
from server.vocabulary.parties import Notices

SHORTLY = timedelta(hours=20)
"""Time in which the same is not told by two rows of the table."""
AT_ONCE = 50
"""Entries of the journal that are told in one transaction."""


class Told(NamedTuple):
    """One entry of the journal, as far as notices look at it."""

    sequence: int
    id: str
    at: datetime
    act: str
    subject_id: str
    details: Mapping[str, Any]
    person_id: str


@cache
def tellings_of(act: str) -> tuple[Telling, ...]:
    """Return the rows of the table for an act, in their order."""
    return tuple(row for row in TELLINGS if row.act == act)


async def make_notices(database: Database, clock: Clock) -> int:
    """Tell what the journal has since the last turn and what the clock brings, and return how many notices were made.

    The first turn of all makes none: it begins with what comes after it.
    """
    await ensure_progress(database)
    total = 0
    while (count := await _tell_some(database, clock())) is not None:
        total += count
    for moment in MOMENTS:
        async with database.reading() as connection:
            coming = await find_coming(connection, moment, clock())
            old = await _told_already(connection, (occurrence_of(moment, each) for each in coming))
        for each in coming:
            if occurrence_of(moment, each) not in old:
                total += await _tell_moment(database, clock(), moment, each)
    return total


async def ensure_progress(database: Database) -> None:
    """Begin to tell the journal, at its end, unless it was begun."""
    async with database.reading() as connection:
        if await connection.scalar(select(NoticeProgress.id)) is not None:
            return
    try:
        async with database.writing() as session:
            await begin_telling(session)
    except Refusal:
        pass  # another process began at the same moment


async def begin_telling(session: AsyncSession) -> None:
    """Begin to tell the journal, at its end as it is now."""
    head = await session.scalar(select(JournalHead.sequence)) or 0
    session.add(NoticeProgress(id=1, sequence=head, secret=token_hex(32)))


async def _tell_some(database: Database, now: datetime) -> int | None:
    """Tell the next entries in one transaction. None if there are none, or another process tells them."""
    async with database.reading() as connection:
        place = await connection.scalar(select(NoticeProgress.sequence)) or 0
        entries = await _read_entries(connection, place)
    if not entries:
        return None
    async with database.writing() as session:
        # Claimed by the place that was read: of two processes one finds it moved, and leaves these entries alone.
        claimed = update(NoticeProgress).where(NoticeProgress.id == 1, NoticeProgress.sequence == place)
        rows = await session.execute(claimed.values(sequence=entries[-1].sequence).returning(NoticeProgress.id))
        if rows.first() is None:
            return None
        return sum([await _tell_entry(session, entry, now) for entry in entries])


async def _read_entries(connection: AsyncConnection, place: int) -> list[Told]:
    entry = JournalEntry
    statement = (
        select(entry.sequence, entry.id, entry.at, entry.act, entry.subject_id, entry.details, Delegate.person_id)
        .join(Delegate, Delegate.id == entry.delegate_id)
        .where(entry.sequence > place)
        .order_by(entry.sequence)
        .limit(AT_ONCE)
    )
    return [Told(*row) for row in await connection.execute(statement)]


async def _tell_entry(session: AsyncSession, entry: Told, now: datetime) -> int:
    """Make the notices of one entry: for each person that of the first row that concerns them."""
    connection = await session.connection()
    named = entry.details.get("party")
    party_id = named if isinstance(named, str) else ""
    cause = NoticeCause(entry.at, entry.id, entry.subject_id, party_id, entry.person_id)
    by_row: dict[Telling, list[Concerned]] = defaultdict(list)
    reached: set[str] = set()
    for row in tellings_of(entry.act):
        subject_id = entry.details.get(row.subject, "") if row.subject else entry.subject_id
        if prefix_of(subject_id) != row.kind.model.prefix:
            continue
        for each in await find_concerned(connection, row, subject_id, cause, now):
            if each.person_id not in reached:
                reached.add(each.person_id)
                by_row[row].append(each)
    return sum([len(await _write(connection, row, by_row[row], cause, entry.id, now)) for row in by_row])


def occurrence_of(moment: Moment, coming: Coming) -> str:
    """Return the name of a moment of one object: the same again only if its instant or day has moved."""
    name = f"{moment.name}/{coming.subject_id}/{coming.due}"
    return name if coming.days is None else f"{name}/{coming.days}"


async def _told_already(connection: AsyncConnection, occurrences: Iterable[str]) -> set[str]:
    wanted = select(NoticeMoment.occurrence).where(NoticeMoment.occurrence.in_(list(occurrences)))
    return set((await connection.scalars(wanted)).all())


async def _tell_moment(database: Database, now: datetime, moment: Moment, coming: Coming) -> int:
    """Make the notices of one moment, unless another process does at the same time."""
    occurrence = occurrence_of(moment, coming)
    try:
        async with database.writing() as session:
            session.add(NoticeMoment(occurrence=occurrence, told_at=now))
            await session.flush()
            # An act that is on its way may move the deadline, or settle the matter: it is waited for.
            held = select(moment.kind.model.id).where(moment.kind.model.id == coming.subject_id)
            await session.execute(held.with_for_update(read=True))
            connection = await _wait_for_others(session, moment)
            cause = NoticeCause(now)
            concerned = await find_concerned(connection, moment, coming.subject_id, cause, now)
            informed = await _find_told(connection, moment, coming, concerned)
            concerned = [each for each in concerned if each.person_id not in informed]
            row = moment._replace(is_pressing=True) if coming.days == 1 else moment
            return len(await _write(connection, row, concerned, cause, occurrence, now))
    except Refusal:
        return 0


async def _find_told(
    connection: AsyncConnection, moment: Moment, coming: Coming, concerned: list[Concerned]
) -> set[str]:
    """Return who was told of this moment when the object was due the same day; everybody if it is not due then now."""
    ids, zone = [each.person_id for each in concerned], concerned[0].zone if concerned else None
    due = read_due(coming.due)
    if any(each.due != due for each in concerned):
        return set(ids)
    same = (Notice.name == moment.name, Notice.subject_id == coming.subject_id, Notice.person_id.in_(ids))
    informed: set[str] = set()
    for person_id, occurrence in await connection.execute(select(Notice.person_id, Notice.occurrence).where(*same)):
        _, _, before, *days = occurrence.split("/")
        # Who heard that one day is left need not hear that three were.
        was_as_near = coming.days is None or not days or int(days[0]) <= coming.days
        if was_as_near and not is_another_day(read_due(before), due, zone):
            informed.add(person_id)
    return informed


async def announce(
    session: AsyncSession, row: Announcement, subject_id: str, occurrence: str, now: datetime
) -> list[str]:
    """Make the notices of something that the server does, in its transaction; return the ids of whom it tells."""
    connection = await _wait_for_others(session, row)
    concerned = await find_concerned(connection, row, subject_id, NoticeCause(now), now)
    return await _write(connection, row, concerned, NoticeCause(now), occurrence, now)


async def _wait_for_others(session: AsyncSession, row: Moment | Announcement) -> AsyncConnection:
    """Return the connection; of two processes that may say the same, the later one sees what the first said."""
    if isinstance(row, Moment) or row.same_as:
        await session.execute(select(NoticeProgress.id).with_for_update())
    return await session.connection()


async def _write(
    connection: AsyncConnection,
    row: Row,
    concerned: list[Concerned],
    cause: NoticeCause,
    occurrence: str,
    now: datetime,
) -> list[str]:
    """Write the notices of one row, and return the ids of whom they tell.

    Those of people who want no letters, or get one that certifies the same, are settled at once.
    """
    if not concerned:
        return []
    ids = [each.person_id for each in concerned]
    heard = await _find_heard(connection, row, concerned[0].subject_id, ids, now)
    settled = await _find_settled(connection, row, concerned[0].subject_id, ids, cause, now)
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(Notice.prefix),
            **{"name": row.name, "occurrence": occurrence, "entry_id": cause.entry_id, "is_pressing": row.is_pressing},
            **each._asdict(),
            **_due_of(row, each),
            **{"happened_at": cause.at, "made_at": now},
            "settled_at": now if each.person_id in settled else None,
        }
        for each in concerned
        if each.person_id not in heard
    ]
    if rows:
        await connection.execute(insert(Notice), rows)
    return [row["person_id"] for row in rows]


async def _find_heard(
    connection: AsyncConnection, row: Row, subject_id: str, ids: list[str], now: datetime
) -> set[str]:
    """Return who heard the same of the object by another row: shortly before, or ever if an act is told."""
    if not row.same_as:
        return set()
    same = [Notice.subject_id == subject_id, Notice.name.in_(row.same_as)]
    if not isinstance(row, Telling):
        same.append(Notice.made_at > now - SHORTLY)
    return set((await connection.scalars(select(Notice.person_id).where(Notice.person_id.in_(ids), *same))).all())


async def _find_settled(
    connection: AsyncConnection, row: Row, subject_id: str, ids: list[str], cause: NoticeCause, now: datetime
) -> set[str]:
    """Return whom no letter about notices tells: who wants none, and who gets a letter that certifies the same."""
    if isinstance(row, Announcement) and row.has_own_letter:
        return set(ids)
    quiet = select(Person.id).where(Person.id.in_(ids), Person.notices == Notices.NONE)
    settled = set((await connection.scalars(quiet)).all())
    if isinstance(row, Telling) and row.certified_by is not None:
        certified = await find_concerned(connection, row.certified_by, subject_id, cause, now)
        settled |= {each.person_id for each in certified}
    return settled


def _due_of(row: Row, each: Concerned) -> dict[str, Any]:
    if not row.shows_due or (each.due_at is None and each.due_on is None):
        return {"due_kind": None, "due_at": None, "due_on": None, "zone": None}
    return {"due_kind": row.kind.due_kind}
