"""Reminding the parties that are silent in a round.

The act keeps the reminder only. The silent are told by the server itself, when the reminder is due: so it takes as long
whether many are silent or nobody is, and a reminder is planned for later in the same way.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.delegations import policy, queries
from server.domain.delegations.rules import inside
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_well_formed
from server.kernel.zones import say_instant
from server.models.delegations import Reminder


async def remind_silent(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, due_at: datetime | None
) -> str:
    """Keep a reminder to the parties that are silent in a round, now or at a later instant, and return its id.

    Who is silent is found when it is due. Refused within a day of another reminder in the round.
    """
    round_, facts = await queries.get_participation(session, actor, now, round_id, lock_round=True)
    policy.remind_silent.ensure(actor, facts, now)
    due_at = due_at or now
    ensure_well_formed(inside.check_due("dueAt", due_at, max(now, round_.opens_at), round_.closes_at))
    others = await queries.list_due_of_reminders(session, round_.id)
    if possible_from := inside.find_next_reminder(due_at, others):
        message = (
            "The silent parties of this round are reminded at most once in 24 hours; the next reminder is possible "
            f"from {say_instant(possible_from, round_.zone)}."
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message, unlocks_at=possible_from)
    reminder = Reminder(round_id=round_.id, due_at=due_at, asked_by_id=actor.delegate_id, asked_at=now)
    session.add(reminder)
    await record(session, actor, policy.remind_silent, reminder.id, now, round=round_.id, due_at=due_at)
    return reminder.id
