"""Give a person a secret address for a calendar, renew it, and take it away."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import get_body
from server.domain.calendars import policy
from server.domain.calendars.queries import addresses
from server.identity.secrets import digest_of, new_secret
from server.journal.actions import record
from server.kernel.actor import Actor
from server.models.notices import CalendarFeed
from server.storage.rows import WANTED, get_row


class GivenAddress(NamedTuple):
    """A calendar address that was given: its id, and the secret in it, which is told once."""

    id: str
    secret: str


_OWN = select(CalendarFeed).where(CalendarFeed.id == WANTED, addresses.visible_feeds(CalendarFeed)).with_for_update()


async def open_calendar_feed(
    session: AsyncSession, actor: Actor, now: datetime, *, body_id: str | None = None
) -> GivenAddress:
    """Give the actor an address for the deadlines of a body, or for all that they see, and return it with its secret.

    The address that they had for it before ends.
    """
    policy.open_calendar_feed.ensure(actor, None, now)
    scope = (await get_body(session, actor, now, body_id)).id if body_id is not None else ""
    secret = new_secret()
    feed = await addresses.find_feed(session, actor.person_id, scope)
    if feed is None:
        feed = CalendarFeed(person_id=actor.person_id, scope=scope, secret_digest=digest_of(secret), given_at=now)
        session.add(feed)
    feed.secret_digest, feed.given_at = digest_of(secret), now
    await record(session, actor, policy.open_calendar_feed, feed.id, now)
    return GivenAddress(feed.id, secret)


async def close_calendar_feed(session: AsyncSession, actor: Actor, now: datetime, *, feed_id: str) -> str:
    """End an address of the actor, and return the person's id."""
    feed = await get_row(session, actor, now, _OWN, feed_id, "calendar address")
    policy.close_calendar_feed.ensure(actor, None, now)
    await session.delete(feed)
    await record(session, actor, policy.close_calendar_feed, actor.person_id, now)
    return actor.person_id
