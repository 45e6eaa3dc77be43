"""Read the inbox of a person and what they watch, each under its visibility predicate."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.notices.queries.objects import WATCHED
from server.domain.notices.queries.table import ROWS
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.predicates import actor_person, sight, signed_in
from server.kernel.refusals import not_found
from server.models.notices import Watch
from server.storage.rows import WANTED, get_row


def visible_notices(notice: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a notice: it is theirs, and they see the object that it is about.

    So what is hidden from somebody vanishes from their inbox as well, with its title.
    """
    own = sight("the person who was told", notice.person_id == actor_person)
    kinds = {row.kind.model.prefix: row.kind for row in ROWS.values()}
    return and_(signed_in, own, or_(*(_sees(notice, prefix, kind) for prefix, kind in kinds.items())))


def _sees(notice: Any, prefix: str, kind: Any) -> ColumnElement[bool]:
    """Return the condition that a notice is about an object of one kind, which the caller sees."""
    subject = aliased(kind.model)
    seen = select(subject.id).where(subject.id == notice.subject_id, kind.visible(subject)).exists()
    return and_(func.substr(notice.subject_id, 1, 3) == prefix, seen)


def visible_watches(watch: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees what a person wants to hear of an object: it is their own."""
    return and_(signed_in, sight("the person themself", watch.person_id == actor_person))


_OBJECTS = {
    prefix: select(kind.model.id).where(kind.model.id == WANTED, kind.visible(kind.model))
    for prefix, kind in WATCHED.items()
}


async def ensure_seen(session: AsyncSession, actor: Actor, now: datetime, object_id: str) -> None:
    """Refuse an object that the caller does not see, or that is of a kind that nobody watches."""
    statement = _OBJECTS.get(prefix_of(object_id) or "")
    if statement is None:
        raise not_found("object")
    await get_row(session, actor, now, statement, object_id, "object")


async def find_watch(session: AsyncSession, person_id: str, object_id: str) -> Watch | None:
    """Return what a person said that they want to hear of an object, None if they said nothing."""
    own = select(Watch).where(Watch.person_id == person_id, Watch.object_id == object_id)
    return (await session.scalars(own)).one_or_none()
