"""Statements for rounds and calls that wait for their end: requests to file late, completion, report, answers, close.

Their form is that of `server.domain.tasks.queries.subjects`.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, null, or_, select
from sqlalchemy.orm import aliased

from server.domain.calls.queries import asks_caller, is_open_now, visible_calls, visible_sheets
from server.domain.rounds.queries import is_closed, visible_rounds
from server.domain.tasks.queries.kinds import Subjects
from server.kernel.actor import Capacity
from server.kernel.predicates import actor_party, is_secretariat, led_bodies, present
from server.models.bodies import Body
from server.models.calling import LateAdmission
from server.models.calls import AnswerDraft, AnswerSheet, Call
from server.models.parties import Party
from server.models.rounds import Comment, CommentWork, Round
from server.models.texts import TextVersion
from server.vocabulary.calling import LateStatus
from server.vocabulary.rounds import RUNNING, UNDISPOSED, RoundStatus, RoundVisibility
from server.vocabulary.texts import VersionStatus

BASE, LATER = aliased(TextVersion), aliased(TextVersion)


def _answers(row: Any) -> ColumnElement[bool]:
    """Return the condition that the caller is one of those who answer a round or a call."""
    return or_(is_secretariat, row.body_id.in_(led_bodies))


def select_late_requests() -> Subjects:
    """Return the statement for requests to file late that nobody answered, in rounds that still take them."""
    return (
        select(LateAdmission.id, null(), Round.title, Party.short_name, null())
        .join(Round, Round.id == LateAdmission.round_id)
        .join(Party, Party.id == LateAdmission.party_id)
        .where(
            visible_rounds(Round),
            or_(is_secretariat, and_(Round.body_id.in_(led_bodies), LateAdmission.party_id != actor_party)),
            LateAdmission.status == LateStatus.ASKED,
            Round.status.in_(RUNNING),
            Round.visibility != RoundVisibility.AFTER_CLOSE,
            is_closed(Round.closes_at),
        )
        .order_by(LateAdmission.asked_at, LateAdmission.id)
    )


def select_rounds_to_complete() -> Subjects:
    """Return the statement for closed rounds of which every comment is answered, and in which nobody may file late."""
    comment, work, late = aliased(Comment), aliased(CommentWork), aliased(LateAdmission)
    waiting = (
        select(comment.id)
        .join(work, work.comment_id == comment.id)
        .where(comment.round_id == Round.id, work.status.in_(UNDISPOSED))
    )
    admitted = select(late.id).where(late.round_id == Round.id, late.admitted_until > present)
    return (
        select(Round.id, null(), Round.title, Body.short_name, null())
        .join(Body, Body.id == Round.body_id)
        .where(
            visible_rounds(Round),
            _answers(Round),
            Round.status.in_(RUNNING),
            is_closed(Round.closes_at),
            ~waiting.exists(),
            ~admitted.exists(),
        )
        .order_by(Round.closes_at, Round.id)
    )


def select_rounds_to_report() -> Subjects:
    """Return the statement for completed rounds on a text of which a later version is issued."""
    return (
        select(Round.id, null(), Round.title, Body.short_name, null())
        .join(Body, Body.id == Round.body_id)
        .where(
            visible_rounds(Round),
            _answers(Round),
            Round.status == RoundStatus.COMPLETED,
            select_later_versions().where(Round.text_version_id == BASE.id).exists(),
        )
        .order_by(Round.closes_at, Round.id)
    )


def select_later_versions() -> Any:
    """Return the statement for issued versions after another one of the same text in the same language."""
    return select(LATER.id).where(
        LATER.instrument_id == BASE.instrument_id,
        LATER.language == BASE.language,
        LATER.status == VersionStatus.ISSUED,
        LATER.number > BASE.number,
    )


def select_calls_to_answer() -> Subjects:
    """Return the statement for open calls that ask the caller's party, which has filed and drafted nothing."""
    draft, sheet = aliased(AnswerDraft), aliased(AnswerSheet)
    drafted = select(draft.id).where(draft.call_id == Call.id, draft.party_id == actor_party)
    filed = select(sheet.id).where(sheet.call_id == Call.id, sheet.party_id == actor_party)
    return _select_calls(asks_caller(Call), ~drafted.exists(), ~filed.exists())


def select_answers_to_file() -> Subjects:
    """Return the statement for open calls in which the draft of the caller's party was changed since it last filed."""
    draft, sheet = aliased(AnswerDraft), aliased(AnswerSheet)
    filed = select(sheet.id).where(
        sheet.call_id == draft.call_id, sheet.party_id == actor_party, sheet.filed_at >= draft.revised_at
    )
    drafted = select(draft.id).where(draft.call_id == Call.id, draft.party_id == actor_party, ~filed.exists())
    return _select_calls(asks_caller(Call), drafted.exists())


def select_calls_to_close() -> Subjects:
    """Return the statement for open calls that every party asked has answered, as far as the caller may know it."""
    party, sheet = aliased(Party), aliased(AnswerSheet)
    opened = case(
        (party.capacity == Capacity.MEMBER, Call.open_to_members),
        (party.capacity == Capacity.OBSERVER, Call.open_to_observers),
        (party.capacity == Capacity.PRIVATE_SECTOR, Call.open_to_private_sector),
    )
    answered = select(sheet.id).where(sheet.call_id == Call.id, sheet.party_id == party.id, visible_sheets(sheet))
    silent = select(party.id).where(opened, ~answered.exists())
    return _select_calls(_answers(Call), select(party.id).where(opened).exists(), ~silent.exists())


def _select_calls(*conditions: ColumnElement[bool]) -> Subjects:
    """Return the statement for open calls that meet conditions, the one that closes first at the front."""
    return (
        select(Call.id, Call.closes_at, Call.title, Body.short_name, Call.zone)
        .join(Body, Body.id == Call.body_id)
        .where(visible_calls(Call), is_open_now(Call), *conditions)
        .order_by(Call.closes_at, Call.id)
    )
