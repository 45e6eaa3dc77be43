"""Tell the parties that are silent in a round or a call for inputs, when a reminder is due that somebody asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import structlog
from sqlalchemy import ColumnElement, false, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.calls.rules.facts import CallFacts
from server.domain.calls.rules.window import while_call_is_open
from server.domain.notices.actions.making import announce
from server.domain.notices.queries.calls import CALL_REMINDED
from server.domain.notices.queries.kinds import Announcement
from server.domain.notices.queries.rounds import SILENT_REMINDED
from server.domain.rounds.rules.facts import PhaseFacts
from server.domain.rounds.rules.window import while_round_is_open
from server.kernel.acts import Obstacle
from server.kernel.clock import Clock
from server.kernel.facts import facts_of
from server.models.calls import Call, CallReminder
from server.models.delegations import Reminder
from server.models.rounds import Round
from server.storage.database import Database
from server.vocabulary.rounds import RoundStatus

AT_ONCE = 20
"""Reminders of one kind that are told in one turn."""


class ReminderKind(NamedTuple):
    """Reminders of one kind: their table, its column of what is to be answered, that and its facts, when it is open.

    `row` is what is told. While `held` holds nothing is told, and what is due waits.
    """

    model: Any
    key: Any
    answered: Any
    facts: Any
    while_open: Callable[[Any, datetime], Obstacle | None]
    row: Announcement
    held: ColumnElement[bool]


KINDS = (
    ReminderKind(
        Reminder,
        Reminder.round_id,
        Round,
        PhaseFacts,
        while_round_is_open,
        SILENT_REMINDED,
        Round.status == RoundStatus.PAUSED,
    ),
    ReminderKind(CallReminder, CallReminder.call_id, Call, CallFacts, while_call_is_open, CALL_REMINDED, false()),
)


async def tell_reminders(database: Database, clock: Clock) -> int:
    """Make the notices of the reminders that are due, and return how many there were.

    Several processes may do so at the same time: a reminder is claimed in the transaction that makes its notices, so
    that nobody is told twice and none is lost.
    """
    total = 0
    for kind in KINDS:
        model = kind.model
        async with database.reading() as connection:
            due = select(model.id).where(model.sent_at.is_(None), model.due_at <= clock(), _may_be_told(kind))
            reminder_ids = (await connection.scalars(due.order_by(model.due_at, model.id).limit(AT_ONCE))).all()
        for reminder_id in reminder_ids:
            async with database.writing() as session:
                total += await _tell(session, clock, kind, reminder_id)
    return total


def _may_be_told(kind: ReminderKind) -> ColumnElement[bool]:
    """Return the condition that what a reminder is about is not held: in a paused round nobody can file."""
    held: ColumnElement[bool] = kind.key.in_(select(kind.answered.id).where(kind.held))
    return ~held


async def _tell(session: AsyncSession, clock: Clock, kind: ReminderKind, reminder_id: str) -> int:
    """Make the notices of one reminder unless another process has; none if nothing can be answered any more."""
    now, model = clock(), kind.model
    claimed = (
        update(model)
        .where(model.id == reminder_id, model.sent_at.is_(None), _may_be_told(kind))
        .values(sent_at=now)
        .returning(kind.key)
    )
    subject_id = await session.scalar(claimed)
    if subject_id is None:
        return 0
    subject = await session.get_one(kind.answered, subject_id)
    count: int | None = None
    if kind.while_open(facts_of(kind.facts, subject), now) is None:
        count = len(await announce(session, kind.row, subject_id, f"{kind.row.name}/{reminder_id}", now))
    await session.execute(update(model).where(model.id == reminder_id).values(letter_count=count))
    structlog.get_logger("server").info("silent reminded", reminder=reminder_id)
    return count or 0
