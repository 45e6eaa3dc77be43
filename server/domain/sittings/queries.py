"""Reading agendas, reports and reservations, each under the visibility predicate of its noun."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.domain.bodies.queries import visible_decisions, visible_sittings
from server.kernel.actor import Actor
from server.kernel.predicates import Within, is_for_delegates, signed_in
from server.models.bodies import Decision, Sitting
from server.models.papers import Paper
from server.models.sittings import AgendaItem, LaidPaper, ReportParagraph, Reservation
from server.storage.rows import WANTED, get_row

visible_steps = Within("sitting_id", Sitting, visible_sittings, is_for_delegates)
"""The condition that the caller sees what was done to a sitting: every delegate who sees the sitting does."""
visible_items = Within("sitting_id", Sitting, visible_sittings, is_for_delegates)
"""The condition that the caller sees an item of an agenda: every delegate who sees the sitting does."""
visible_paragraphs = Within("sitting_id", Sitting, visible_sittings, is_for_delegates)
"""The condition that the caller sees a paragraph of a report: every delegate who sees the sitting does."""
visible_reservations = Within("decision_id", Decision, visible_decisions, is_for_delegates)
"""The condition that the caller sees a reservation: every delegate who sees the decision does."""


def visible_laid_papers(laid: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a paper under an item of an agenda: every delegate does."""
    return signed_in


_SITTING = (
    select(Sitting)
    .where(Sitting.id == WANTED, visible_sittings(Sitting))
    .options(joinedload(Sitting.body))
    .with_for_update(of=Sitting)
)
_ITEM = (
    select(AgendaItem)
    .where(AgendaItem.id == WANTED, visible_items(AgendaItem))
    .options(joinedload(AgendaItem.sitting))
    .with_for_update(of=AgendaItem)
)
_LAID = (
    select(LaidPaper)
    .where(LaidPaper.id == WANTED, visible_laid_papers(LaidPaper))
    .options(joinedload(LaidPaper.item).joinedload(AgendaItem.sitting))
    .with_for_update(of=LaidPaper)
)
_PAPER = select(Paper).where(Paper.id == WANTED, signed_in)
_RESERVATION = (
    select(Reservation)
    .where(Reservation.id == WANTED, visible_reservations(Reservation))
    .with_for_update(of=Reservation)
)


async def hold_sitting(session: AsyncSession, actor: Actor, now: datetime, sitting_id: str) -> Sitting:
    """Return the sitting with its body, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _SITTING, sitting_id, "sitting")


async def get_item(session: AsyncSession, actor: Actor, now: datetime, item_id: str) -> AgendaItem:
    """Return the item with its sitting, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _ITEM, item_id, "agenda item")


async def get_laid_paper(session: AsyncSession, actor: Actor, now: datetime, laid_id: str) -> LaidPaper:
    """Return the paper under an item, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _LAID, laid_id, "paper")


async def get_paper(session: AsyncSession, actor: Actor, now: datetime, paper_id: str) -> Paper:
    """Return the paper, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _PAPER, paper_id, "paper")


async def get_reservation(session: AsyncSession, actor: Actor, now: datetime, reservation_id: str) -> Reservation:
    """Return the reservation, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _RESERVATION, reservation_id, "reservation")


async def find_item(session: AsyncSession, sitting_id: str, sort_key: str) -> AgendaItem | None:
    """Return the standing item of an agenda in the place of a number, None where there is none: "X.a" is "X a"."""
    standing = (AgendaItem.sitting_id == sitting_id, AgendaItem.withdrawn_at.is_(None))
    return await session.scalar(select(AgendaItem).where(*standing, AgendaItem.sort_key == sort_key).limit(1))


async def find_laid(session: AsyncSession, item_id: str, paper_id: str) -> LaidPaper | None:
    """Return the paper that lies under an item, None if it does not."""
    lying = (LaidPaper.item_id == item_id, LaidPaper.paper_id == paper_id, LaidPaper.removed_at.is_(None))
    return await session.scalar(select(LaidPaper).where(*lying))


async def find_paragraph(session: AsyncSession, sitting_id: str, number: int) -> str | None:
    """Return the id of the paragraph with a number in the report of a sitting, None where there is none."""
    of_sitting = (ReportParagraph.sitting_id == sitting_id, ReportParagraph.number == number)
    return await session.scalar(select(ReportParagraph.id).where(*of_sitting))


async def find_reservation(session: AsyncSession, decision_id: str, party_id: str) -> str | None:
    """Return the id of the standing reservation of a party to a decision, None where there is none."""
    standing = (Reservation.decision_id == decision_id, Reservation.party_id == party_id)
    return await session.scalar(select(Reservation.id).where(*standing, Reservation.withdrawn_at.is_(None)))
