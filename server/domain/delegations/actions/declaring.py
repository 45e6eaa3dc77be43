"""Declaring that a party has no comment in a round, and taking that back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.delegations import policy, queries
from server.journal.actions import record
from server.kernel.actor import Actor
from server.models.delegations import NoComment


async def declare_no_comment(session: AsyncSession, actor: Actor, now: datetime, *, round_id: str) -> str:
    """Declare in the name of the party that it has no comment in a round, and return the declaration's id.

    It counts as an answer, and is seen by those who see what the party files. Refused after the closing instant, and
    while a comment of the party stands filed.
    """
    round_, facts = await queries.get_participation(session, actor, now, round_id, lock_party=True)
    policy.declare_no_comment.ensure(actor, facts, now)
    declaration = await queries.find_declaration(session, round_.id, actor.party_id)
    if declaration is None:
        declaration = NoComment(round_id=round_.id, party_id=actor.party_id, revision=0)
        session.add(declaration)
    declaration.declared_by_id, declaration.declared_at = actor.delegate_id, now
    declaration.taken_back_at = None
    declaration.revision += 1
    await record(session, actor, policy.declare_no_comment, declaration.id, now, round=round_.id)
    return declaration.id


async def take_back_no_comment(session: AsyncSession, actor: Actor, now: datetime, *, round_id: str) -> str:
    """Take back the declaration of the party that it has no comment, and return the round's id.

    Filing a comment takes it back as well, without this act.
    """
    round_, facts = await queries.get_participation(session, actor, now, round_id, lock_party=True)
    policy.take_back_no_comment.ensure(actor, facts, now)
    declaration = await queries.find_declaration(session, round_.id, actor.party_id)
    assert declaration is not None  # the policy refuses where none stands
    declaration.taken_back_at = now
    declaration.revision += 1
    details = {"round": round_.id, "declaration": declaration.id}
    await record(session, actor, policy.take_back_no_comment, round_.id, now, **details)
    return round_.id
