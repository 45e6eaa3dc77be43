"""What people do with their own notices: mark them as read, watch and mute objects, and end the letters."""

from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.notices import policy
from server.domain.notices.queries import inbox
from server.domain.notices.rules.unsubscribing import read_token
from server.domain.parties.actions.persons import Profile, correct_profile
from server.identity.standing import actor_of
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed, not_found
from server.models.notices import Notice, NoticeProgress, Watch
from server.models.parties import Person
from server.vocabulary.notices import WatchMode
from server.vocabulary.parties import Notices

MOST = 200
"""The most notices that are named at once."""


async def mark_notices(
    session: AsyncSession, actor: Actor, now: datetime, *, notice_ids: list[str] | None = None, is_read: bool = True
) -> str:
    """Mark notices of the actor as read or as unread, all of them where none are named, and return the person's id.

    Refuse if one that is named is not there for the actor. One that is marked so already stays as it is.
    """
    policy.mark_notices.ensure(actor, None, now)
    own: tuple[Any, ...] = (Notice.person_id == actor.person_id,)
    own = (*own, Notice.read_at.is_(None) if is_read else Notice.read_at.is_not(None))
    if notice_ids is not None:
        ensure_well_formed([Issue("noticeIds", IssueCode.TOO_MANY, limit=MOST)] if len(notice_ids) > MOST else [])
        seen = select(Notice.id).where(Notice.id.in_(notice_ids), inbox.visible_notices(Notice))
        if len(set((await session.scalars(seen, actor.parameters(now))).all())) < len(set(notice_ids)):
            raise not_found("notice")
        own = (*own, Notice.id.in_(notice_ids))
    await session.execute(update(Notice).where(*own).values(read_at=now if is_read else None))
    await record(session, actor, policy.mark_notices, actor.person_id, now)
    return actor.person_id


async def watch_object(session: AsyncSession, actor: Actor, now: datetime, *, object_id: str, mode: WatchMode) -> str:
    """Say what the actor wants to hear of an object that they see, and return the id of the watch."""
    policy.watch_object.ensure(actor, None, now)
    await inbox.ensure_seen(session, actor, now, object_id)
    watch = await inbox.find_watch(session, actor.person_id, object_id)
    if watch is None:
        watch = Watch(person_id=actor.person_id, object_id=object_id, mode=mode, set_at=now)
        session.add(watch)
    elif watch.mode == mode:
        ensure_well_formed([Issue("mode", IssueCode.NOTHING_CHANGES)])
    watch.mode, watch.set_at = mode, now
    await record(session, actor, policy.watch_object, watch.id, now)
    return watch.id


async def find_subscriber(session: AsyncSession, token: str) -> Person | None:
    """Return the person who ends letters by this token, None for a token that this server did not give."""
    secret = await session.scalar(select(NoticeProgress.secret))
    person_id = read_token(secret, token) if secret else None
    return None if person_id is None else await session.get(Person, person_id)


async def unsubscribe(session: AsyncSession, token: str, now: datetime) -> bool:
    """End the letters about notices to the person of a token, and return whether there is such a person.

    It is an act of that person, as if they had said so in their profile; said twice, it changes nothing.
    """
    person = await find_subscriber(session, token)
    if person is None:
        return False
    if person.notices == Notices.NONE:
        return True
    actor = await actor_of(await session.connection(), person.id, now)
    if actor.standings and not actor.party_id:
        actor = actor.speak_as(actor.standings[0])
    if actor.delegate_id:
        profile = Profile(notices=Notices.NONE)
        await correct_profile(
            session, actor, now, person_id=person.id, profile=profile, expected_revision=person.revision
        )
    else:  # nobody speaks in the journal without a standing
        person.notices = Notices.NONE
        person.revision += 1
    structlog.get_logger("server").info("letters ended", person=person.id)
    return True
