"""Read at which secret addresses people keep calendars, and who stands behind one today."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.secrets import digest_of
from server.identity.standing import actor_of
from server.kernel.actor import Actor
from server.kernel.predicates import actor_person, sight, signed_in
from server.models.bodies import Body
from server.models.notices import CalendarFeed
from server.models.parties import Person


class Subscriber(NamedTuple):
    """The person of a calendar address, as they stand today, and the body of the address, "" for all."""

    actor: Actor
    person: Any
    scope: str


def visible_feeds(feed: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a calendar address: it is their own."""
    return and_(signed_in, sight("the person themself", feed.person_id == actor_person))


_FEED = (
    select(CalendarFeed.scope, Person.id, Person.language, Person.zone, Person.name)
    .join(Person, Person.id == CalendarFeed.person_id)
    .where(CalendarFeed.secret_digest == bindparam("digest", type_=String), Person.suspended_at.is_(None))
)


async def find_subscriber(connection: AsyncConnection, secret: str, now: datetime) -> Subscriber | None:
    """Return whose calendar address ends with this secret, None if nobody's, or if they speak for nobody today.

    Somebody who speaks for several parties sees what the first of them sees.
    """
    row = (await connection.execute(_FEED, {"digest": digest_of(secret)})).first()
    if row is None:
        return None
    actor = await actor_of(connection, row.id, now)
    if not actor.party_id:
        standings = [each for each in actor.standings if not each.is_administrator]
        if not standings:
            return None
        actor = actor.speak_as(standings[0])
    return Subscriber(actor, row, row.scope) if actor.reads else None


async def name_of_scope(connection: AsyncConnection, scope: str) -> str:
    """Return the short name of the body of an address, "" for all bodies."""
    return await connection.scalar(select(Body.short_name).where(Body.id == scope)) or ""


async def find_feed(session: AsyncSession, person_id: str, scope: str) -> CalendarFeed | None:
    """Return the calendar address of a person for a body, or for all where `scope` is ""; None where there is none."""
    own = select(CalendarFeed).where(CalendarFeed.person_id == person_id, CalendarFeed.scope == scope)
    return (await session.scalars(own)).one_or_none()
