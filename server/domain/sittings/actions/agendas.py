"""Placing items on the agenda of a sitting, revising and withdrawing them, and laying papers under them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.papers.rules import PaperNumber, PrintedFacts, reference_of
from server.domain.parties.rules.accrediting import check_reason
from server.domain.sittings import policy, queries
from server.domain.sittings.rules.agenda import AgendaItemFacts, ItemContent, LyingFacts, check_item
from server.domain.sittings.rules.meeting import MeetingFacts, check_comments_until
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.sittings import AgendaItem, LaidPaper
from server.vocabulary.sittings import ItemClass, ItemPurpose
from server.wording.agenda import key_of_item


async def place_item(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    sitting_id: str,
    number: str,
    title: str,
    purposes: Sequence[ItemPurpose],
    item_class: ItemClass | None = None,
    closes_at: datetime | None = None,
    remark: str = "",
) -> str:
    """Place an item on the agenda of a sitting, and return its id.

    `closes_at` is the instant until which it takes comments: to come, and no later than the sitting. Refuses a number
    that an item has already.
    """
    sitting = await queries.hold_sitting(session, actor, now, sitting_id)
    policy.place_item.ensure(actor, facts_of(MeetingFacts, sitting), now)
    content = ItemContent(number.strip(), title, purposes, closes_at, remark)
    issues = check_item(content) + check_comments_until(closes_at, sitting.ends_on, sitting.zone, now)
    ensure_well_formed(issues + await _check_number(session, sitting.id, None, content.number))
    item = AgendaItem(sitting_id=sitting.id, placed_by_id=actor.delegate_id, placed_at=now)
    _write(item, content, item_class)
    session.add(item)
    await record(session, actor, policy.place_item, item.id, now, sitting=sitting.id, **_details_of(item))
    return item.id


async def revise_item(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    item_id: str,
    number: str,
    title: str,
    purposes: Sequence[ItemPurpose],
    item_class: ItemClass | None = None,
    closes_at: datetime | None = None,
    remark: str = "",
    reason: str,
    expected_revision: int,
) -> str:
    """Change an item of an agenda, with a reason, and return its id. What is sent takes the place of all it said."""
    item = await queries.get_item(session, actor, now, item_id)
    policy.revise_item.ensure(actor, _facts_of(item), now)
    ensure_current("agenda item", item.id, expected=expected_revision, current=item.revision)
    content = ItemContent(number.strip(), title, purposes, closes_at, remark)
    issues = check_reason(reason) + check_item(content)
    if closes_at != item.closes_at:
        issues += check_comments_until(closes_at, item.sitting.ends_on, item.sitting.zone, now)
    issues += await _check_number(session, item.sitting_id, item.id, content.number)
    before = _details_of(item)
    _write(item, content, item_class)
    if _details_of(item) == before:
        issues.append(Issue("itemId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    item.revision += 1
    details = {"before": before, "after": _details_of(item), "reason": reason.strip()}
    await record(session, actor, policy.revise_item, item.id, now, **details)
    return item.id


async def withdraw_item(
    session: AsyncSession, actor: Actor, now: datetime, *, item_id: str, reason: str, expected_revision: int
) -> str:
    """Take an item off the agenda, with a reason, and return its id. Its number is free again."""
    item = await queries.get_item(session, actor, now, item_id)
    policy.withdraw_item.ensure(actor, _facts_of(item), now)
    ensure_current("agenda item", item.id, expected=expected_revision, current=item.revision)
    ensure_well_formed(check_reason(reason))
    item.withdrawn_at, item.withdrawal = now, reason.strip()
    item.revision += 1
    await record(session, actor, policy.withdraw_item, item.id, now, reason=item.withdrawal)
    return item.id


async def lay_paper(session: AsyncSession, actor: Actor, now: datetime, *, item_id: str, paper_id: str) -> str:
    """Put a paper under an item of an agenda, and return the id of what lies there. Refuses one that lies there."""
    item = await queries.get_item(session, actor, now, item_id)
    policy.lay_paper.ensure(actor, _facts_of(item), now)
    paper = await queries.get_paper(session, actor, now, paper_id)
    printed = reference_of(PaperNumber(*facts_of(PrintedFacts, paper)))
    if await queries.find_laid(session, item.id, paper.id):
        message = f"{printed} lies under this item already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    laid = LaidPaper(item_id=item.id, paper_id=paper.id, laid_by_id=actor.delegate_id, laid_at=now)
    session.add(laid)
    await record(session, actor, policy.lay_paper, laid.id, now, item=item.id, paper=paper.id, reference=printed)
    return laid.id


async def withdraw_paper(session: AsyncSession, actor: Actor, now: datetime, *, laid_paper_id: str, reason: str) -> str:
    """Take a paper away from under an item, with a reason, and return the id of what lay there."""
    laid = await queries.get_laid_paper(session, actor, now, laid_paper_id)
    policy.withdraw_paper.ensure(actor, LyingFacts(laid.removed_at, laid.item.sitting.body_id), now)
    ensure_well_formed(check_reason(reason))
    laid.removed_at = now
    await record(session, actor, policy.withdraw_paper, laid.id, now, reason=reason.strip())
    return laid.id


def _facts_of(item: AgendaItem) -> AgendaItemFacts:
    sitting = item.sitting
    return AgendaItemFacts(item.withdrawn_at, sitting.body_id, sitting.cancelled_at, sitting.zone)


def _write(item: AgendaItem, content: ItemContent, item_class: ItemClass | None) -> None:
    """Write what an item says into its row; the key of its place follows from the number."""
    item.number, item.sort_key = content.number, key_of_item(content.number)
    item.title, item.remark = content.title.strip(), content.remark.strip()
    item.purposes = [str(each) for each in ItemPurpose if each in content.purposes]
    item.item_class, item.closes_at = item_class, content.closes_at


def _details_of(item: AgendaItem) -> dict[str, Any]:
    """Return what the journal keeps of an item: what it says."""
    closes_at = item.closes_at and item.closes_at.isoformat()
    words = {"number": item.number, "title": item.title, "remark": item.remark}
    return words | {"purposes": item.purposes, "item_class": item.item_class, "comments_until": closes_at}


async def _check_number(session: AsyncSession, sitting_id: str, item_id: str | None, number: str) -> list[Issue]:
    """Return the fault of a number in the place of which another item stands."""
    other = await queries.find_item(session, sitting_id, key_of_item(number))
    if other is None or other.id == item_id:
        return []
    return [Issue("number", IssueCode.UNFIT, why=f"item {other.number} stands there: {other.title}")]
