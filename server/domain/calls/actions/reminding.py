"""Reminding the parties that a call for inputs asks and that have not answered.

As in rounds the act keeps the reminder only, and the server tells those who are silent when it is due.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.calls import policy, queries
from server.domain.calls.rules.facts import CallFacts
from server.domain.delegations.rules.inside import check_due, find_next_reminder
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_well_formed
from server.kernel.zones import say_instant
from server.models.calls import CallReminder


async def remind_asked(
    session: AsyncSession, actor: Actor, now: datetime, *, call_id: str, due_at: datetime | None
) -> str:
    """Keep a reminder to the parties that have not answered a call, now or at a later instant, and return its id.

    Who has not answered is found when it is due. Refused within a day of another reminder of the call.
    """
    call = await queries.get_call(session, actor, now, call_id, lock=True)
    policy.remind_asked.ensure(actor, facts_of(CallFacts, call), now)
    due_at = due_at or now
    ensure_well_formed(check_due("dueAt", due_at, max(now, call.opens_at), call.closes_at))
    others = await queries.list_due_of_reminders(session, call.id)
    if possible_from := find_next_reminder(due_at, others):
        message = (
            "The parties that have not answered are reminded at most once in 24 hours; the next reminder is possible "
            f"from {say_instant(possible_from, call.zone)}."
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message, unlocks_at=possible_from)
    reminder = CallReminder(call_id=call.id, due_at=due_at, asked_by_id=actor.delegate_id, asked_at=now)
    session.add(reminder)
    await record(session, actor, policy.remind_asked, reminder.id, now, call=call.id, due_at=due_at)
    return reminder.id
