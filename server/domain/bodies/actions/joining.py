"""Joining and leaving groups."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import policy, queries
from server.domain.bodies.rules import BodyFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.kernel.saying import end_sentence
from server.models.bodies import Membership


async def join_body(session: AsyncSession, actor: Actor, now: datetime, *, body_id: str) -> str:
    """Let the actor's party take part in a group from today (in UTC) on, and return the membership's id.

    Refuses a party that takes part already.
    """
    body = await queries.get_body(session, actor, now, body_id)
    policy.join_body.ensure(actor, facts_of(BodyFacts, body), now)
    latest = await queries.latest_membership(session, body.id, actor.party_id)
    if latest and latest.left_on is None:
        message = f"Your party takes part in {body.short_name} already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    today = now.astimezone(UTC).date()
    # A party has one membership in a body for each day on which it joined: the one left today goes on.
    if latest and latest.joined_on == today:
        membership = latest
        membership.left_on = None
    else:
        membership = Membership(body_id=body.id, party_id=actor.party_id, joined_on=today)
        session.add(membership)
    details = {"body": body.id, "joined_on": membership.joined_on.isoformat()}
    await record(session, actor, policy.join_body, membership.id, now, **details)
    return membership.id


async def leave_body(session: AsyncSession, actor: Actor, now: datetime, *, body_id: str) -> str:
    """End the part of the actor's party in a group at once, and return the membership's id.

    The party no longer sees the work of the group or adds to it. The membership stays on record with both dates. A
    function that the party holds in the group goes on: the parent ends it, not leaving.
    """
    body = await queries.get_body(session, actor, now, body_id)
    policy.leave_body.ensure(actor, facts_of(BodyFacts, body), now)
    latest = await queries.latest_membership(session, body.id, actor.party_id)
    if latest is None or latest.left_on is not None:
        message = end_sentence(f"Your party does not take part in {body.short_name}")
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
    latest.left_on = now.astimezone(UTC).date()
    details = {"body": body.id, "left_on": latest.left_on.isoformat()}
    await record(session, actor, policy.leave_body, latest.id, now, **details)
    return latest.id
