"""Writing the numbered paragraphs of the report of a sitting, and reserving a position to a decision."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import get_decision
from server.domain.parties.rules.accrediting import check_reason
from server.domain.sittings import policy, queries
from server.domain.sittings.rules.agenda import ReservationFacts, check_paragraph, check_words
from server.domain.sittings.rules.meeting import MeetingFacts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_well_formed
from server.models.sittings import ReportParagraph, Reservation


async def write_paragraph(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    sitting_id: str,
    number: int,
    text: str,
    item_id: str | None = None,
    decision_id: str | None = None,
    paper_id: str | None = None,
) -> str:
    """Write a numbered paragraph of the report of a sitting, and return its id. It never changes.

    It may name an item and a decision of the sitting, and the paper in which the report is issued. Refuses a number
    that a paragraph has already.
    """
    sitting = await queries.hold_sitting(session, actor, now, sitting_id)
    policy.write_paragraph.ensure(actor, facts_of(MeetingFacts, sitting), now)
    item = await queries.get_item(session, actor, now, item_id) if item_id is not None else None
    decision = await get_decision(session, actor, now, decision_id) if decision_id is not None else None
    paper = await queries.get_paper(session, actor, now, paper_id) if paper_id is not None else None
    issues = check_paragraph(number, text)
    if item is not None and item.sitting_id != sitting.id:
        issues.append(Issue("itemId", IssueCode.UNFIT, why="name an item of this sitting"))
    if decision is not None and decision.sitting_id != sitting.id:
        issues.append(Issue("decisionId", IssueCode.UNFIT, why="name a decision of this sitting"))
    ensure_well_formed(issues)
    if await queries.find_paragraph(session, sitting.id, number):
        message = f"The report of this sitting has a paragraph {number} already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    links = {"item_id": item and item.id, "decision_id": decision and decision.id, "paper_id": paper and paper.id}
    by = {"written_by_id": actor.delegate_id, "written_at": now}
    paragraph = ReportParagraph(sitting_id=sitting.id, number=number, text=text.strip(), **links, **by)
    session.add(paragraph)
    details: dict[str, Any] = {"sitting": sitting.id, "number": number, "text_digest": sha256_of(paragraph.text)}
    details |= {name.removesuffix("_id"): value for name, value in links.items()}
    await record(session, actor, policy.write_paragraph, paragraph.id, now, **details)
    return paragraph.id


async def make_reservation(session: AsyncSession, actor: Actor, now: datetime, *, decision_id: str, text: str) -> str:
    """Put the reservation of the actor's party to a decision on record, in words, and return its id.

    The decision stands. Refuses a party whose reservation stands already.
    """
    decision = await get_decision(session, actor, now, decision_id)
    policy.make_reservation.ensure(actor, None, now)
    ensure_well_formed(check_words(text))
    if await queries.find_reservation(session, decision.id, actor.party_id):
        message = "Your party has made a reservation to this decision, and it stands."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    reservation = Reservation(
        decision_id=decision.id, party_id=actor.party_id, text=text.strip(), made_by_id=actor.delegate_id, made_at=now
    )
    session.add(reservation)
    details = {"decision": decision.id, "text_digest": sha256_of(reservation.text)}
    await record(session, actor, policy.make_reservation, reservation.id, now, **details)
    return reservation.id


async def withdraw_reservation(
    session: AsyncSession, actor: Actor, now: datetime, *, reservation_id: str, reason: str
) -> str:
    """Take the reservation of the actor's party back, with a reason, and return its id. It stays on record."""
    reservation = await queries.get_reservation(session, actor, now, reservation_id)
    policy.withdraw_reservation.ensure(actor, facts_of(ReservationFacts, reservation), now)
    ensure_well_formed(check_reason(reason))
    reservation.withdrawn_at = now
    await record(session, actor, policy.withdraw_reservation, reservation.id, now, reason=reason.strip())
    return reservation.id
