"""Reading the work inside delegations, each noun under its visibility predicate: what is inside is the party's own."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.delegations.rules.facts import DraftFacts, ParticipationFacts
from server.domain.rounds import queries as rounds
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.predicates import Within, actor_party, is_secretariat, led_bodies, own_party, sight, signed_in
from server.kernel.refusals import not_found
from server.models.delegations import InternalDeadline, InternalNote, NoComment, Reminder
from server.models.rounds import Comment, Round
from server.models.turnout import Participation, PartyClearance
from server.storage.rows import WANTED, get_row
from server.vocabulary.delegations import DRAFT_LIFECYCLE


def visible_drafts(draft: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees how far a draft has come, or a step of it: they speak for its party."""
    comment = aliased(Comment)
    own = select(comment.id).where(comment.id == draft.comment_id, comment.party_id == actor_party).exists()
    return and_(signed_in, sight("its own party", own))


def visible_notes(note: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an internal note: they are of the delegation that noted it.

    Somebody who speaks on behalf of the party works on its drafts, but is of another delegation.
    """
    own = sight("the delegation that noted it", note.party_id == own_party)
    return and_(signed_in, note.discarded_at.is_(None), own)


def visible_participations(participation: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees what a party does in a round: it is their own in each row."""
    own: ColumnElement[bool] = participation.party_id == actor_party
    return and_(signed_in, sight("the party itself", own))


def visible_clearances(clearance: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees how a party clears: they speak for it."""
    return and_(signed_in, sight("the party itself", clearance.id == actor_party))


def _is_for_those_who_ask(reminder: Any) -> ColumnElement[bool]:
    """Return the condition that the caller leads the body of the round of a reminder, or is the Secretariat."""
    round_ = aliased(Round)
    leads = select(round_.id).where(round_.id == reminder.round_id, round_.body_id.in_(led_bodies)).exists()
    return or_(sight("the Secretariat", is_secretariat), sight("those who lead the body of the round", leads))


visible_reminders = Within("round_id", Round, rounds.visible_rounds, _is_for_those_who_ask)
"""The condition that the caller sees a reminder: they see the round, and could remind the silent themselves."""


async def get_draft(session: AsyncSession, actor: Actor, now: datetime, comment_id: str) -> tuple[Comment, DraftFacts]:
    """Return a comment of the own party with the facts of its draft, or refuse that there is none for this actor.

    It is loaded and locked as by `rounds.get_comment`. A filed comment of another party is no draft of anybody's.
    """
    comment = await rounds.get_comment(session, actor, now, comment_id)
    if comment.party_id != actor.party_id:
        raise not_found("draft")
    cleared_by_id = comment.draft.cleared_by_id if comment.draft else None
    stage = comment.draft.stage if comment.draft else DRAFT_LIFECYCLE.initial
    row = SimpleNamespace(stage=stage, cleared_by_id=cleared_by_id, comment=comment)
    return comment, facts_of(DraftFacts, row)


_PARTICIPATION = select(Participation).where(Participation.id == WANTED).execution_options(populate_existing=True)


async def get_participation(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    round_id: str,
    *,
    lock_party: bool = False,
    lock_round: bool = False,
) -> tuple[Round, ParticipationFacts]:
    """Return a round that the actor sees, share-locked, with the facts of what their party does in it.

    `lock_party` keeps the party from filing and declaring at the same time: the facts are read after the lock.
    `lock_round` locks the round at once: of two that share it and then ask for more, neither would ever get it.
    """
    round_ = await rounds.get_round(session, actor, now, round_id, lock=lock_round)
    if lock_party:
        await rounds.lock_party(session, actor.party_id)
    row = await get_row(session, actor, now, _PARTICIPATION, round_.id, "round")
    return round_, facts_of(ParticipationFacts, row)


_NOTE = select(InternalNote).where(InternalNote.id == WANTED, visible_notes(InternalNote)).with_for_update()


async def get_note(session: AsyncSession, actor: Actor, now: datetime, note_id: str) -> InternalNote:
    """Return an internal note of the own party, locked, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _NOTE, note_id, "note")


async def count_clearers(session: AsyncSession, actor: Actor, now: datetime, party_id: str) -> tuple[int, int]:
    """Return how many focal points, and how many people altogether, are accredited for a party today."""
    columns = (PartyClearance.focal_point_count, PartyClearance.delegate_count)
    row = (await session.execute(select(*columns).where(PartyClearance.id == party_id), actor.parameters(now))).one()
    return row[0], row[1]


async def find_deadline(session: AsyncSession, round_id: str, party_id: str) -> InternalDeadline | None:
    """Return the row of a party's own deadline in a round, None if it never had one. The party is locked before."""
    statement = select(InternalDeadline).where(
        InternalDeadline.round_id == round_id, InternalDeadline.party_id == party_id
    )
    return (await session.scalars(statement)).one_or_none()


async def find_declaration(session: AsyncSession, round_id: str, party_id: str) -> NoComment | None:
    """Return the row of a party's declaration in a round, standing or not, None if it made none."""
    statement = select(NoComment).where(NoComment.round_id == round_id, NoComment.party_id == party_id)
    return (await session.scalars(statement)).one_or_none()


async def list_due_of_reminders(session: AsyncSession, round_id: str) -> Sequence[datetime]:
    """Return the instants of all reminders in a round, sent or planned. The round is locked before."""
    return (await session.scalars(select(Reminder.due_at).where(Reminder.round_id == round_id))).all()
