"""Reading calls for inputs, their questions and the answers to them, each under the predicate of its noun."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, bindparam, case, cast, exists, false, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.calls.policy import file_answers, shows_others
from server.domain.calls.rules.facts import CallFacts
from server.domain.calls.rules.questions import QuestionTerms
from server.domain.calls.rules.statistics import QuestionResult, Sheet, results_of
from server.domain.rounds.queries import is_accepting, is_closed
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.predicates import (
    Within,
    actor_capacity,
    actor_party,
    is_secretariat,
    led_bodies,
    parents,
    sight,
    signed_in,
)
from server.models.calls import AnswerDraft, AnswerSheet, Call, CallQuestion, CallReminder
from server.models.journal import JournalEntry
from server.models.parties import Party
from server.storage.rows import WANTED, get_row, lock_row
from server.vocabulary.calls import CallPhase, CallStatus
from server.vocabulary.rounds import RoundVisibility

OF_PARTY = bindparam("of_party", type_=String)
"""The id of the party that answers."""


def _addresses_caller(call: Any) -> ColumnElement[bool]:
    """Return the condition that a call asks parties of the caller's capacity."""
    return case(
        (actor_capacity == Capacity.MEMBER, call.open_to_members),
        (actor_capacity == Capacity.OBSERVER, call.open_to_observers),
        (actor_capacity == Capacity.PRIVATE_SECTOR, call.open_to_private_sector),
        else_=false(),
    )


def asks_caller(call: Any) -> ColumnElement[bool]:
    """Return the condition that a call asks the caller's party, which speaks for itself."""
    return and_(signed_in, _addresses_caller(call))


def is_open_now(call: Any) -> ColumnElement[bool]:
    """Return the condition that a call takes answers now: `rules.window.while_call_is_open` in SQL."""
    return and_(call.status == CallStatus.CALLED, is_accepting(call.opens_at, call.closes_at))


def visible_calls(call: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a call.

    Parties of the capacities that it addresses see it, those who lead its body, the Secretariat, and a party that
    answered it, even if its capacity has changed since.
    """
    sheet = aliased(AnswerSheet)
    answered = select(sheet.id).where(sheet.call_id == call.id, sheet.party_id == actor_party).exists()
    return and_(
        signed_in,
        or_(
            sight("the Secretariat", is_secretariat),
            sight("those who lead its body", call.body_id.in_(led_bodies)),
            sight("parties of a capacity that it addresses", _addresses_caller(call)),
            sight("a party that answered it", answered),
        ),
    )


visible_questions = Within("call_id", Call, visible_calls)
"""The condition that the caller sees a question: everybody who sees the call does."""


def _is_for_those_who_ask(reminder: Any) -> ColumnElement[bool]:
    """Return the condition that the caller leads the body of the call of a reminder, or is the Secretariat."""
    call = aliased(Call)
    leads = select(call.id).where(call.id == reminder.call_id, call.body_id.in_(led_bodies)).exists()
    return or_(is_secretariat, leads)


visible_reminders = Within("call_id", Call, visible_calls, _is_for_those_who_ask)
"""The condition that the caller sees a reminder: they see the call, and could remind parties themselves."""
visible_redatings = Within("call_id", Call, visible_calls)
"""The condition that the caller sees how the closing instant was moved: everybody who sees the call does."""


def visible_drafts(draft: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a draft of answers: it is of their own party."""
    return and_(signed_in, sight("its own party", draft.party_id == actor_party))


def visible_sheets(sheet: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees filed answers.

    Their party and the Secretariat see them at once. Those who lead the body and the parties that the call addresses
    see them as its visibility says: before its closing instant, a sealed call gives them the same answers whether or
    not others filed anything.
    """
    own = sight("its own party", sheet.party_id == actor_party)
    secretariat = sight("the Secretariat", is_secretariat)
    return and_(signed_in, or_(own, secretariat, _shows_others(sheet.call_id)))


def _shows_others(call_id: Any) -> ColumnElement[bool]:
    """Return the condition that a call shows the caller, by its visibility, what other parties filed."""
    call = aliased(Call)
    closed = and_(is_closed(call.closes_at), call.status != CallStatus.CANCELLED)
    leads = sight("those who lead the body of its call", call.body_id.in_(led_bodies))
    addressed = sight("parties of a capacity that its call addresses", _addresses_caller(call))
    by_visibility = or_(
        and_(call.visibility == RoundVisibility.IMMEDIATE, or_(leads, addressed)),
        and_(call.visibility == RoundVisibility.AFTER_CLOSE, closed, or_(leads, addressed)),
        and_(call.visibility == RoundVisibility.SECRETARIAT_AND_COORDINATORS, leads),
    )
    return select(call.id).where(call.id == call_id, by_visibility).exists()


def _is_last(sheet: Any) -> ColumnElement[bool]:
    """Return the condition that a party has filed nothing later than this."""
    later = aliased(AnswerSheet)
    same = (later.call_id == sheet.call_id, later.party_id == sheet.party_id)
    return ~exists().where(*same, later.number > sheet.number)


def is_current(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for the answers that count: the last of their party, or with false the earlier ones."""
    sheet = SimpleNamespace(**{name: column_at(name) for name in ("call_id", "party_id", "number")})
    return matches(_is_last(sheet))  # type: ignore[no-any-return]


def in_phase(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for calls in a phase that matches: `rules.window.phase_of` in SQL."""
    status, opens_at, closes_at = column_at("status"), column_at("opens_at"), column_at("closes_at")
    phase_now = case(
        (status != CallStatus.CALLED, cast(status, String)),
        (is_accepting(opens_at, closes_at), CallPhase.OPEN.value),
        (is_closed(closes_at), CallPhase.CLOSED.value),
        else_=CallPhase.PLANNED.value,
    )
    return matches(type_coerce(phase_now, String()))  # type: ignore[no-any-return]


def sheets_per_call() -> Any:
    """Return the query for (call, number of parties whose filed answers the caller sees) of the calls in `parents`."""
    visible = (AnswerSheet.call_id.in_(parents), visible_sheets(AnswerSheet))
    counted = func.count(AnswerSheet.party_id.distinct())
    return select(AnswerSheet.call_id, counted).where(*visible).group_by(AnswerSheet.call_id)


_CALL = select(Call).where(Call.id == WANTED, visible_calls(Call))
_CALL_SHARED = _CALL.with_for_update(read=True)
_CALL_LOCKED = _CALL.with_for_update()


async def get_call(session: AsyncSession, actor: Actor, now: datetime, call_id: str, *, lock: bool = False) -> Call:
    """Return the call, or refuse that there is none for this actor.

    It is share-locked, so that nobody moves its closing instant between the check and the commit; `lock` takes it for
    change.
    """
    statement = _CALL_LOCKED if lock else _CALL_SHARED
    return await get_row(session, actor, now, statement, call_id, "call")


_TITLES = select(Call.title).where(Call.body_id == WANTED, Call.status != CallStatus.CANCELLED)


async def list_titles(session: AsyncSession, body_id: str) -> Sequence[str]:
    """Return the titles of the calls of a body that were not called off."""
    return (await session.scalars(_TITLES, {"wanted": body_id})).all()


_QUESTIONS = select(CallQuestion).where(CallQuestion.call_id == WANTED).order_by(CallQuestion.position)


async def questions_of(session: AsyncSession, call_id: str) -> dict[str, QuestionTerms]:
    """Return the questions of a call by id, in their order."""
    rows = await session.scalars(_QUESTIONS, {"wanted": call_id})
    return {
        row.id: QuestionTerms(
            row.kind, row.text, row.is_required, row.hint, tuple(row.choices), row.unit, row.least, row.most
        )
        for row in rows
    }


# FOR NO KEY UPDATE: a second filing of the party waits, and rows that only refer to the party are still inserted.
_LOCK_PARTY = select(Party.id).where(Party.id == WANTED).with_for_update(key_share=True)
_DRAFT = select(AnswerDraft).where(AnswerDraft.call_id == WANTED, AnswerDraft.party_id == OF_PARTY)
_LAST = (
    select(AnswerSheet.answers)
    .where(AnswerSheet.call_id == WANTED, AnswerSheet.party_id == OF_PARTY)
    .order_by(AnswerSheet.number.desc())
    .limit(1)
)
_HIGHEST = select(func.max(AnswerSheet.number)).where(AnswerSheet.call_id == WANTED, AnswerSheet.party_id == OF_PARTY)


async def lock_draft(session: AsyncSession, call_id: str, party_id: str) -> AnswerDraft | None:
    """Return the draft of a party's answers, None if there is none yet.

    The party is locked, so that two delegates who write or file at the same time come one after the other.
    """
    await lock_row(session, _LOCK_PARTY, party_id)
    return await session.scalar(_DRAFT, {"wanted": call_id, "of_party": party_id})


async def last_answers(session: AsyncSession, call_id: str, party_id: str) -> dict[str, Any] | None:
    """Return the answers that a party filed last to a call, None if it has filed none."""
    return await session.scalar(_LAST, {"wanted": call_id, "of_party": party_id})


async def next_number(session: AsyncSession, call_id: str, party_id: str) -> int:
    """Return the next number of a party's filed answers to a call. The party is locked by `lock_draft`."""
    return (await session.scalar(_HIGHEST, {"wanted": call_id, "of_party": party_id}) or 0) + 1


async def list_due_of_reminders(session: AsyncSession, call_id: str) -> Sequence[datetime]:
    """Return the instants of all reminders of a call, sent or planned. The call is locked before."""
    return (await session.scalars(select(CallReminder.due_at).where(CallReminder.call_id == call_id))).all()


async def count_answered(session: AsyncSession, call_id: str) -> int:
    """Return how many parties have answered a call, also those whose answers the caller does not see."""
    counted = select(func.count(AnswerSheet.party_id.distinct())).where(AnswerSheet.call_id == call_id)
    return await session.scalar(counted) or 0


class CallResults(NamedTuple):
    """The statistics of a call over the answers that the caller sees, and over all of them once they are published."""

    call_id: str
    party_count: int
    can_see_others: bool
    questions: list[QuestionResult]


_SEEN = select(Call).where(Call.id == WANTED, visible_calls(Call))
# The capacity in which a party filed: results would move with a party whose capacity changes after they are published.
_FILED_AS = func.coalesce(JournalEntry.capacity, Party.capacity)
_ALL_SHEETS = (
    select(_FILED_AS, AnswerSheet.answers)
    .join(Party, Party.id == AnswerSheet.party_id)
    .outerjoin(JournalEntry, and_(JournalEntry.subject_id == AnswerSheet.id, JournalEntry.act == file_answers.tag))
    .where(AnswerSheet.call_id == WANTED, _is_last(AnswerSheet))
)
_SEEN_SHEETS = _ALL_SHEETS.where(visible_sheets(AnswerSheet))


async def find_results(session: AsyncSession, actor: Actor, now: datetime, call_id: str) -> CallResults | None:
    """Return the statistics of a call, of the last answers of each party that the caller sees; None for no call.

    Once they are published they count every party for everybody who sees the call. Somebody who does not see what the
    others said gets no figures of so few answers that they would tell.
    """
    parameters = {**actor.parameters(now), "wanted": call_id}
    call = await session.scalar(_SEEN, parameters)
    if call is None:
        return None
    questions = await questions_of(session, call_id)
    can_see = shows_others(actor, facts_of(CallFacts, call), now)
    is_published = call.published_at is not None
    statement = _ALL_SHEETS if is_published else _SEEN_SHEETS
    sheets = [Sheet(*row) for row in await session.execute(statement, parameters)]
    results = results_of(questions, sheets, is_limited=is_published and not can_see)
    return CallResults(call_id, len(sheets), can_see or is_published, results)
