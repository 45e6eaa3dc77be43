"""Put letters about notices into the outbox, and write them when they go out.

A letter is put there when it is due, in the transaction that says that it tells of these notices: so that no process
writes a second one, and none is lost. Its words are written when it goes out, under what its person sees then.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.delivery.outbox.delivery import Composed
from server.delivery.outbox.letters import build_letter
from server.domain.notices.queries.judging import NoticeCause, find_concerned
from server.domain.notices.queries.kinds import Moment
from server.domain.notices.queries.table import ROWS
from server.domain.notices.rules.digests import Habits, PostingDecision, Unposted, decide
from server.domain.notices.rules.letters import Item, LetterReader, write_letter_of
from server.domain.notices.rules.moments import is_another_day
from server.domain.notices.rules.unsubscribing import PATH, sign_token
from server.domain.notices.rules.words import Due
from server.kernel.addresses import is_email
from server.kernel.clock import Clock
from server.models.journal import JournalEntry
from server.models.notices import Notice, NoticeProgress
from server.models.parties import Person
from server.storage.database import Database
from server.vocabulary.parties import Language, Notices

OCCASION = "notices"
"""What letters about notices have as their occasion."""
PLAIN = {
    Language.ENGLISH: ("News at Intersession", "There is news for you: {link}\n"),
    Language.FRENCH: ("Du nouveau sur Intersession", "Il y a du nouveau pour vous : {link}\n"),
}
"""Subject and text of a letter until its words are written. A server of the release before sends them as they are."""


async def post_notices(database: Database, clock: Clock, issuer: str) -> int:
    """Put the letters that are due into the outbox, and return how many there were."""
    posted, now = 0, clock()
    async with database.reading() as connection:
        people = await _find_waiting(connection)
    for person in people:
        habits = Habits(person.notices, person.zone, person.digest_hour)
        decision = decide(habits, Unposted(person.oldest_at, person.pressing), now)
        wants_none = person.notices == Notices.NONE or not person.email or not is_email(person.email)
        if wants_none or decision.is_due:
            async with database.writing() as session:
                posted += await _post(session, person, decision, now, issuer, wants_none=wants_none)
    return posted


async def _find_waiting(connection: AsyncConnection) -> list[Any]:
    """Return everybody who has notices of which no letter tells yet. One statement."""
    pressing = func.sum(case((Notice.is_pressing, 1), else_=0))
    habits = (Person.id, Person.notices, Person.zone, Person.digest_hour, Person.email, Person.language)
    statement = (
        select(*habits, func.min(Notice.made_at).label("oldest_at"), pressing.label("pressing"))
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.settled_at.is_(None))
        .group_by(*habits)
        .order_by(Person.id)
    )
    return list((await connection.execute(statement)).all())


async def _post(
    session: AsyncSession, person: Any, decision: PostingDecision, now: datetime, issuer: str, *, wants_none: bool
) -> bool:
    """Settle the notices of a person and return whether a letter tells of them: of none that was read already."""
    own = (Notice.person_id == person.id, Notice.settled_at.is_(None))
    if wants_none:
        await session.execute(update(Notice).where(*own).values(settled_at=now))
        return False
    await session.execute(update(Notice).where(*own, Notice.read_at.is_not(None)).values(settled_at=now))
    due = (*own, Notice.is_pressing) if decision.only_pressing else own
    # Locked: another process may settle them at the same time, and then finds none.
    ids = (await session.scalars(select(Notice.id).where(*due).with_for_update())).all()
    if not ids:
        return False
    subject, text = PLAIN[person.language]
    words = text.format(link=f"{issuer}/notices")
    letter = build_letter(address=person.email, subject=subject, text=words, now=now)
    letter.occasion = OCCASION
    session.add(letter)
    await session.flush()
    await session.execute(update(Notice).where(Notice.id.in_(ids)).values(settled_at=now, letter_id=letter.id))
    return True


async def compose_letter(connection: AsyncConnection, letter_id: str, now: datetime, issuer: str) -> Composed | None:
    """Return the words of a letter about notices as they are right now, None if there is nothing left to tell.

    Each notice is judged again: what its person does not see any more, what is done, what they have read, and what was
    near and has moved to another day is left out. The number of statements grows with the notices of the letter, of
    which there are a few.
    """
    rows = (await connection.execute(_OF_LETTER, {"letter": letter_id})).all()
    if not rows or rows[0].notices == Notices.NONE:
        return None
    items = [item for row in rows if (item := await _item_of(connection, row, now, issuer)) is not None]
    if not items:
        return None
    first = rows[0]
    secret = await connection.scalar(select(NoticeProgress.secret)) or ""
    unsubscribe = f"{issuer}{PATH}{sign_token(secret, first.person_id)}"
    items.sort(key=lambda item: item.object_id)
    letter = write_letter_of(
        items, LetterReader(first.person_name, first.language, first.person_zone, unsubscribe), issuer
    )
    return Composed(letter.subject, letter.text, letter.html, unsubscribe)


_OF_LETTER = (
    select(
        *(Notice.person_id, Notice.name, Notice.subject_id, Notice.object_id, Notice.due_kind, Notice.happened_at),
        *(Notice.due_at, Notice.due_on),
        *(Person.name.label("person_name"), Person.zone.label("person_zone"), Person.language, Person.notices),
        *(JournalEntry.subject_id.label("entry_subject"), JournalEntry.details),
        JournalEntry.at,
    )
    .join(Person, Person.id == Notice.person_id)
    .outerjoin(JournalEntry, JournalEntry.id == Notice.entry_id)
    .where(Notice.letter_id == bindparam("letter"), Notice.read_at.is_(None))
    .order_by(Notice.happened_at, Notice.id)
)


async def _item_of(connection: AsyncConnection, row: Any, now: datetime, issuer: str) -> Item | None:
    """Return one notice as it is told now, None if it does not concern its person any more."""
    telling = ROWS.get(row.name)
    if telling is None:
        return None
    details = row.details or {}
    cause = NoticeCause(row.at or row.happened_at, None, row.entry_subject or "", details.get("party") or "")
    concerned = await find_concerned(connection, telling, row.subject_id, cause, now, person_id=row.person_id)
    if not concerned:
        return None
    (each,) = concerned
    before = row.due_at or row.due_on
    if isinstance(telling, Moment) and before and each.due and is_another_day(before, each.due, each.zone):
        return None
    due = Due(row.due_kind, each.due_at, each.due_on, each.zone)
    page = telling.page.format(subject=each.subject_id, object=each.object_id)
    return Item(each.object_id, each.title, telling.words, due, f"{issuer}{page}")
